package import LeewayCore
import LeewayStats

/// Watches blocks of rows for the first that is not as the blocks before it: for traffic whose rows follow each other.
///
/// Neighbouring rows that resemble each other look like a change to whatever takes rows for exchangeable. A block that is long
/// enough hardly depends on the one before. Each column's counts in a block become a few numbers (`BlockSummary`), each
/// number is ranked among those of the blocks before, and the ranks are bet on as those of rows are.
///
/// - Units: the contract, the alarm's row and the rows in its run are in blocks.
/// - Guarantee: `FalseAlarmContract`, if the blocks are exchangeable until the change: of one kind (rows of a whole day, or all of
///   one hour's length), and much longer than what one row has to do with another. The first blocks are only what later ones
///   are ranked among: a change before their end is not seen, nor is any difference between them and the reference.
/// - Missing: a block without a row of a column says nothing of it.
package struct BlockDetector: Sendable {
    /// What is promised.
    package let contract: FalseAlarmContract
    /// So many blocks are only ranked among.
    package let calibration: Int
    /// Blocks since the start.
    package private(set) var blocks = 0
    /// Blocks since the start or the last alarm.
    package private(set) var blocksInRun = 0

    private struct Followed: Sendable {
        let stake: Double
        var ranks = ConformalNumbers()
        var evidence: RankEvidence
    }

    private let bins: WindowBins
    private let names: [String]
    private let summaries: [BlockSummary]
    private let weights: [Double]
    private let seed: UInt64
    private var followed: [[Followed]]

    /// Starts before the first block.
    ///
    /// The reference's columns are the first of the bins', in the same order; draws within ties depend on the seed.
    ///
    /// - Throws: `invalidSetting` where the contract can't be or no block calibrates; `missingColumn` without a column.
    package init(
        _ reference: [ReferenceCounts], _ bins: WindowBins, contract: FalseAlarmContract, calibration: Int = 20,
        seed: UInt64
    ) throws(LeewayError) {
        guard !reference.isEmpty else { throw LeewayError(.missingColumn, "There is no column to watch.") }
        guard calibration > 0 else {
            throw LeewayError(.invalidSetting, "Blocks are ranked among earlier ones, so at least one must calibrate.")
        }
        precondition(
            bins.names.starts(with: reference.map(\.column)), "The bins' first columns are those of the reference.")
        let contract = try contract.checked()
        (self.contract, self.calibration, self.bins, self.seed) = (contract, calibration, bins, seed)
        names = reference.map(\.column)
        weights = reference.map { _ in 1 / Double(reference.count) }
        summaries = reference.map(BlockSummary.init)
        followed = summaries.map { summary in
            summary.stakes.map { Followed(stake: $0, evidence: RankEvidence(contract, .onBlocks)) }
        }
    }

    /// The mean of the columns' evidence.
    package var evidence: Double {
        zip(weights, columnEvidence).reduce(0) { $0 + $1.0 * $1.1 }
    }

    private var columnEvidence: [Double] {
        followed.map { $0.reduce(0) { $0 + $1.stake * $1.evidence.value } }
    }

    /// The columns by their evidence, with e-BH's selection.
    package func ranking() -> [SequentialAlarm.Column] {
        SequentialAlarm.ranking(
            Array(zip(names, columnEvidence)), weights: weights, threshold: contract.threshold)
    }

    /// Looks at the next block's counts; after an alarm all evidence is nothing again, and the blocks so far stay what later
    /// ones are ranked among.
    package mutating func add(_ counts: WindowCounts) -> SequentialAlarm? {
        precondition(counts.bins.fingerprint == bins.fingerprint, "The block was counted in other bins.")
        var generator = SeededGenerator(seed: seed, stream: UInt64(blocks))
        blocks += 1
        let isCalibrated = blocks > calibration
        blocksInRun += isCalibrated ? 1 : 0
        for column in followed.indices {
            for (place, number) in summaries[column].numbers(counts, column).enumerated() {
                guard let number else { continue }
                let rank = followed[column][place].ranks.add(number, using: &generator)
                if isCalibrated { followed[column][place].evidence.add(rank) }
            }
        }
        let evidence = evidence
        guard isCalibrated, evidence >= contract.threshold else { return nil }
        let alarm = SequentialAlarm(
            row: blocks, rowsInRun: blocksInRun, evidence: evidence, columns: ranking())
        for column in followed.indices {
            for place in followed[column].indices { followed[column][place].evidence.reset() }
        }
        blocksInRun = 0
        return alarm
    }

    /// The state as bytes, to go on later as if there had been no stop.
    package func encoded() -> [UInt8] {
        var state = StateWriter()
        state.append(blocks)
        state.append(blocksInRun)
        for number in followed.joined() {
            number.ranks.write(to: &state)
            number.evidence.write(to: &state)
        }
        return state.sealed(fingerprint)
    }

    /// Takes a state that `encoded` wrote, of a detector made with the same bins and settings.
    ///
    /// - Throws: `damagedArtifact`, also where it is the state of another detector; then this one is as it was.
    package mutating func restore(_ bytes: [UInt8]) throws(LeewayError) {
        var (state, restored) = (try StateReader(unsealing: bytes, fingerprint), self)
        (restored.blocks, restored.blocksInRun) = (try state.count(), try state.count())
        for column in restored.followed.indices {
            for place in restored.followed[column].indices {
                try restored.followed[column][place].ranks.read(from: &state)
                try restored.followed[column][place].evidence.read(from: &state)
            }
        }
        guard state.isAtEnd else { throw StateReader.damaged("it is too long") }
        self = restored
    }

    private var fingerprint: UInt64 {
        var hash = RowHash()
        for word in [bins.fingerprint, UInt64(calibration), seed, UInt64(names.count)] { hash.combine(word) }
        hash.combine(RowHash.hash(contract.threshold))
        if case .level = contract { hash.combine(1) }
        return hash.first
    }
}
