import Testing

@testable import LeewayMonitor

/// What makes the contract a theorem: on average over what may come, evidence grows by the new stake and by no more.
@Suite struct BetTests {
    @Test func `each fixed bet has a mean of 1 over uniform ranks`() {
        #expect(abs(RankGrid.widths.reduce(0, +) - 1) < 1e-15 && RankGrid.count == 262)
        for bets in [RankBets.onRows, .onBlocks] {
            for bet in 0..<8 * RankBets.groups {
                let factors = (0..<RankGrid.count).map { bets.factors[$0 * RankBets.groups + bet / 8][bet % 8] }
                #expect(abs(RankGrid.mean(factors) - 1) < 1e-13)
                #expect(factors.allSatisfy { $0 > 0.019 })
            }
            let stakes = bets.stakes.reduce(0) { $0 + $1.sum() } + bets.histogramStakes.reduce(0, +)
            #expect(abs(stakes - 1) < 1e-14)
        }
    }

    @Test(arguments: [FalseAlarmContract.runLength(100), .level(0.05)])
    func `evidence of ranks grows by the stake on average`(contract: FalseAlarmContract) {
        var (evidence, draws) = (RankEvidence(contract), SequentialDraws(1))
        for row in 1...40 {
            // All bets are constant between the multiples of 1 / 8192.
            if row % 8 == 0 {
                let mean =
                    (0..<8_192).reduce(0.0) { sum, place in
                        var next = evidence
                        next.add((Double(place) + 0.5) / 8_192)
                        return sum + next.value
                    } / 8_192
                let expected = evidence.value + (contract == .level(0.05) ? 0 : 1)
                #expect(abs(mean / expected - 1) < 1e-12)
            }
            evidence.add(draws.uniform() * draws.uniform())
        }
    }

    @Test(arguments: [FalseAlarmContract.runLength(100), .level(0.05)])
    func `evidence of shares grows by the stake on average over the expected shares`(contract: FalseAlarmContract) {
        let reference = [50, 0, 3, 947]
        var evidence = ShareEvidence(reference, isWatched: [false, true, false, false], contract: contract)
        var counts = reference.map { Double($0) + 0.5 }
        for row in 0..<30 {
            let total = counts.reduce(0, +)
            let mean = counts.indices.reduce(0.0) { sum, cell in
                var next = evidence
                next.add(cell: cell)
                return sum + counts[cell] / total * next.value
            }
            // A tenth of the stake is held back.
            #expect(abs(mean / (evidence.value + (contract == .level(0.05) ? 0 : 0.9)) - 1) < 1e-12)
            evidence.add(cell: row % 4)
            counts[row % 4] += 1
        }
    }

    @Test func `a histogram that learns pays 1 on average and more where rows were`() {
        var (histogram, draws) = (ForgettingHistogram(cells: 4, memory: 3, prior: 2), SequentialDraws(3))
        let chances = [0.1, 0.2, 0.3, 0.4]
        for _ in 0..<1_000 {
            let mean = chances.enumerated().reduce(0.0) { sum, cell in
                var next = histogram
                return sum + cell.element * next.add(cell: cell.offset, chance: cell.element)
            }
            #expect(abs(mean - 1) < 1e-12)
            let cell = draws.place([0.7, 0.1, 0.1, 0.1])
            _ = histogram.add(cell: cell, chance: chances[cell])
        }
        for _ in 0..<20 { _ = histogram.add(cell: 0, chance: 0.1) }
        // Three rows are remembered, all in the first cell: (2 · 0.1 + 3) / (2 + 3) / 0.1.
        #expect(abs(histogram.add(cell: 0, chance: 0.1) - 6.4) < 0.01)
    }

    @Test func `no cell, all watched and one cell can be`() {
        for (counts, isWatched) in [([0], [false]), ([0, 0], [true, true]), ([5], [true])] {
            var evidence = ShareEvidence(counts, isWatched: isWatched, contract: .runLength(10))
            for row in 0..<100 { evidence.add(cell: row % counts.count) }
            #expect(evidence.value.isFinite && evidence.value >= 0)
        }
    }
}
