/// How the texts of a column lie in its buffers, under Arrow's names.
package enum ArrowTextLayout: String, Sendable {
    /// Offsets of 32 bits into one block of text.
    case utf8
    /// Offsets of 64 bits into one block of text.
    case largeUTF8 = "large_utf8"
    /// 16 bytes a row: the text itself up to 12 bytes, else where it lies among several blocks.
    case view = "utf8_view"
}
