/// The lower triangle L of A = L Lᵀ, for solving A x = b with a positive definite A.
///
/// - Complexity: O(n³ / 3) for the factor, O(n²) for a solution.
struct CholeskyFactor: ~Copyable {
    private let matrix: Scratch<Double>
    private let order: Int
    private let stride: Int

    /// Room for the factor of an n × n matrix in row-major order, `stride` numbers to a row.
    init(order: Int, stride: Int) {
        self.order = order
        self.stride = stride
        matrix = Scratch(repeating: 0, count: order * stride)
    }

    /// The matrix to factorise, to be written into its lower triangle before `factorize`.
    var lowerTriangle: UnsafeMutablePointer<Double> { matrix.base }

    /// Replaces the lower triangle by its factor.
    ///
    /// - Parameter floors: what each pivot is at least, in exact arithmetic. A pivot below it, or lost in the rounding of
    ///   its diagonal entry, is raised, so the factor always exists.
    func factorize(floors: [Double]) {
        let floors = floors.indices.map { max(floors[$0], matrix.base[$0 * stride + $0] * 0x1p-50) }
        // A panel of rows passes over the finished columns together, so that these are read once a panel.
        let panel = 12
        for top in Swift.stride(from: 0, to: order, by: panel) {
            let end = min(top + panel, order)
            for column in Swift.stride(from: 0, to: end, by: 3) {
                for row in Swift.stride(from: max(top, column), to: end, by: 3) {
                    subtractProducts(row, column)
                    if row == column {
                        factorizeCorner(row, floors)
                    } else {
                        divideByCorner(row, column)
                    }
                }
            }
        }
    }

    /// A[row ..< row + 3, column ..< column + 3] -= L[row…, 0 ..< column] · L[column…, 0 ..< column]ᵀ.
    private func subtractProducts(_ row: Int, _ column: Int) {
        let last = order - 1
        let products = DotProducts(
            line(row), line(min(row + 1, last)), line(min(row + 2, last)),
            line(column), line(min(column + 1, last)), line(min(column + 2, last)), length: column)
        for i in 0..<min(3, order - row) {
            for k in 0..<min(3, order - column) { matrix.base[(row + i) * stride + column + k] -= products[i, k] }
        }
    }

    private func line(_ row: Int) -> UnsafePointer<Double> { UnsafePointer(matrix.base + row * stride) }

    private func factorizeCorner(_ start: Int, _ floors: [Double]) {
        for j in start..<min(start + 3, order) {
            let row = matrix.base + j * stride
            var pivot = row[j]
            for k in start..<j { pivot -= row[k] * row[k] }
            row[j] = max(pivot, floors[j]).squareRoot()
            for i in (j + 1)..<max(min(start + 3, order), j + 1) {
                let below = matrix.base + i * stride
                var value = below[j]
                for k in start..<j { value -= below[k] * row[k] }
                below[j] = value / row[j]
            }
        }
    }

    private func divideByCorner(_ start: Int, _ column: Int) {
        for i in start..<min(start + 3, order) {
            let row = matrix.base + i * stride
            for j in column..<(column + 3) {
                let above = matrix.base + j * stride
                var value = row[j]
                for k in column..<j { value -= row[k] * above[k] }
                row[j] = value / above[j]
            }
        }
    }

    /// The x of L Lᵀ x = b.
    func solve(_ b: [Double]) -> [Double] {
        var x = b
        x.withUnsafeMutableBufferPointer { x in
            for i in 0..<order {
                let row = matrix.base + i * stride
                var value = x[i]
                for k in 0..<i { value -= row[k] * x[k] }
                x[i] = value / row[i]
            }
            for i in Swift.stride(from: order - 1, through: 0, by: -1) {
                let row = matrix.base + i * stride
                let value = x[i] / row[i]
                x[i] = value
                for k in 0..<i { x[k] -= value * row[k] }
            }
        }
        return x
    }
}
