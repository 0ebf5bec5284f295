import LeewayCore
import LeewayEngine
import LeewayMonitor

/// Makes a reference of files, whatever their size: numbers of few distinct values exactly, others by the counts between
/// edges that are drawn from a sample.
///
/// Memory does not grow with the rows: a first pass samples and counts what has few values, a second counts the rest.
struct ReferenceReading: Sendable {
    /// The edges of a column of many distinct values.
    static let edgeCount = 4096
    /// The rows that the edges are drawn from and that are kept as a sample, at least, where there are as many.
    static let sampleSize = SampledColumns.size

    /// What came of it.
    struct Output: Sendable {
        let counts: [ReferenceCounts]
        let rows: Int
        let sample: [Dataset.Column]
        /// Columns of too many distinct texts, which are left out.
        let wide: [String]
    }

    let pass: TablePass
    let seed: UInt64

    private struct First: Sendable {
        var numbers: [NumberTally]
        var texts: [TextTally]
        var sample: SampledColumns
        var rows = 0
        var scratch: [Double] = []
    }

    /// Reads the columns.
    func run(_ columns: [ComparedColumn]) async throws -> Output {
        let seed = seed
        let lanes = try await pass.read(columns) { own in
            First(
                numbers: own.map { _ in NumberTally() }, texts: own.map { _ in TextTally() },
                sample: SampledColumns(own, size: Self.sampleSize, seed: seed))
        } _: { first, batch in
            first.rows += batch.rowCount
            first.sample.begin(batch.rowCount)
            for place in first.numbers.indices { try Self.add(batch, place, to: &first) }
        }
        var (found, wide, sample) = ([String: ReferenceCounts](), [String](), [String: Dataset.Column]())
        var edges: [ReferenceCounts] = []
        for (own, first) in lanes {
            for column in first.sample.dataset { sample[column.name] = column }
            for (place, column) in own.enumerated() {
                switch column.kind {
                case .number:
                    let tally = first.numbers[place]
                    if let exact = tally.exact {
                        found[column.name] = try ReferenceCounts(
                            column: column.name, nullCount: tally.missing, values: exact)
                    } else {
                        let own = tally.edges(sample: first.sample.numbers(of: place), count: Self.edgeCount)
                        edges.append(
                            try ReferenceCounts(
                                column: column.name, nullCount: 0,
                                values: .numbers(values: own, counts: own.map { _ in 0 }, isExact: false)))
                    }
                case .category:
                    let tally = first.texts[place]
                    if tally.beyond > 0 {
                        wide.append(column.name)
                    } else {
                        found[column.name] = try Self.categories(column.name, tally)
                    }
                }
            }
        }
        for counts in try await count(edges, columns) { found[counts.column] = counts }
        return Output(
            counts: columns.compactMap { found[$0.name] }, rows: lanes.first?.result.rows ?? 0,
            sample: columns.compactMap { wide.contains($0.name) ? nil : sample[$0.name] }, wide: wide)
    }

    private static func add(_ batch: borrowing ArrowBatch, _ place: Int, to first: inout First) throws {
        if batch.fields[place].type.isText {
            try batch.withTexts(of: place) { texts in
                first.texts[place].add(texts)
                first.sample.add(texts, to: place)
            }
        } else {
            first.scratch.removeAll(keepingCapacity: true)
            try batch.appendNumbers(of: place, to: &first.scratch)
            first.scratch.withUnsafeBufferPointer { numbers in
                first.numbers[place].add(numbers)
                first.sample.add(numbers, to: place)
            }
        }
    }

    private static func categories(_ name: String, _ tally: TextTally) throws(LeewayError) -> ReferenceCounts {
        let entries = tally.entries.sorted { $0.text.utf8.lexicographicallyPrecedes($1.text.utf8) }
        return try ReferenceCounts(
            column: name, nullCount: tally.missing,
            values: .categories(values: entries.map(\.text), counts: entries.map(\.count)))
    }

    /// Counts the rows between edges.
    private func count(_ edges: [ReferenceCounts], _ columns: [ComparedColumn]) async throws -> [ReferenceCounts] {
        let wanted = columns.filter { column in edges.contains { $0.column == column.name } }
        let reading = WindowReading(pass: pass, sampleSize: nil, seed: seed)
        let counts = try await reading.run(wanted, in: WindowBins(edges, labels: [])).counts
        return edges.compactMap { column in
            counts.bins.column(named: column.column).map { counts.reference(of: $0) }
        }
    }
}
