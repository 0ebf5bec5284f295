import Foundation

/// A table of many rows, made from a seed.
///
/// It has numbers of many distinct values and of few, missing ones, categories, texts of too many kinds for a feature,
/// and exact duplicates.
struct BigTable {
    let rows: Int
    var seed: UInt64

    /// Writes it as CSV.
    func write(to url: URL) throws {
        var random = SplitMix64(state: seed)
        var text = Array("x,y,age,city,job,id,income\n".utf8)
        text.reserveCapacity(rows * 64)
        var earlier: [UInt8] = []
        for row in 0..<rows {
            if row % 50 == 49 {
                text += earlier
                continue
            }
            let (x, y) = (random.unit() * 20 - 10, random.unit())
            let (city, job) = (Int(random.next() % 7), Int(random.next() % 40))
            let isHigh = x / 5 + Double(city) / 3 + random.unit() * 6 - 4 > 0
            let number = random.next() % 11 == 0 ? "" : "\(y * y * 1e6)"
            let name = random.next() % 13 == 0 ? "" : "job \(job)"
            let id = row % 3 == 0 ? "id\(random.next() % 200_000)" : "id\(row)"
            earlier = Array(
                "\(x),\(number),\(random.next() % 80),c\(city),\(name),\(id),\(isHigh ? "high" : "low")\n".utf8)
            text += earlier
        }
        try Data(text).write(to: url)
    }
}

/// - Source: Steele, Lea, Flood, "Fast splittable pseudorandom number generators", 2014.
struct SplitMix64: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// 0 ..< 1.
    mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }
}
