/// A string of a JSON document: a slice of the input where it has no escapes, else its own unescaped bytes.
///
/// - Units: bytes of valid UTF-8, without the quotes; they may hold NUL.
package enum JSONText: Sendable {
    /// The bytes of the input from the opening quote's right to the closing quote's left.
    case slice(Range<Int>)
    /// The unescaped bytes.
    case owned([UInt8])
}
