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
    private let block: SortedDesign.Block
    private let scores: Scratch<Double>
    private let residuals: Scratch<Double>
    private let curvatures: Scratch<Double>
    private let products: Scratch<Double>
    private let numericGradient: Scratch<Double>
    private let path: Scratch<Int32>
    private let partialScores: Scratch<Double>
    private let residualSums: Scratch<Double>
    private let curvatureSums: Scratch<Double>
    private let width: Int

    /// Makes room for the sums of one block; without curvature there is no Hessian.
    init(_ design: SortedDesign, _ block: SortedDesign.Block, curvature: Bool) {
        let tile = SortedDesign.tileRows
        self.design = design
        self.block = block
        // Sums are added eight at a time, so a row has room for them past its end.
        width = (design.numericCount + 1 + 1) / 2 * 2
        stride = design.coefficientCount + width + 1
        gradient = Scratch(repeating: 0, count: design.coefficientCount + 1)
        hessian = Scratch(repeating: 0, count: curvature ? (design.coefficientCount + 1) * stride : 0)
        scores = Scratch(repeating: 0, count: tile)
        residuals = Scratch(repeating: 0, count: tile)
        curvatures = Scratch(repeating: 0, count: tile)
        products = Scratch(repeating: 0, count: curvature ? tile * design.numericCount : 0)
        numericGradient = Scratch(repeating: 0, count: design.numericCount * Lanes.scalarCount)
        path = Scratch(repeating: 0, count: design.levelCount)
        partialScores = Scratch(repeating: 0, count: design.levelCount + 1)
        residualSums = Scratch(repeating: 0, count: design.levelCount + 1)
        curvatureSums = Scratch(repeating: 0, count: (design.levelCount + 1) * width)
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
            curvatureSums.fill(0)
        }
        partialScores.base[0] = coefficients[0]
        var isFirst = true
        design.segments.withUnsafeBufferPointer { segments in
            guard var segment = segments.baseAddress.map({ $0 + block.segment }) else { return }
            var lossLanes = Lanes()
            for tile in block.tiles {
                let next = descend(segment, coefficients)
                respond(tile, coefficients, &lossLanes, curvature: curvature)
                if curvature {
                    addNumericProducts(tile)
                    climb(segment, isFirst: isFirst)
                } else {
                    climbGradient(segment, isFirst: isFirst)
                }
                segment = next
                isFirst = false
            }
            loss = lossLanes.sum()
        }
        close(from: design.levelCount, to: 0, curvature: curvature)
        for column in 0..<design.numericCount {
            gradient.base[1 + column] = numericGradient.base.lanes(at: column * Lanes.scalarCount).sum()
        }
        gradient.base[0] = residualSums.base[0]
        if curvature {
            for place in 0...design.numericCount { hessian.base[place * stride] += curvatureSums.base[place] }
        }
    }

    /// Down the tree: each row's score gets intercept and category weights, summed once a pattern.
    private func descend(_ start: UnsafePointer<Int32>, _ coefficients: UnsafePointer<Double>) -> UnsafePointer<Int32> {
        let (levels, partial, scores) = (design.levelCount, partialScores.base, scores.base)
        var segment = start
        var row = 0
        while row < SortedDesign.tileRows {
            var level = Int(segment[0])
            let end = row &+ Int(segment[1])
            segment += 2
            while level < levels {
                partial[level &+ 1] = partial[level] + coefficients[Int(segment[0])]
                segment += 1
                level &+= 1
            }
            let score = partial[levels]
            while row < end {
                scores[row] = score
                row &+= 1
            }
        }
        return segment
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
        let (curvatures, gradient) = (curvatures.base, numericGradient.base)
        var row = 0
        while row < rows {
            var score = scores.lanes(at: row)
            for column in 0..<count {
                score += coefficients[1 &+ column] * values.lanes(at: column &* rows &+ row)
            }
            let (up, down) = (positive.lanes(at: row), negative.lanes(at: row))
            let logistic = Logistic(score)
            let over = score.clamped(lowerBound: Lanes(), upperBound: Lanes(repeating: .greatestFiniteMagnitude))
            lossLanes += (up + down) * logistic.softening + down * over + up * (over - score)
            let residual = down * logistic.probability - up * logistic.complement
            residuals.set(residual, at: row)
            for column in 0..<count {
                let place = column &* Lanes.scalarCount
                gradient.set(gradient.lanes(at: place) + residual * values.lanes(at: column &* rows &+ row), at: place)
            }
            if curvature {
                let weight = (up + down) * (logistic.probability * logistic.complement)
                curvatures.set(weight, at: row)
                for column in 0..<count {
                    let place = column &* rows &+ row
                    products.set(weight * values.lanes(at: place), at: place)
                }
            }
            row &+= Lanes.scalarCount
        }
    }

    /// The Hessian's numeric part: Σ h · vⱼ · vₖ over the tile.
    private func addNumericProducts(_ tile: Int) {
        let (rows, count) = (SortedDesign.tileRows, design.numericCount)
        let values = UnsafePointer(design.values.base + tile &* rows &* count)
        let weighted = UnsafePointer(products.base)
        for first in Swift.stride(from: 0, to: count, by: 3) {
            for second in Swift.stride(from: 0, through: first, by: 3) {
                // Past the last column the last one stands in; its surplus products are dropped.
                func row(_ base: UnsafePointer<Double>, _ column: Int) -> UnsafePointer<Double> {
                    base + min(column, count &- 1) &* rows
                }
                let dots = DotProducts(
                    row(weighted, first), row(weighted, first + 1), row(weighted, first + 2),
                    row(values, second), row(values, second + 1), row(values, second + 2), length: rows)
                for i in 0..<min(3, count - first) {
                    let cells = hessian.base + (1 + first + i) * stride + 1 + second
                    for k in 0..<min(3, count - second) { cells[k] += dots[i, k] }
                }
            }
        }
    }

    /// Up the tree with residuals alone.
    private func climbGradient(_ start: UnsafePointer<Int32>, isFirst: Bool) {
        let (levels, residuals) = (design.levelCount, residuals.base)
        var segment = start
        var row = 0
        var opensBlock = isFirst
        while row < SortedDesign.tileRows {
            let level = Int(segment[0])
            let end = row &+ Int(segment[1])
            if level < levels {
                if !opensBlock { close(from: levels, to: level, curvature: false) }
                (path.base + level).update(from: segment + 2, count: levels &- level)
            }
            opensBlock = false
            segment += 2 &+ levels &- level
            var sum = residualSums.base[levels]
            while row < end {
                sum += residuals[row]
                row &+= 1
            }
            residualSums.base[levels] = sum
        }
    }

    /// Up the tree with residuals, curvatures and their products.
    private func climb(_ start: UnsafePointer<Int32>, isFirst: Bool) {
        let (levels, rows, count) = (design.levelCount, SortedDesign.tileRows, design.numericCount)
        let (residuals, curvatures, products) = (residuals.base, curvatures.base, products.base)
        let sums = curvatureSums.base + levels &* width
        var segment = start
        var row = 0
        var opensBlock = isFirst
        while row < rows {
            let level = Int(segment[0])
            let end = row &+ Int(segment[1])
            if level < levels {
                if !opensBlock { close(from: levels, to: level, curvature: true) }
                (path.base + level).update(from: segment + 2, count: levels &- level)
            }
            opensBlock = false
            segment += 2 &+ levels &- level
            while row < end {
                residualSums.base[levels] += residuals[row]
                sums[0] += curvatures[row]
                var place = row
                for column in 1..<(count &+ 1) {
                    sums[column] += products[place]
                    place &+= rows
                }
                row &+= 1
            }
        }
    }

    /// Ends the open nodes of the levels `top` ..< `bottom`, deepest first: adds their sums to gradient, Hessian, parent.
    private func close(from bottom: Int, to top: Int, curvature: Bool) {
        var level = bottom
        while level > top {
            let node = Int(path.base[level &- 1])
            gradient.base[node] += residualSums.base[level]
            residualSums.base[level &- 1] += residualSums.base[level]
            residualSums.base[level] = 0
            if curvature {
                let sums = curvatureSums.base + level &* width
                let cells = hessian.base + node &* stride
                let weight = sums[0]
                for ancestor in 0..<(level &- 1) { cells[Int(path.base[ancestor])] += weight }
                cells[node] += weight
                for place in 0..<width {
                    let sum = sums[place]
                    cells[place] += sum
                    sums[place &- width] += sum
                    sums[place] = 0
                }
            }
            level &-= 1
        }
    }
}
