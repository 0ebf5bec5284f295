public import LeewayCore

/// Settings alone, nothing learned: `fit` learns from data and returns a value that transforms.
public protocol Transformer: Sendable {
    /// What `fit` learned.
    associatedtype Fitted: FittedTransformer

    /// Learns from the rows of `data`.
    ///
    /// - Throws: `missingColumn`, `wrongColumnKind`, `noUsableValues`.
    func fit(_ data: Dataset) throws(LeewayError) -> Fitted
}

/// What a transformer learned: the same rows in give the same rows out, and saving and loading changes nothing.
public protocol FittedTransformer: Sendable, Codable, Equatable {
    /// Changes columns and keeps rows.
    ///
    /// - Throws: `missingColumn`, `wrongColumnKind`.
    func transform(_ data: Dataset) throws(LeewayError) -> Dataset
}
