/// Which rows of a stream of unknown length are kept, so that about as many stay as were asked for, evenly over the stream.
///
/// Whether a row is kept depends on its number and the seed alone: whoever reads other columns of the same rows keeps the
/// same ones. Each row stays with the same chance; of a longer stream about `size` to 2 · `size` rows stay.
package struct HashSample: Sendable {
    private let seed: UInt64
    private let size: Int
    /// Rows whose hash is not above it are kept.
    private var limit = UInt64.max
    /// The hashes of the kept rows, in order.
    private var hashes: [UInt64] = []
    /// How many rows have passed.
    package private(set) var seen = 0

    package init(size: Int, seed: UInt64) {
        precondition(size > 0, "A sample holds at least one row.")
        (self.size, self.seed) = (size, seed)
    }

    /// How many rows are kept.
    package var count: Int { hashes.count }

    /// Takes the next rows.
    ///
    /// `keep` is called with the offset of each row to be kept; `thin` with the places, among those kept so far, that stay.
    package mutating func pass(_ rows: Int, keep: (_ offset: Int) -> Void, thin: (_ places: [Int]) -> Void) {
        for offset in 0..<rows {
            let hash = Self.mix(UInt64(seen + offset) ^ seed)
            guard hash <= limit else { continue }
            hashes.append(hash)
            keep(offset)
            if hashes.count >= 2 * size {
                limit >>= 1
                let places = hashes.indices.filter { hashes[$0] <= limit }
                hashes = places.map { hashes[$0] }
                thin(places)
            }
        }
        seen += rows
    }

    /// SplitMix64's output function.
    private static func mix(_ value: UInt64) -> UInt64 {
        var bits = value &* 0x9E37_79B9_7F4A_7C15 &+ 0x9E37_79B9_7F4A_7C15
        bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
        return bits ^ (bits >> 31)
    }
}
