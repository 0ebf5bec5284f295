/// What is wrong with a JSON text, and where.
package struct JSONFailure: Error, Sendable, Equatable {
    /// A sentence without a final stop: names and positions, never a value.
    package let message: String
    /// The byte at which it was noticed, from 0.
    package let offset: Int

    package init(_ message: String, at offset: Int) { (self.message, self.offset) = (message, offset) }
}
