import LeewayCore
import LeewayEngine
import LeewayMonitor

/// Counts files in the bins of a reference, in one pass, whatever their size.
struct WindowReading: Sendable {
    /// What came of it.
    struct Output: Sendable {
        var counts: WindowCounts
        /// Some of the rows as they are.
        var sample: [Dataset.Column]
        /// The categories that the reference has not, by column, with their rows; of very many only some.
        var newCategories: [String: [(text: String, count: Int)]]
    }

    let pass: TablePass
    /// About how many rows are kept; nil for none.
    let sampleSize: Int?
    let seed: UInt64

    private struct Lane: Sendable {
        var counts: WindowCounts
        var texts: [TextTally]
        var sample: SampledColumns?
        var rows = 0
        var scratch: [Double] = []
    }

    /// Reads the columns, each of which the bins have.
    func run(_ columns: [ComparedColumn], in bins: WindowBins) async throws -> Output {
        let (seed, sampleSize) = (seed, sampleSize)
        let lanes = try await pass.read(columns) { own in
            Lane(
                counts: WindowCounts(bins), texts: own.map { _ in TextTally() },
                sample: sampleSize.map { SampledColumns(own, size: $0, seed: seed) })
        } _: { lane, batch in
            lane.rows += batch.rowCount
            lane.sample?.begin(batch.rowCount)
            for place in lane.texts.indices {
                guard let column = bins.column(named: batch.fields[place].name) else { continue }
                try Self.add(batch, place, column, to: &lane)
            }
        }
        var output = Output(counts: WindowCounts(bins), sample: [], newCategories: [:])
        var sample: [String: Dataset.Column] = [:]
        for (own, lane) in lanes {
            var counts = lane.counts
            for (place, column) in own.enumerated() where column.kind == .category {
                guard let target = bins.column(named: column.name) else { continue }
                output.newCategories[column.name] = Self.count(lane.texts[place], target, in: &counts)
            }
            output.counts.merge(counts)
            for column in lane.sample?.dataset ?? [] { sample[column.name] = column }
        }
        output.counts.endRows(lanes.first?.result.rows ?? 0)
        output.sample = columns.compactMap { sample[$0.name] }
        return output
    }

    private static func add(_ batch: borrowing ArrowBatch, _ place: Int, _ column: Int, to lane: inout Lane) throws {
        if batch.fields[place].type.isText {
            try batch.withTexts(of: place) { texts in
                lane.texts[place].add(texts)
                lane.sample?.add(texts, to: place)
            }
        } else {
            lane.scratch.removeAll(keepingCapacity: true)
            try batch.appendNumbers(of: place, to: &lane.scratch)
            lane.scratch.withUnsafeBufferPointer { numbers in
                lane.counts.add(numbers: numbers, to: column)
                lane.sample?.add(numbers, to: place)
            }
        }
    }

    private static func count(
        _ tally: TextTally, _ column: Int, in counts: inout WindowCounts
    ) -> [(text: String, count: Int)] {
        var new: [(text: String, count: Int)] = []
        for (text, count) in tally.entries {
            let code = counts.bins.code(of: text, in: column)
            counts.add(count, ofCode: code, to: column)
            if code == WindowCounts.newCode { new.append((text, count)) }
        }
        counts.add(tally.missing, ofCode: WindowCounts.missingCode, to: column)
        counts.add(tally.beyond, ofCode: WindowCounts.newCode, to: column)
        return new.sorted { ($1.count, $0.text) < ($0.count, $1.text) }
    }
}
