/// One block's share of the loss, its gradient and its Hessian.
///
/// Per tile: walk the tree down, adding each pattern's weights once; treat the rows eight at a time; walk the tree up,
/// where each node hands its sums to its ancestors' cells of the Hessian, once for all rows below it.
///
/// - Note: `@unchecked Sendable` because one thread at a time runs a block.
final class BlockPass: @unchecked Sendable {
    /// Σ w · loss.
    private(set) var loss = 0.0
    /// The gradient, with the sink at its end.
    let gradient: Scratch<Double>
    /// The Hessian's lower triangle in row-major order, with a row and a column for the sink.
    let hessian: Scratch<Double>
    /// Numbers to a row of the Hessian.
    let stride: Int

    private let design: SortedDesign
    private let block: PatternTree.Block
    private let scores: Scratch<Double>
    private let residuals: Scratch<Double>
    /// By row, a column each: the curvature h, h · v for each numeric column v, and zeros up to `width` columns.
    private let products: Scratch<Double>
    private let numericGradient: Scratch<Double>
    /// The coefficients of the open nodes, by level.
    private let path: Scratch<Int>
    private let partialScores: Scratch<Double>
    /// Σ residual over the rows of each open node, the root first.
    private let residualSums: Scratch<Double>
    /// Σ h and Σ h · v over the rows of each open node.
    private let productSums: Scratch<Double>
    /// The number of products of a row, made even.
    private let width: Int

    /// Numbers to a column of products: off a power of two, so that a row's products lie in different cache sets.
    private static let productRows = SortedDesign.tileRows + 8

    /// Makes room for the sums of one block; without curvature there is no Hessian.
    init(_ design: SortedDesign, _ block: PatternTree.Block, curvature: Bool) {
        let (tile, levels) = (SortedDesign.tileRows, design.levelCount)
        self.design = design
        self.block = block
        width = (design.numericCount + 2) / 2 * 2
        // An even number: sums are added in pairs, past the end of the numeric part.
        stride = (design.coefficientCount + width + 2) / 2 * 2
        gradient = Scratch(repeating: 0, count: design.coefficientCount + 1)
        hessian = Scratch(repeating: 0, count: curvature ? (design.coefficientCount + 1) * stride : 0)
        scores = Scratch(repeating: 0, count: tile)
        residuals = Scratch(repeating: 0, count: tile)
        products = Scratch(repeating: 0, count: curvature ? Self.productRows * width : 0)
        numericGradient = Scratch(repeating: 0, count: design.numericCount * Lanes.scalarCount)
        path = Scratch(repeating: 0, count: levels)
        partialScores = Scratch(repeating: 0, count: levels + 1)
        residualSums = Scratch(repeating: 0, count: levels + 1)
        productSums = Scratch(repeating: 0, count: (levels + 1) * width)
    }

    /// Computes loss and gradient at the coefficients, and the Hessian where asked.
    func run(_ coefficients: [Double], curvature: Bool) {
        coefficients.withUnsafeBufferPointer { buffer in
            if let base = buffer.baseAddress { run(base, curvature: curvature) }
        }
    }

    private func run(_ coefficients: UnsafePointer<Double>, curvature: Bool) {
        loss = 0
        gradient.fill(0)
        numericGradient.fill(0)
        residualSums.fill(0)
        if curvature {
            hessian.fill(0)
            productSums.fill(0)
        }
        partialScores.base[0] = coefficients[0]
        design.tree.runs.withUnsafeBufferPointer { runs in
            guard var run = runs.baseAddress.map({ $0 + block.start }) else { return }
            var lossLanes = Lanes()
            for tile in block.tiles {
                let next = descend(run, coefficients)
                respond(tile, coefficients, &lossLanes, curvature: curvature)
                if curvature {
                    addNumericProducts(tile)
                    climb(run, opensBlock: tile == block.tiles.lowerBound)
                } else {
                    climbGradient(run, opensBlock: tile == block.tiles.lowerBound)
                }
                run = next
            }
            loss = lossLanes.sum()
        }
        closeGradient(from: 0)
        for column in 0..<design.numericCount {
            gradient.base[1 + column] = numericGradient.base.lanes(at: column * Lanes.scalarCount).sum()
        }
        gradient.base[0] = residualSums.base[0]
        if curvature {
            close(from: 0)
            for place in 0...design.numericCount { hessian.base[place * stride] += productSums.base[place] }
        }
    }

    /// Down the tree: each row's score gets intercept and category weights, summed once a pattern.
    private func descend(_ start: UnsafePointer<Int32>, _ coefficients: UnsafePointer<Double>) -> UnsafePointer<Int32> {
        let (levels, partial, scores) = (design.levelCount, partialScores.base, scores.base)
        var run = start
        var row = 0
        while row < SortedDesign.tileRows {
            var level = Int(run[0])
            let end = row &+ Int(run[1])
            run += 2
            while level < levels {
                partial[level &+ 1] = partial[level] + coefficients[Int(run[0])]
                run += 1
                level &+= 1
            }
            let score = partial[levels]
            while row < end {
                scores[row] = score
                row &+= 1
            }
        }
        return run
    }

    /// Across the rows: scores to losses, residuals, curvatures and their products with the numeric columns.
    private func respond(
        _ tile: Int, _ coefficients: UnsafePointer<Double>, _ lossLanes: inout Lanes, curvature: Bool
    ) {
        let (rows, count) = (SortedDesign.tileRows, design.numericCount)
        let values = design.values.base + tile &* rows &* count
        let positive = design.positiveWeights.base + tile &* rows
        let negative = design.negativeWeights.base + tile &* rows
        let (scores, residuals, products) = (scores.base, residuals.base, products.base)
        var row = 0
        while row < rows {
            var score = scores.lanes(at: row)
            for column in 0..<count {
                score += coefficients[1 &+ column] * values.lanes(at: column &* rows &+ row)
            }
            let (up, down) = (positive.lanes(at: row), negative.lanes(at: row))
            let logistic = Logistic(score)
            let over = score.replacing(with: 0, where: score .< 0)
            lossLanes += (up + down) * logistic.softening + down * over + up * (over - score)
            let residual = down * logistic.probability - up * logistic.complement
            residuals.set(residual, at: row)
            if curvature {
                let weight = (up + down) * (logistic.probability * logistic.complement)
                products.set(weight, at: row)
                for column in 0..<count {
                    let product = weight * values.lanes(at: column &* rows &+ row)
                    products.set(product, at: (column &+ 1) &* Self.productRows &+ row)
                }
            }
            row &+= Lanes.scalarCount
        }
        for column in 0..<count {
            var sum = numericGradient.base.lanes(at: column &* Lanes.scalarCount)
            var row = 0
            while row < rows {
                sum += residuals.lanes(at: row) * values.lanes(at: column &* rows &+ row)
                row &+= Lanes.scalarCount
            }
            numericGradient.base.set(sum, at: column &* Lanes.scalarCount)
        }
    }

    /// The Hessian's numeric part: Σ h · vⱼ · vₖ over the tile.
    private func addNumericProducts(_ tile: Int) {
        let (rows, count) = (SortedDesign.tileRows, design.numericCount)
        // Past the last column the last one stands in; its surplus products are dropped.
        let base = UnsafePointer(design.values.base + tile &* rows &* count)
        func values(_ column: Int) -> UnsafePointer<Double> { base + min(column, count &- 1) &* rows }
        func weighted(_ column: Int) -> UnsafePointer<Double> {
            UnsafePointer(products.base + (min(column, count &- 1) &+ 1) &* Self.productRows)
        }
        for first in Swift.stride(from: 0, to: count, by: 3) {
            for second in Swift.stride(from: 0, through: first, by: 3) {
                let dots = DotProducts(
                    weighted(first), weighted(first + 1), weighted(first + 2),
                    values(second), values(second + 1), values(second + 2), length: rows)
                for i in 0..<min(3, count - first) {
                    let cells = hessian.base + (1 + first + i) * stride + 1 + second
                    for k in 0..<min(3, count - second) { cells[k] += dots[i, k] }
                }
            }
        }
    }

    /// Up the tree with residuals alone.
    private func climbGradient(_ start: UnsafePointer<Int32>, opensBlock: Bool) {
        let (levels, residuals, sums) = (design.levelCount, residuals.base, residualSums.base)
        var run = start
        var row = 0
        while row < SortedDesign.tileRows {
            let end = row &+ Int(run[1])
            run = enter(run, opensBlock: opensBlock && row == 0) { closeGradient(from: $0) }
            var sum = sums[levels]
            while row < end {
                sum += residuals[row]
                row &+= 1
            }
            sums[levels] = sum
        }
    }

    /// Up the tree with residuals, curvatures and their products.
    private func climb(_ start: UnsafePointer<Int32>, opensBlock: Bool) {
        let (levels, residuals, products) = (design.levelCount, residuals.base, products.base)
        let leaf = productSums.base + levels &* width
        var run = start
        var row = 0
        while row < SortedDesign.tileRows {
            let end = row &+ Int(run[1])
            run = enter(run, opensBlock: opensBlock && row == 0) {
                closeGradient(from: $0)
                close(from: $0)
            }
            while row < end {
                residualSums.base[levels] += residuals[row]
                var column = products + row
                var place = 0
                while place < width {
                    leaf.setPair(leaf.pair(at: place) + SIMD2(column[0], column[Self.productRows]), at: place)
                    column += 2 &* Self.productRows
                    place &+= 2
                }
                row &+= 1
            }
        }
    }

    /// Closes the nodes that a run leaves, opens those that it enters, and returns the next run.
    @inline(__always)
    private func enter(
        _ run: UnsafePointer<Int32>, opensBlock: Bool, closing: (_ level: Int) -> Void
    ) -> UnsafePointer<Int32> {
        let levels = design.levelCount
        var level = Int(run[0])
        if level < levels, !opensBlock { closing(level) }
        var node = run + 2
        while level < levels {
            path.base[level] = Int(node[0])
            node += 1
            level &+= 1
        }
        return node
    }

    /// Adds the residuals of the open nodes from `top` down to gradient and parents.
    @inline(__always)
    private func closeGradient(from top: Int) {
        let (path, sums, gradient) = (path.base, residualSums.base, gradient.base)
        var level = design.levelCount
        var sum = sums[level]
        while level > top {
            sums[level] = 0
            level &-= 1
            gradient[path[level]] += sum
            sum += sums[level]
        }
        sums[level] = sum
    }

    /// Adds the products of the open nodes from `top` down to the Hessian and to their parents.
    @inline(__always)
    private func close(from top: Int) {
        let (path, hessian, levels) = (path.base, hessian.base, design.levelCount)
        // What a node's rows share with each ancestor's: Σ h, which the parents have not got yet.
        var weight = 0.0
        var level = levels
        while level > top {
            weight += productSums.base[level &* width]
            level &-= 1
            let cells = hessian + path[level] &* stride
            var ancestor = 0
            while ancestor <= level {
                cells[path[ancestor]] += weight
                ancestor &+= 1
            }
        }
        var place = 0
        while place < width {
            var sums = productSums.base + (levels &* width &+ place)
            var sum = sums.pair(at: 0)
            var level = levels
            while level > top {
                sums.setPair(SIMD2(), at: 0)
                sums -= width
                level &-= 1
                let cells = hessian + (path[level] &* stride &+ place)
                cells.setPair(cells.pair(at: 0) + sum, at: 0)
                sum += sums.pair(at: 0)
            }
            sums.setPair(sum, at: 0)
            place &+= 2
        }
    }
}
