/// The directions in which rows vary most, and how far rows lie off the first of them.
///
/// - Source: scikit-learn 1.9 `PCA`: centred columns, covariances with n − 1; directions as `SymmetricEigen` signs them.
package struct PrincipalComponents: Sendable, Equatable {
    /// The mean of each column.
    package let means: [Double]
    /// The variance along each direction, descending.
    package let variances: [Double]
    /// One direction a column, each of length 1.
    package let directions: [[Double]]
    /// How many directions are kept.
    package let kept: Int

    /// Learns from columns of equal length, at least two rows.
    ///
    /// Kept are as few directions as have more than `share` of the variance, as in scikit-learn's `PCA(n_components=share)`, but
    /// never all of them: nothing would be off those.
    /// - Complexity: O(rows · columns² + columns³).
    package init(_ columns: [[Double]], share: Double) {
        let count = Double(columns.first?.count ?? 0)
        let means = columns.map { $0.reduce(0, +) / count }
        let centred = zip(columns, means).map { column, mean in column.map { $0 - mean } }
        var covariance = columns.map { _ in [Double](repeating: 0, count: columns.count) }
        for i in columns.indices {
            for k in 0...i { covariance[i][k] = Self.product(centred[i], centred[k]) / (count - 1) }
        }
        let eigen = SymmetricEigen(covariance)
        (self.means, directions) = (means, eigen.vectors)
        variances = eigen.values.map { max(0, $0) }
        let total = variances.reduce(0, +)
        var (kept, sum) = (0, 0.0)
        repeat {
            sum += kept < variances.count ? variances[kept] : 0
            kept += 1
        } while sum <= share * total && kept < variances.count
        self.kept = min(kept, max(0, columns.count - 1))
    }

    /// How far each row is off the kept directions: the root of its squared parts along the others.
    ///
    /// - Complexity: O(rows · columns · directions that are not kept).
    package func errors(_ columns: [[Double]]) -> [Double] {
        let rows = columns.first?.count ?? 0
        var squares = [Double](repeating: 0, count: rows)
        var part = [Double](repeating: 0, count: rows)
        for direction in directions[kept...] {
            for row in 0..<rows { part[row] = 0 }
            for (column, values) in columns.enumerated() {
                let (weight, mean) = (direction[column], means[column])
                part.withUnsafeMutableBufferPointer { part in
                    values.withUnsafeBufferPointer { values in
                        for row in 0..<rows { part[row] += weight * (values[row] - mean) }
                    }
                }
            }
            for row in 0..<rows { squares[row] += part[row] * part[row] }
        }
        return squares.map { $0.squareRoot() }
    }

    /// Σ aᵢ bᵢ, in eight sums.
    private static func product(_ a: [Double], _ b: [Double]) -> Double {
        a.withUnsafeBytes { a in
            b.withUnsafeBytes { b in
                let count = a.count / 8
                var (lanes, place) = (SIMD8<Double>(), 0)
                while place &+ 8 <= count {
                    lanes +=
                        a.loadUnaligned(fromByteOffset: place &* 8, as: SIMD8<Double>.self)
                        * b.loadUnaligned(fromByteOffset: place &* 8, as: SIMD8<Double>.self)
                    place &+= 8
                }
                var sum = lanes.sum()
                while place < count {
                    sum +=
                        a.loadUnaligned(fromByteOffset: place &* 8, as: Double.self)
                        * b.loadUnaligned(fromByteOffset: place &* 8, as: Double.self)
                    place &+= 1
                }
                return sum
            }
        }
    }
}
