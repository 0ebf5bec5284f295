/// What the elements of a tensor are.
///
/// - Source: Open Inference Protocol V2, its tensor datatypes.
enum TensorType: String, Sendable {
    case bool = "BOOL"
    case int8 = "INT8"
    case int16 = "INT16"
    case int32 = "INT32"
    case int64 = "INT64"
    case uint8 = "UINT8"
    case uint16 = "UINT16"
    case uint32 = "UINT32"
    case uint64 = "UINT64"
    case fp16 = "FP16"
    case fp32 = "FP32"
    case fp64 = "FP64"
    case bytes = "BYTES"

    /// What a contract takes such elements for.
    enum Kind: Sendable { case number, boolean, text }

    var kind: Kind {
        switch self {
        case .bool: .boolean
        case .bytes: .text
        default: .number
        }
    }

    /// The bytes that an element has in binary; nil where they differ from one to the next.
    var width: Int? {
        switch self {
        case .bool, .int8, .uint8: 1
        case .int16, .uint16, .fp16: 2
        case .int32, .uint32, .fp32: 4
        case .int64, .uint64, .fp64: 8
        case .bytes: nil
        }
    }

    /// The greatest magnitudes of a whole number below and above 0; nil for other types.
    var integerLimits: (negative: UInt64, positive: UInt64)? {
        switch self {
        case .int8: (1 << 7, 1 << 7 - 1)
        case .int16: (1 << 15, 1 << 15 - 1)
        case .int32: (1 << 31, 1 << 31 - 1)
        case .int64: (1 << 63, 1 << 63 - 1)
        case .uint8: (0, UInt64(UInt8.max))
        case .uint16: (0, UInt64(UInt16.max))
        case .uint32: (0, UInt64(UInt32.max))
        case .uint64: (0, .max)
        default: nil
        }
    }

    /// Whether a number rounds to a finite one of this type.
    func holds(_ value: Double) -> Bool {
        switch self {
        case .fp16: value.magnitude < 65_520
        case .fp32: Float(value).isFinite
        default: true
        }
    }
}
