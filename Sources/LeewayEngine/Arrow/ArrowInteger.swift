/// The machine integers of Arrow, under Arrow's names.
package enum ArrowInteger: String, Sendable {
    case int8
    case int16
    case int32
    case int64
    case uint8
    case uint16
    case uint32
    case uint64
}
