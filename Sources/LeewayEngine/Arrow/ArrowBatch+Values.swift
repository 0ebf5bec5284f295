import LeewayCore

/// A Swift number that a column's buffer can hold as it is.
package protocol ArrowNative: BitwiseCopyable, Sendable {
    /// Whether a column of the type holds such numbers.
    static func isStorage(of type: ArrowType) -> Bool
}

extension ArrowBatch {
    /// Lends the numbers of a column where they lie, without a copy, and which of them are there.
    ///
    /// - Missing: the number at a missing row has no meaning: ask the validity.
    /// - Throws: `wrongColumnKind` where the column holds other numbers; what the body throws.
    package borrowing func withValues<Value: ArrowNative, Result>(
        of place: Int, as type: Value.Type,
        _ body: (UnsafeBufferPointer<Value>, ArrowValidity) throws -> Result
    ) throws -> Result {
        let column = try column(place)
        guard Value.isStorage(of: column.field.type) else {
            throw LeewayError(
                .wrongColumnKind,
                "Column '\(column.field.name)' holds \(column.field.type) where \(type) is read.")
        }
        return try body(try column.values(as: type), column.validity)
    }
}

extension Int8: ArrowNative {
    package static func isStorage(of type: ArrowType) -> Bool { type.integerStorage == .int8 }
}
extension Int16: ArrowNative {
    package static func isStorage(of type: ArrowType) -> Bool { type.integerStorage == .int16 }
}
extension Int32: ArrowNative {
    package static func isStorage(of type: ArrowType) -> Bool { type.integerStorage == .int32 }
}
extension Int64: ArrowNative {
    package static func isStorage(of type: ArrowType) -> Bool { type.integerStorage == .int64 }
}
extension UInt8: ArrowNative {
    package static func isStorage(of type: ArrowType) -> Bool { type.integerStorage == .uint8 }
}
extension UInt16: ArrowNative {
    package static func isStorage(of type: ArrowType) -> Bool { type.integerStorage == .uint16 }
}
extension UInt32: ArrowNative {
    package static func isStorage(of type: ArrowType) -> Bool { type.integerStorage == .uint32 }
}
extension UInt64: ArrowNative {
    package static func isStorage(of type: ArrowType) -> Bool { type.integerStorage == .uint64 }
}
extension Float: ArrowNative {
    package static func isStorage(of type: ArrowType) -> Bool { type == .float32 }
}
extension Double: ArrowNative {
    package static func isStorage(of type: ArrowType) -> Bool { type == .float64 }
}
