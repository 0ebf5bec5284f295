import LeewayCore
import Yams

extension YAMLSection {
    /// A size such as `64MB`.
    mutating func size(_ key: String, in range: ClosedRange<ByteSize>) throws(LeewayError) -> ByteSize? {
        try size(key, in: range, orNone: false)?.value
    }

    /// A size, or `none`: then there is an answer without a value.
    mutating func sizeOrNone(_ key: String, in range: ClosedRange<ByteSize>) throws(LeewayError) -> Given<ByteSize>? {
        try size(key, in: range, orNone: true)
    }

    /// A duration such as `10s`.
    mutating func duration(_ key: String, in range: ClosedRange<Duration>) throws(LeewayError) -> Duration? {
        try duration(key, in: range, orNone: false)?.value
    }

    /// A duration, or `none`: then there is an answer without a value.
    mutating func durationOrNone(
        _ key: String, in range: ClosedRange<Duration>
    ) throws(LeewayError) -> Given<Duration>? {
        try duration(key, in: range, orNone: true)
    }

    /// What stands under a key that may say `none`.
    struct Given<Value> {
        /// nil for `none`.
        let value: Value?
    }

    private mutating func size(
        _ key: String, in range: ClosedRange<ByteSize>, orNone: Bool
    ) throws(LeewayError) -> Given<ByteSize>? {
        guard let node = node(key) else { return nil }
        if orNone, node.string == "none" { return Given(value: nil) }
        guard case .scalar(let scalar) = node, let size = ByteSize(scalar.string), range.contains(size) else {
            throw failure(
                node,
                "'\(full(key))' must be a size from \(range.lowerBound) to \(range.upperBound)\(orNone ? ", or none" : "").",
                hint: "Write bytes, or a number with KB, MB, GB, KiB, MiB or GiB.")
        }
        return Given(value: size)
    }

    private mutating func duration(
        _ key: String, in range: ClosedRange<Duration>, orNone: Bool
    ) throws(LeewayError) -> Given<Duration>? {
        guard let node = node(key) else { return nil }
        if orNone, node.string == "none" { return Given(value: nil) }
        guard case .scalar(let scalar) = node, let duration = Duration(written: scalar.string), range.contains(duration)
        else {
            let bounds = "\(range.lowerBound.written) to \(range.upperBound.written)"
            throw failure(
                node, "'\(full(key))' must be a duration from \(bounds)\(orNone ? ", or none" : "").",
                hint: "Write a number with ms, s, m, h or d.")
        }
        return Given(value: duration)
    }
}
