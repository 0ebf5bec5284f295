import LeewayMonitor

extension QueryLevels {
    /// Adds columns of uniform numbers of 0 ..< 1, drawn for the numbers in the column `row`.
    mutating func add(_ draws: [(name: String, draw: RowDraw)], row: String) {
        add(draws.map { ($0.name, Self.low("CAST(\(row) AS UBIGINT) + \(Self.word($0.draw.keys.first))")) })
        let names = draws.map(\.name)
        mix(names)
        replace(draws.map { ($0.name, "xor(\($0.name), \(Self.word($0.draw.keys.second)))") })
        mix(names)
        replace(names.map { ($0, "CAST(\($0) AS DOUBLE) / 4294967296e0") })
    }

    /// Hashes words of 32 bits; the product of two such fits 64 bits.
    private mutating func mix(_ names: [String]) {
        let (multipliers, shifts) = (RowDraw.multipliers, RowDraw.shifts)
        replace(names.map { ($0, Self.low("xor(\($0), \($0) >> \(shifts.0)) * \(Self.word(multipliers.0))")) })
        replace(names.map { ($0, Self.low("xor(\($0), \($0) >> \(shifts.1)) * \(Self.word(multipliers.1))")) })
        replace(names.map { ($0, "xor(\($0), \($0) >> \(shifts.2))") })
    }

    private static func low(_ sql: String) -> String { "(\(sql)) & \(word(.max))" }

    private static func word(_ word: UInt32) -> String { "CAST(\(word) AS UBIGINT)" }
}

extension ChangeOnset {
    /// The strength at the row whose number the column has.
    func sql(row: String) -> String {
        guard !isImmediate else { return "1e0" }
        return
            "CASE WHEN \(row) < \(start) THEN 0e0 ELSE least(1e0, CAST(\(row) - \(start - 1) AS DOUBLE) / \(ramp)e0) END"
    }
}
