/// The eigenvalues and eigenvectors of a symmetric matrix: A v = λ v.
///
/// - Shape: n × n in, n values and n vectors of n numbers out, the largest value first.
/// - Vectors: of length 1, orthogonal to each other; the number of largest size (the first of several) is positive. Those of equal
///   values are any basis of their space.
/// - Accuracy: values to about n · 2⁻⁵² of the largest one's size; numbers of any size, as the matrix is scaled first.
/// - Source: Householder's reduction to three diagonals, then QL steps with implicit shifts (Golub & Van Loan, Matrix
///   Computations, 4th edition, 8.3; Bowdler, Martin, Reinsch & Wilkinson 1968); held against numpy 2.4 `numpy.linalg.eigh`.
/// - Complexity: about 9 n³.
package struct SymmetricEigen: Sendable, Equatable {
    /// Descending.
    package let values: [Double]
    /// One a value.
    package let vectors: [[Double]]

    /// Decomposes a matrix given by its rows, of which the lower triangle is read; no number is NaN or infinite.
    package init(_ matrix: [[Double]]) {
        let largest = matrix.indices.reduce(0) { size, row in
            matrix[row][...row].reduce(size) { max($0, abs($1)) }
        }
        guard largest > 0 else {
            values = matrix.map { _ in 0 }
            vectors = matrix.indices.map { one in matrix.indices.map { $0 == one ? 1 : 0 } }
            return
        }
        // A power of two: exact.
        let unit = Double(sign: .plus, exponent: largest.exponent, significand: 1)
        var problem = Tridiagonal(matrix, unit: unit)
        problem.diagonalise()
        let order = problem.diagonal.indices.sorted { (problem.diagonal[$0], $1) > (problem.diagonal[$1], $0) }
        values = order.map { problem.diagonal[$0] * unit }
        let n = matrix.count
        vectors = order.map { place in
            let vector = problem.rotation[place * n..<(place + 1) * n]
            let size = vector.reduce(0) { max($0, abs($1)) }
            // Of numbers that differ by rounding alone, the first.
            let sign = vector.first { abs($0) > size * (1 - 1e-9) } ?? 1
            return vector.map { sign < 0 ? -$0 : $0 }
        }
    }
}
