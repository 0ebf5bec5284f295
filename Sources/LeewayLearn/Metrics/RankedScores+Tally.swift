extension RankedScores {
    /// Sums up the rows, each as often as `buffers.counts` says: all metrics at once.
    ///
    /// The sums run in a fixed order, so equal counts give equal bits on every machine and thread.
    func tally(_ buffers: inout TallyBuffers) -> BinaryTally {
        accumulateRows(&buffers)
        let (twiceDiscordant, precisionSum) = accumulateGroups(&buffers)
        var tally = BinaryTally(
            confusionMatrix: confusionMatrix(buffers), twiceDiscordant: twiceDiscordant, precisionSum: precisionSum)
        var start = Cut(rank: 0, group: 0)
        for end in binCuts {
            let sums = weightedSums(start.rank..<end.rank, buffers.counts)
            let positives = buffers.positivesAbove[end.group] - buffers.positivesAbove[start.group]
            tally.probabilitySum += sums.probability
            tally.squaredErrorSum += sums.squaredError
            tally.lossSum += sums.loss
            tally.calibrationGap += abs(sums.probability - Double(positives))
            start = end
        }
        return tally
    }

    private func confusionMatrix(_ buffers: TallyBuffers) -> ConfusionMatrix {
        let predicted = Int(buffers.rowsAbove[thresholdCut.rank])
        let found = Int(buffers.positivesAbove[thresholdCut.group])
        let rows = Int(buffers.rowsAbove[labels.count])
        let positives = Int(buffers.positivesAbove[groups.count])
        return ConfusionMatrix(
            trueNegatives: rows - positives - (predicted - found), falsePositives: predicted - found,
            falseNegatives: positives - found, truePositives: found)
    }

    /// Fills `rowsAbove`, eight ranks a step: byte k of a word times 0x0101…01 is the sum of its bytes 0 … k.
    private func accumulateRows(_ buffers: inout TallyBuffers) {
        buffers.counts.withUnsafeBytes { counts in
            buffers.rowsAbove.withUnsafeMutableBytes { rowsAbove in
                var rows: UInt32 = 0
                var rank = 0
                while rank &+ 8 <= counts.count {
                    let word = UInt64(littleEndian: counts.loadUnaligned(fromByteOffset: rank, as: UInt64.self))
                    let sums = word &* 0x0101_0101_0101_0101
                    let bytes = unsafeBitCast(sums.littleEndian, to: SIMD8<UInt8>.self)
                    let ends = SIMD8<UInt32>(truncatingIfNeeded: bytes) &+ rows
                    rowsAbove.storeBytes(of: ends, toByteOffset: (rank &+ 1) &* 4, as: SIMD8<UInt32>.self)
                    rows &+= UInt32(truncatingIfNeeded: sums >> 56)
                    rank &+= 8
                }
                while rank < counts.count {
                    rows &+= UInt32(counts[rank])
                    rowsAbove.storeBytes(of: rows, toByteOffset: (rank &+ 1) &* 4, as: UInt32.self)
                    rank &+= 1
                }
            }
        }
    }

    /// Fills `positivesAbove` and sums what AUC and average precision need.
    private func accumulateGroups(_ buffers: inout TallyBuffers) -> (twiceDiscordant: Int, precisionSum: Double) {
        var (positives, twiceDiscordant, precisionSum) = (0, 0, 0.0)
        groups.withUnsafeBufferPointer { groups in
            buffers.rowsAbove.withUnsafeBufferPointer { rowsAbove in
                buffers.positivesAbove.withUnsafeMutableBufferPointer { positivesAbove in
                    for index in groups.indices {
                        let group = groups[index]
                        let start = Int(rowsAbove[Int(group.start)])
                        let end = Int(rowsAbove[Int(group.end)])
                        let new = Int(rowsAbove[Int(group.positiveEnd)]) &- start
                        twiceDiscordant &+= new &* (start &+ end &- 2 &* positives &- new)
                        positives &+= new
                        positivesAbove[index &+ 1] = UInt32(truncatingIfNeeded: positives)
                        // Without new rows the product is 0; the sum of rows may be too, and 0 / 0 is not 0.
                        precisionSum += Double(new &* positives) / Double(end &+ (new == 0 ? 1 : 0))
                    }
                }
            }
        }
        return (twiceDiscordant, precisionSum)
    }

    private func weightedSums(
        _ ranks: Range<Int>, _ counts: [UInt8]
    ) -> (probability: Double, squaredError: Double, loss: Double) {
        var (probability, squaredError, loss) = (SIMD4<Double>(), SIMD4<Double>(), SIMD4<Double>())
        var rank = ranks.lowerBound
        counts.withUnsafeBytes { counts in
            probabilities.withUnsafeBytes { probabilities in
                squaredErrors.withUnsafeBytes { squaredErrors in
                    losses.withUnsafeBytes { losses in
                        while rank &+ 4 <= ranks.upperBound {
                            let bytes = counts.loadUnaligned(fromByteOffset: rank, as: SIMD4<UInt8>.self)
                            let count = SIMD4<Double>(SIMD4<Int32>(truncatingIfNeeded: bytes))
                            let offset = rank &* 8
                            probability += count * probabilities.loadUnaligned(fromByteOffset: offset, as: SIMD4.self)
                            squaredError += count * squaredErrors.loadUnaligned(fromByteOffset: offset, as: SIMD4.self)
                            loss += count * losses.loadUnaligned(fromByteOffset: offset, as: SIMD4.self)
                            rank &+= 4
                        }
                    }
                }
            }
        }
        var sums = (probability: probability.sum(), squaredError: squaredError.sum(), loss: loss.sum())
        for rank in rank..<ranks.upperBound {
            let count = Double(counts[rank])
            sums.probability += count * probabilities[rank]
            sums.squaredError += count * squaredErrors[rank]
            sums.loss += count * losses[rank]
        }
        return sums
    }
}
