package import LeewayCore
package import LeewayLearn

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A law that a transformer broke; thrown rather than recorded, as this target builds without the testing library.
package struct BrokenLaw: Error, CustomStringConvertible {
    /// Which law, in words.
    package let description: String

    init(_ description: String) { self.description = description }
}

/// Holds a transformer against what all of them promise.
///
/// - Two fits on the same rows are equal.
/// - Rows stay, in their order: what a row becomes depends on no other row that is transformed with it.
/// - What was learned survives save and load through JSON, bit for bit, and so does what it makes of the rows.
/// - Columns that are not listed pass through, and no column moves.
/// - A data set without rows is transformed or refused with a `LeewayError`.
///
/// - Throws: `BrokenLaw`; what `fit` and `transform` throw on the rows themselves.
package func expectTransformerLaws(_ transformer: some Transformer, on dataset: Dataset) throws {
    let rowCount = dataset.rowCount
    guard rowCount > 1 else { throw BrokenLaw("a law test needs two rows or more") }
    let bystanders: [Dataset.Column] = [
        .init("bystander: number", .numeric((0..<rowCount).map { $0 == 1 ? .nan : Double($0) + 0.1 })),
        .init("bystander: text", .categorical(Categorical((0..<rowCount).map { $0 == 0 ? nil : "t\($0 % 3)" }))),
    ]
    let data = try Dataset(columns: [bystanders[0]] + dataset.columns + [bystanders[1]])

    let fitted = try transformer.fit(data)
    guard try transformer.fit(data) == fitted else { throw BrokenLaw("two fits on the same rows differ") }
    let whole = try fitted.transform(data)
    guard whole.rowCount == rowCount else { throw BrokenLaw("\(rowCount) rows became \(whole.rowCount)") }
    guard whole.columns.map(\.name).starts(with: data.columns.map(\.name)) else {
        throw BrokenLaw("columns moved, or were lost")
    }
    for column in bystanders where !column.values.hasSameCells(as: try whole.values(column.name)) {
        throw BrokenLaw("column '\(column.name)' did not pass through")
    }
    try expectRowsStay(fitted, data, whole)
    try expectSurvivesJSON(fitted, data, whole)
    try expectNoRowsAreFine(transformer, fitted, data)
}

private func expectRowsStay(_ fitted: some FittedTransformer, _ data: Dataset, _ whole: Dataset) throws {
    var generator = TestGenerator(seed: 1)
    let shuffled = Array(0..<data.rowCount).shuffled(using: &generator)
    for places in [shuffled, Array(0..<data.rowCount / 2), [data.rowCount - 1]] {
        let part = try fitted.transform(data.rows(places))
        guard part.hasSameCells(as: whole.rows(places)) else {
            throw BrokenLaw("a row becomes something else when it stands elsewhere or among other rows")
        }
    }
}

private func expectSurvivesJSON<Fitted: FittedTransformer>(_ fitted: Fitted, _ data: Dataset, _ whole: Dataset) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let saved = try encoder.encode(fitted)
    let loaded = try JSONDecoder().decode(Fitted.self, from: saved)
    guard loaded == fitted, try encoder.encode(loaded) == saved else {
        throw BrokenLaw("what was learned does not survive save and load")
    }
    guard try loaded.transform(data).hasSameCells(as: whole) else {
        throw BrokenLaw("what was loaded transforms otherwise than what was saved")
    }
}

private func expectNoRowsAreFine(
    _ transformer: some Transformer, _ fitted: some FittedTransformer, _ data: Dataset
) throws {
    let empty = data.rows([])
    // Refused in words is fine: what must not happen is a trap.
    _ = try? transformer.fit(empty)
    let transformed: Dataset
    do throws(LeewayError) {
        transformed = try fitted.transform(empty)
    } catch {
        return
    }
    guard transformed.rowCount == 0 else { throw BrokenLaw("no rows became \(transformed.rowCount)") }
}

extension Dataset {
    /// Whether names, numbers to the last bit and texts are the same; codes may differ.
    func hasSameCells(as other: Dataset) -> Bool {
        columns.count == other.columns.count
            && zip(columns, other.columns).allSatisfy { $0.name == $1.name && $0.values.hasSameCells(as: $1.values) }
    }
}

extension Dataset.Values {
    func hasSameCells(as other: Dataset.Values) -> Bool {
        switch (self, other) {
        case (.numeric(let left), .numeric(let right)):
            left.map(\.bitPattern) == right.map(\.bitPattern)
        case (.categorical(let left), .categorical(let right)):
            left.codes.indices.map { left[$0] } == right.codes.indices.map { right[$0] }
        default: false
        }
    }
}
