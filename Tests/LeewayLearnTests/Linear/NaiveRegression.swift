import LeewayCore
import LeewayLearn
import LeewayStats

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The regression as the textbook has it: a dense design matrix, every sum written out.
struct NaiveRegression {
    var rows: [[Double]]
    var labels: [Bool]
    var weights: [Double]
    var strength: Double

    /// Rows are 1, numbers, then one number a category.
    init(_ features: EncodedFeatures, _ labels: [Bool], _ regression: LogisticRegression) {
        rows = (0..<features.rowCount).map { row in
            [1] + features.numeric.map { $0.values[row] }
                + features.categorical.flatMap { column in
                    (0..<column.categoryCount).map { Int(column.codes[row]) == $0 ? 1.0 : 0.0 }
                }
        }
        let positives = Double(labels.count(where: { $0 }))
        let count = Double(labels.count)
        self.labels = labels
        weights = labels.map {
            guard regression.classWeight == .balanced else { return 1 }
            return count / (2 * ($0 ? positives : count - positives))
        }
        strength = regression.inverseRegularization
    }

    private func score(_ row: Int, _ beta: [Double]) -> Double {
        zip(rows[row], beta).reduce(0) { $0 + $1.0 * $1.1 }
    }

    /// The gradient of C Σ w loss + ½ ‖β‖², intercept first.
    func gradient(_ beta: [Double]) -> [Double] {
        var gradient = [0] + beta.dropFirst()
        for row in rows.indices {
            let z = score(row, beta)
            let residual = labels[row] ? -1 / (1 + exp(z)) : 1 / (1 + exp(-z))
            for (place, x) in rows[row].enumerated() { gradient[place] += strength * weights[row] * residual * x }
        }
        return gradient
    }

    /// C Σ w loss + ½ ‖β‖².
    func objective(_ beta: [Double]) -> Double {
        let penalty = beta.dropFirst().reduce(0) { $0 + $1 * $1 } / 2
        return rows.indices.reduce(penalty) { sum, row in
            let z = labels[row] ? -score(row, beta) : score(row, beta)
            return sum + strength * weights[row] * (max(z, 0) + log1p(exp(-abs(z))))
        }
    }

    /// The largest |gⱼ| over C Σ w |xⱼ|; columns without a row are left out.
    func relativeGradient(_ beta: [Double]) -> Double {
        var largest = 0.0
        for (place, entry) in gradient(beta).enumerated() {
            let scale = rows.indices.reduce(0) { $0 + strength * weights[$1] * abs(rows[$1][place]) }
            if scale > 0 { largest = max(largest, abs(entry) / scale) }
        }
        return largest
    }

    /// Newton's method with step halving and Gaussian elimination.
    func optimum() -> [Double] {
        var beta = [Double](repeating: 0, count: rows[0].count)
        for _ in 0..<100 {
            let gradient = gradient(beta)
            var hessian = beta.indices.map { i in beta.indices.map { $0 == i && i > 0 ? 1.0 : 0.0 } }
            for row in rows.indices {
                let z = score(row, beta)
                let curvature = strength * weights[row] / ((1 + exp(z)) * (1 + exp(-z)))
                for i in beta.indices where rows[row][i] != 0 {
                    for k in beta.indices { hessian[i][k] += curvature * rows[row][i] * rows[row][k] }
                }
            }
            let direction = Self.solve(hessian, gradient)
            var step = 1.0
            let now = objective(beta)
            var next = beta
            repeat {
                next = zip(beta, direction).map { $0 - step * $1 }
                step /= 2
            } while objective(next) > now + 1e-12 * now && step > 1e-9
            let change = zip(next, beta).map { abs($0 - $1) }.max() ?? 0
            beta = next
            if change < 1e-13 { break }
        }
        return beta
    }

    private static func solve(_ matrix: [[Double]], _ right: [Double]) -> [Double] {
        var (a, x) = (matrix, right)
        for column in x.indices {
            let pivot = (column..<x.count).max { abs(a[$0][column]) < abs(a[$1][column]) } ?? column
            a.swapAt(column, pivot)
            x.swapAt(column, pivot)
            for row in x.indices where row != column {
                let factor = a[row][column] / a[column][column]
                for k in column..<x.count { a[row][k] -= factor * a[column][k] }
                x[row] -= factor * x[column]
            }
        }
        return x.indices.map { x[$0] / a[$0][$0] }
    }
}

extension SeededGenerator {
    /// Rows of a regression whose true weights are random; about `unknownRate` of all codes are unknown.
    mutating func regression(
        rows: Int, numeric: Int, categories: [Int], unknownRate: Double = 0
    ) throws -> (EncodedFeatures, [Bool]) {
        var scores = (0..<rows).map { _ in Double.random(in: -2...1, using: &self) }
        var numbers: [EncodedFeatures.NumericColumn] = []
        for column in 0..<numeric {
            let weight = Double.random(in: -1...1, using: &self)
            let values = (0..<rows).map { _ in Double.random(in: -1.7...1.7, using: &self) }
            for row in 0..<rows { scores[row] += weight * values[row] }
            numbers.append(.init(name: "n\(column)", values: values))
        }
        var codes: [EncodedFeatures.CategoryColumn] = []
        for (column, count) in categories.enumerated() {
            let weights = (0..<count).map { _ in Double.random(in: -1...1, using: &self) }
            let values = (0..<rows).map { _ in
                Double.random(in: 0..<1, using: &self) < unknownRate
                    ? -1 : Int32.random(in: 0..<Int32(count), using: &self)
            }
            for row in 0..<rows where values[row] >= 0 { scores[row] += weights[Int(values[row])] }
            codes.append(.init(name: "c\(column)", categoryCount: count, codes: values))
        }
        let labels = scores.map { Double.random(in: 0..<1, using: &self) < 1 / (1 + exp(-$0)) }
        return (try EncodedFeatures(numeric: numbers, categorical: codes, rowCount: rows), labels)
    }
}

extension LogisticRegression.Model {
    /// Intercept, numeric weights, category weights.
    var coefficients: [Double] { [intercept] + numeric.map(\.weight) + categorical.flatMap(\.weights) }

    /// Whether no coefficient is NaN or infinite.
    var hasFiniteCoefficients: Bool { coefficients.allSatisfy(\.isFinite) }
}

/// The largest |a - b|, or infinity where lengths differ or a number is NaN.
func largestDifference(_ a: [Double], _ b: [Double]) -> Double {
    guard a.count == b.count else { return .infinity }
    return zip(a, b).reduce(0) { largest, pair in
        let difference = abs(pair.0 - pair.1)
        return difference.isNaN ? .infinity : max(largest, difference)
    }
}
