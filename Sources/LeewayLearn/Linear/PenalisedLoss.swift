/// f(β) = Σ wᵢ · loss + ½ Σ λⱼ βⱼ² over sorted rows, with its gradient and Hessian.
///
/// Blocks are handed to threads as these come free and summed in their own order, so no result depends on the threads.
///
/// - Note: `@unchecked Sendable` because threads share it only inside one call, each with blocks of its own.
final class PenalisedLoss: @unchecked Sendable {
    /// The value and slope of f at a point.
    struct Evaluation {
        var coefficients: [Double]
        var objective: Double
        var gradient: [Double]
    }

    /// How many coefficients f has.
    let count: Int
    /// Numbers to a row of the Hessian.
    let stride: Int
    private let penalties: [Double]
    private let workers: Workers
    private let passes: [BlockPass]

    /// Takes rows and one λ a coefficient; without curvature, `writeHessian` has nothing to write.
    init(_ design: SortedDesign, penalties: [Double], workers: Workers, curvature: Bool) {
        count = design.coefficientCount
        passes = design.tree.blocks.map { BlockPass(design, $0, curvature: curvature) }
        stride = passes.first?.stride ?? design.coefficientCount
        self.penalties = penalties
        self.workers = workers
    }

    /// Computes f and its gradient, and prepares the Hessian where asked.
    func evaluate(_ coefficients: [Double], curvature: Bool) -> Evaluation {
        // The sink is one past the end.
        let extended = coefficients + [0]
        workers.share(passes.count) { self.passes[$0].run(extended, curvature: curvature) }
        var result = Evaluation(
            coefficients: coefficients, objective: 0, gradient: [Double](repeating: 0, count: count))
        for pass in passes {
            result.objective += pass.loss
            for place in 0..<count { result.gradient[place] += pass.gradient.base[place] }
        }
        for place in 0..<count {
            result.objective += 0.5 * penalties[place] * coefficients[place] * coefficients[place]
            result.gradient[place] += penalties[place] * coefficients[place]
        }
        return result
    }

    /// Writes the lower triangle of the Hessian at the point last evaluated with curvature.
    func writeHessian(to matrix: UnsafeMutablePointer<Double>) {
        let (chunk, stride) = (32, stride)
        // Each thread writes rows of its own.
        nonisolated(unsafe) let matrix = matrix
        workers.share((count + chunk - 1) / chunk) { part in
            for row in (part * chunk)..<min((part + 1) * chunk, self.count) {
                let cells = matrix + row * stride
                cells.update(from: self.passes[0].hessian.base + row * stride, count: row + 1)
                for pass in self.passes.dropFirst() {
                    let share = pass.hessian.base + row * stride
                    for column in 0..<(row + 1) { cells[column] += share[column] }
                }
                cells[row] += self.penalties[row]
            }
        }
    }
}
