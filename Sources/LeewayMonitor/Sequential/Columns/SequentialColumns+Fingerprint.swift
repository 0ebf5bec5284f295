import LeewayCore

extension SequentialColumns {
    /// The same for the same reference and settings on every machine: a state of others is refused by it.
    static func fingerprint(
        _ reference: [ReferenceCounts], _ contract: FalseAlarmContract, _ weights: [Double], _ bag: RankBag,
        _ seed: UInt64
    ) -> UInt64 {
        var hash = RowHash()
        func add(_ text: String) {
            var text = text
            hash.combine(text.withUTF8 { RowHash.hash($0) })
        }
        func add(_ counts: [Int]) {
            hash.combine(UInt64(counts.count))
            for count in counts { hash.combine(UInt64(count)) }
        }
        hash.combine(seed)
        switch contract {
        case .runLength(let rows): hash.combine(RowHash.hash(rows))
        case .level(let level): hash.combine(~RowHash.hash(level))
        }
        switch bag {
        case .all: hash.combine(0)
        case .exchanged(let limit): add([1, limit])
        case .frozen(let limit): add([2, limit])
        }
        for (column, weight) in zip(reference, weights) {
            add(column.column)
            hash.combine(RowHash.hash(weight))
            add([column.nullCount])
            switch column.values {
            case .numbers(let numbers, let counts, let isExact):
                hash.combine(isExact ? 1 : 2)
                for number in numbers { hash.combine(RowHash.hash(number)) }
                add(counts)
            case .categories(let categories, let counts):
                hash.combine(3)
                for category in categories { add(category) }
                add(counts)
            }
        }
        return hash.first
    }
}
