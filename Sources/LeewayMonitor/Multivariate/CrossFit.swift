import LeewayCore
import LeewayLearn

/// Regressions that tell the window's rows from the reference's, each judged on rows that it was not fitted on.
///
/// Rows stand in an order by chance, the reference's first; row i of a side is in fold i mod k.
struct CrossFit {
    /// Each fold judged by the regression of all others.
    private(set) var judged: [ScorePlacements] = []
    /// Each fold from the second on judged by the regression of the folds before it.
    private(set) var forward: [ScorePlacements] = []
    /// By column: how much higher its weights are, on average over the folds, in a judged fold's window than in its reference.
    private(set) var gaps: [Double]
    /// The mean correlation of two folds' regressions over all rows.
    private(set) var agreement = 1.0

    private let bins: [PooledBins]
    /// For each curve of the bins, its column and its value by row.
    private let curves: [(column: Int, values: [Double])]
    private let referenceCount: Int
    private let rowCount: Int
    private let foldCount: Int
    private let regression: LogisticRegression

    /// Fits and judges; each side has at least two rows a fold.
    ///
    /// - Throws: `invalidSetting`, `notConverged`, `interrupted`.
    init(
        _ bins: [PooledBins], referenceCount: Int, rowCount: Int, foldCount: Int, regression: LogisticRegression
    ) throws(LeewayError) {
        (self.bins, self.foldCount, self.regression) = (bins, foldCount, regression)
        (self.referenceCount, self.rowCount) = (referenceCount, rowCount)
        curves = bins.enumerated().flatMap { column, bins in
            bins.curves.map { curve in (column, bins.codes.map { curve[Int($0)] }) }
        }
        gaps = [Double](repeating: 0, count: bins.count)
        var scores: [[Double]] = []
        for fold in 0..<foldCount {
            let model = try fit { $0 != fold }
            let all = self.scores(model)
            judged.append(placements(all, of: fold))
            addGaps(model, of: fold)
            scores.append(all)
            // The last fold's judge is that of all folds before it.
            if fold == foldCount - 1 {
                forward.append(judged[fold])
            } else if fold > 0 {
                forward.append(placements(self.scores(try fit { $0 < fold }), of: fold))
            }
        }
        agreement = Self.meanCorrelation(scores)
    }

    /// A row's fold, by its place among all rows.
    private func fold(_ row: Int) -> Int { (row < referenceCount ? row : row - referenceCount) % foldCount }

    /// What each code of each column adds to the score, curves and bins together, by the included folds.
    private func fit(_ isIncluded: (_ fold: Int) -> Bool) throws(LeewayError) -> [[Double]] {
        let included = (0..<foldCount).map(isIncluded)
        let rows = (0..<rowCount).filter { included[fold($0)] }
        let features = try EncodedFeatures(
            numeric: curves.enumerated().map { place, curve in
                .init(name: "curve \(place)", values: rows.map { curve.values[$0] })
            },
            categorical: bins.enumerated().map { place, bins in
                .init(name: "column \(place)", categoryCount: bins.count, codes: rows.map { bins.codes[$0] })
            })
        let model = try regression.fit(features, labels: rows.map { $0 >= referenceCount })
        var weights = model.categorical.map(\.weights)
        var curve = 0
        for (column, bins) in bins.enumerated() {
            for values in bins.curves {
                for code in values.indices { weights[column][code] += model.numeric[curve].weight * values[code] }
                curve += 1
            }
        }
        return weights
    }

    /// Σ weights of each row's codes: the score but for the intercept, which orders no rows.
    private func scores(_ weights: [[Double]]) -> [Double] {
        var scores = [Double](repeating: 0, count: rowCount)
        scores.withUnsafeMutableBufferPointer { scores in
            for (bins, weights) in zip(bins, weights) {
                bins.codes.withUnsafeBufferPointer { codes in
                    weights.withUnsafeBufferPointer { weights in
                        for row in scores.indices { scores[row] += weights[Int(codes[row])] }
                    }
                }
            }
        }
        return scores
    }

    private func placements(_ scores: [Double], of fold: Int) -> ScorePlacements {
        ScorePlacements(
            reference: stride(from: fold, to: referenceCount, by: foldCount).map { scores[$0] },
            window: stride(from: referenceCount + fold, to: rowCount, by: foldCount).map { scores[$0] })
    }

    private mutating func addGaps(_ weights: [[Double]], of fold: Int) {
        for (column, weights) in weights.enumerated() {
            let codes = bins[column].codes
            func mean(_ rows: StrideTo<Int>) -> Double {
                var (sum, count) = (0.0, 0.0)
                for row in rows {
                    sum += weights[Int(codes[row])]
                    count += 1
                }
                return sum / count
            }
            let window = mean(stride(from: referenceCount + fold, to: rowCount, by: foldCount))
            let reference = mean(stride(from: fold, to: referenceCount, by: foldCount))
            gaps[column] += (window - reference) / Double(foldCount)
        }
    }

    /// The mean correlation of each two; 1 where scores do not vary.
    private static func meanCorrelation(_ scores: [[Double]]) -> Double {
        let units = scores.map { scores -> [Double] in
            let mean = scores.reduce(0, +) / Double(scores.count)
            let length = scores.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }.squareRoot()
            return length > 0 ? scores.map { ($0 - mean) / length } : []
        }
        // Σ over pairs of uᵢ · uⱼ is half of |Σ u|² less the number of units.
        let varying = units.filter { !$0.isEmpty }
        guard varying.count > 1 else { return 1 }
        var square = 0.0
        for row in varying[0].indices {
            let sum = varying.reduce(0) { $0 + $1[row] }
            square += sum * sum
        }
        let count = Double(varying.count)
        return (square - count) / (count * (count - 1))
    }
}
