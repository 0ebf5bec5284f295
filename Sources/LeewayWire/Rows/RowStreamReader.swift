package import LeewayCore
package import LeewayValidate

/// Reads rows of a format as their bytes come, and holds them to a contract.
package protocol RowStreamReader: Sendable {
    init(_ contract: Contract)
    /// How many rows have been read in all.
    var rowCount: Int { get }
    /// How many columns the contract has not, where the columns are named once for all rows.
    var unknownColumnCount: Int { get }
    /// Takes the next bytes.
    ///
    /// - Throws: `malformedRequest` with the line; the rows before it can still be taken.
    mutating func feed(_ bytes: UnsafeBufferPointer<UInt8>) throws(LeewayError)
    /// Takes note that no more bytes come.
    ///
    /// - Throws: `malformedRequest` with the line.
    mutating func finish() throws(LeewayError)
    /// The rows since the last call; problems keep the rows' numbers in the stream.
    mutating func take() -> ContractRows
}

extension CSVRowReader: RowStreamReader {}
extension NDJSONRowReader: RowStreamReader {
    /// Each row names its own fields.
    package var unknownColumnCount: Int { 0 }
}
