/// What one version counted in one hour.
package struct WindowRow: Sendable, Equatable {
    package let model: String
    /// The version's number.
    package let number: Int
    /// Hours since 1970 in UTC.
    package let hour: Int
    /// How many rows were counted.
    package let rows: Int
    /// The counts as bytes, which the registry does not look into.
    package let counts: [UInt8]

    package init(model: String, number: Int, hour: Int, rows: Int, counts: [UInt8]) {
        (self.model, self.number, self.hour, self.rows, self.counts) = (model, number, hour, rows, counts)
    }
}
