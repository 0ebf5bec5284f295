import LeewayCore
import LeewayLearn
import LeewayStore

/// Decides which rows train and which test: by the hash of each row's content, or by a file of row numbers.
package struct Split: Stage {
    package static let name = "split"

    /// The two sides.
    package struct Output: Sendable {
        /// The positive class and the negative one, in words of the target.
        package let classes: TargetClasses
        /// The rows that train, ascending.
        package let trainRows: [Int]
        /// The rows that test, ascending.
        package let testRows: [Int]
        /// For each row of the source, whether its target is the positive class; of no meaning where it has none.
        package let labels: [Bool]
    }

    /// The contents of rows that tested an earlier version: they test again, whatever the draw says.
    private let oldTestRows: Set<UInt64>
    /// The first row that no file of row numbers knows; it and those after it are drawn by content.
    private let firstUnnumbered: Int?

    package init(oldTestRows: Set<UInt64> = [], firstUnnumbered: Int? = nil) {
        (self.oldTestRows, self.firstUnnumbered) = (oldTestRows, firstUnnumbered)
    }

    /// - Throws: `unusableTarget`; `invalidSetting` for a file of row numbers that does not fit the source.
    package func run(_ input: IngestedData, in context: RunContext) async throws -> Output {
        let configuration = context.configuration
        let target = try input.dataset.categorical(configuration.target.column)
        let classes = try TargetClasses(of: target, configuration.target)
        let labelled = target.codes.indices.filter { target.codes[$0] >= 0 }
        var isTest = [Bool](repeating: false, count: input.dataset.rowCount)
        var drawn = labelled
        if let path = configuration.split.testRows {
            let numbered = firstUnnumbered ?? input.dataset.rowCount
            drawn = labelled.filter { $0 >= numbered }
            // Of another source the numbers name other rows; then those are known that tested before.
            if oldTestRows.isEmpty || firstUnnumbered == nil {
                isTest = try testRows(of: context.project.resolve(path), rowCount: numbered)
                isTest += [Bool](repeating: false, count: input.dataset.rowCount - numbered)
            }
        }
        let split = HashSplit(testShare: configuration.split.testShare, seed: UInt64(configuration.seed))
        // The classes by their texts, not by the order in which the rows bring them: a row keeps its side.
        let isPositiveLast = classes.negative.utf8.lexicographicallyPrecedes(classes.positive.utf8)
        let draws = try split.isTest(
            contentHashes: drawn.map { input.rowHashes[$0] },
            classes: drawn.map { (target.codes[$0] == classes.positiveCode) == isPositiveLast ? 1 : 0 }, classCount: 2)
        for (row, isDrawn) in zip(drawn, draws) where isDrawn { isTest[row] = true }
        if !oldTestRows.isEmpty {
            for row in labelled where oldTestRows.contains(input.rowHashes[row]) { isTest[row] = true }
        }
        let output = Output(
            classes: classes, trainRows: labelled.filter { !isTest[$0] }, testRows: labelled.filter { isTest[$0] },
            labels: target.codes.map { $0 == classes.positiveCode })
        try require(bothClassesIn: output)
        return output
    }

    private func require(bothClassesIn split: Output) throws(LeewayError) {
        for (side, rows) in [("training", split.trainRows), ("test", split.testRows)] {
            let positives = rows.reduce(0) { $0 + (split.labels[$1] ? 1 : 0) }
            guard positives > 0, positives < rows.count else {
                throw LeewayError(
                    .unusableTarget, "The \(side) side has \(rows.count) rows, but not of both classes.",
                    hint: "More rows are needed, or another split.")
            }
        }
    }

    private func testRows(of path: String, rowCount: Int) throws(LeewayError) -> [Bool] {
        var flags = [Bool](repeating: false, count: rowCount)
        let text = String(decoding: try FileSystem.read(path), as: UTF8.self)
        for (number, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            let digits = line.trimmingWhitespace()
            if digits.isEmpty { continue }
            guard let row = Int(digits), row >= 0, row < rowCount else {
                throw LeewayError(
                    .invalidSetting, "\(path), line \(number + 1): a row number from 0 to \(rowCount - 1) is needed.",
                    hint: "Rows are counted from 0, in the order of the source's files.")
            }
            flags[row] = true
        }
        return flags
    }
}

extension Substring {
    /// Without the white space at both ends.
    func trimmingWhitespace() -> Substring {
        let start = firstIndex { !$0.isWhitespace } ?? endIndex
        let end = lastIndex { !$0.isWhitespace }.map { index(after: $0) } ?? start
        return self[start..<end]
    }
}
