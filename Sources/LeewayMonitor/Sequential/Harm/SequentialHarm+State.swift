package import LeewayCore

extension SequentialHarm {
    /// The state as bytes, to go on later as if there had been no stop.
    package func encoded() -> [UInt8] {
        var state = StateWriter()
        state.append(rows)
        state.append(rowsInRun)
        state.append([evidence, learned, count, sum, squares, lastCount, lastSum])
        state.append((0..<8).map { bets[$0] })
        return state.sealed(fingerprint)
    }

    /// Takes a state that `encoded` wrote, of a detector made with the same settings.
    ///
    /// - Throws: `damagedArtifact`, also where it is the state of another detector; then this one is as it was.
    package mutating func restore(_ bytes: [UInt8]) throws(LeewayError) {
        var (state, restored) = (try StateReader(unsealing: bytes, fingerprint), self)
        (restored.rows, restored.rowsInRun) = (try state.count(), try state.count())
        (restored.evidence, restored.learned) = (try state.amount(), try state.amount())
        (restored.count, restored.sum, restored.squares) = (try state.amount(), try state.amount(), try state.amount())
        (restored.lastCount, restored.lastSum) = (try state.amount(), try state.amount())
        restored.bets = SIMD8(try state.amounts(8))
        guard state.isAtEnd else { throw StateReader.damaged("it is too long") }
        self = restored
    }

    private var fingerprint: UInt64 {
        var hash = RowHash()
        hash.combine(RowHash.hash(toleratedRisk))
        hash.combine(RowHash.hash(contract.threshold))
        if case .level = contract { hash.combine(1) }
        return hash.first
    }
}
