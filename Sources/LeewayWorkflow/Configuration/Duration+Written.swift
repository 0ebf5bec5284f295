extension Duration {
    /// Reads a duration as people write it: `500ms`, `10s`, `5m`, `1h`, `90d`, `1.5h`; nil for anything else.
    ///
    /// - Units: a day has 24 hours. A number without a unit is none, but for `0`.
    package init?(written text: String) {
        guard let (number, unit) = WrittenQuantity.split(text) else { return nil }
        let factor = unit.isEmpty && number == "0" ? 1 : Self.units.first { $0.name == unit }?.milliseconds
        guard let factor, let milliseconds = WrittenQuantity.whole(number, times: factor) else { return nil }
        self = .milliseconds(milliseconds)
    }

    /// The shortest way to write the same duration: `90d`; what is left of a millisecond is dropped.
    package var written: String {
        let milliseconds = wholeMilliseconds
        let unit = Self.units.last { milliseconds >= $0.milliseconds && milliseconds.isMultiple(of: $0.milliseconds) }
        return unit.map { "\(milliseconds / $0.milliseconds)\($0.name)" } ?? "0s"
    }

    /// The milliseconds, without what is left of one.
    package var wholeMilliseconds: Int {
        let (seconds, attoseconds) = components
        return Int(seconds) * 1000 + Int(attoseconds / 1_000_000_000_000_000)
    }

    private static let units: [(name: String, milliseconds: Int)] = [
        ("ms", 1), ("s", 1000), ("m", 60_000), ("h", 3_600_000), ("d", 86_400_000),
    ]
}
