import LeewayCore

/// The evidence that the shares of some cells changed: categories, missing or not, a number that comes often.
///
/// Each cell's share is expected to be p = (c + ½) / (n + k / 2), where c of the n rows of reference and stream so far lie in it
/// and there are k cells: the mean of what the counts say of it under Jeffreys' prior. A bet that a cell's odds become
/// o times as large pays o / (1 − p + o · p) where the next row lies in it, else 1 / (1 − p + o · p): on average over what the
/// counts say of p that is 1. A histogram over all cells learns besides.
///
/// - Guarantee: the contract holds on average over the shares that the prior allows; for each single one it holds but for
///   terms of the order of 1 / n, for which a tenth of the stake is held back. Ranks of cells would be exact for each, and
///   find a change in a rare cell only half as fast.
/// - Complexity: four quotients a cell, eight a frequent one.
struct ShareEvidence: Sendable, Equatable {
    /// The times by which a cell's odds may change, and their parts of the stake: of every cell, and of frequent ones besides.
    private static let always = (odds: SIMD4(1.8, 3, 9, 60), parts: SIMD4(0.5, 0.3, 0.15, 0.05))
    private static let often = (odds: SIMD4(1.3, 1 / 1.35, 1 / 2.2, 1 / 8), parts: SIMD4(0.27, 0.27, 0.3, 0.16))
    /// From this share on a cell is frequent.
    private static let oftenShare = 0.05
    /// The part of the stake, the memory and the prior rows of the histogram.
    private static let (learnedPart, memory, prior) = (0.25, 100.0, 50.0)
    /// The part of the stake that is laid at all: the rest makes up for shares of which the prior expects too little.
    private static let laidPart = 0.9
    /// The part of the stake on a cell that is watched however rare it is.
    private static let watchedPart = 0.05

    private let contract: FalseAlarmContract
    private let reference: [Int]
    private var counts: [Double]
    private var total: Double
    private var bets: ShareBets
    private var oftenBets: ShareBets
    private var learning: ForgettingHistogram
    private var learned = 0.0
    private var rows = 0
    /// R, of all bets together, with what is not staked yet.
    private(set) var value: Double

    /// Takes the reference's rows in each cell, and which cells are watched however rare they are.
    init(_ reference: [Int], isWatched: [Bool], contract: FalseAlarmContract) {
        precondition(reference.count == isWatched.count, "Each cell is watched or not.")
        (self.reference, self.contract) = (reference, contract)
        let counts = reference.map { Double($0) + 0.5 }
        let total = counts.reduce(0, +)
        (self.counts, self.total) = (counts, total)
        // By the root: a small share that doubles is to be found sooner than a large one that moves as much.
        let roots = zip(counts, isWatched).map { $1 ? 0 : ($0 / total).squareRoot() }
        let (watched, rest) = (Self.watchedPart * Double(isWatched.count { $0 }), roots.reduce(0, +))
        let scale = (1 - Self.learnedPart) / (watched + (rest > 0 ? 1 - watched : 0))
        let stakes = zip(roots, isWatched).map { root, isWatched in
            scale * (isWatched ? Self.watchedPart : (1 - watched) * root / rest)
        }
        let often = counts.indices.filter { counts[$0] >= Self.oftenShare * total }
        let isOften = Set(often)
        bets = ShareBets(
            odds: Self.always.odds, parts: Self.always.parts, cells: Array(counts.indices),
            stakes: counts.indices.map { isOften.contains($0) ? stakes[$0] / 2 : stakes[$0] })
        oftenBets = ShareBets(
            odds: Self.often.odds, parts: Self.often.parts, cells: often, stakes: often.map { stakes[$0] / 2 })
        learning = ForgettingHistogram(cells: counts.count, memory: Self.memory, prior: Self.prior)
        value = Self.laidPart * contract.reserve(afterRows: 0)
    }

    /// Settles all bets on the next row's cell, and counts it.
    mutating func add(cell: Int) {
        rows += 1
        let stake = contract.stake(atRow: rows)
        let factor = learning.add(cell: cell, chance: counts[cell] / total)
        learned = (learned + Self.learnedPart * stake) * factor
        let fixed =
            bets.add(hit: cell, counts: counts, total: total, stake: stake)
            + oftenBets.add(hit: cell, counts: counts, total: total, stake: stake)
        value = Self.laidPart * (fixed + learned + contract.reserve(afterRows: rows))
        counts[cell] += 1
        total += 1
    }

    /// Takes all stakes back and starts anew, with all rows so far or with the reference's alone.
    mutating func reset(keepingRows: Bool) {
        bets.reset()
        oftenBets.reset()
        learning.reset()
        (learned, rows) = (0, 0)
        value = Self.laidPart * contract.reserve(afterRows: 0)
        if !keepingRows {
            counts = reference.map { Double($0) + 0.5 }
            total = counts.reduce(0, +)
        }
    }

    func write(to state: inout StateWriter) {
        state.append(rows)
        state.append([value, learned])
        state.append(counts)
        bets.write(to: &state)
        oftenBets.write(to: &state)
        learning.write(to: &state)
    }

    mutating func read(from state: inout StateReader) throws(LeewayError) {
        rows = try state.count()
        (value, learned) = (try state.amount(), try state.amount())
        counts = try state.amounts(counts.count)
        guard counts.allSatisfy({ $0 > 0 && $0.isFinite }) else { throw StateReader.damaged("a count can't be") }
        // Halves add up without rounding, in any order.
        total = counts.reduce(0, +)
        try bets.read(from: &state)
        try oftenBets.read(from: &state)
        try learning.read(from: &state)
    }
}
