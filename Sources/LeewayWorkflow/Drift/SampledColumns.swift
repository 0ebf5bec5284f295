import LeewayCore
import LeewayEngine
import LeewayMonitor
import LeewayStats

/// Some rows of a stream, kept as they are: what the tests that look at several columns together are made of.
struct SampledColumns: Sendable {
    /// About how many rows are kept.
    static let size = 10_000

    private enum Column: Sendable {
        case number([Double])
        case category([String?])
    }

    private let names: [String]
    private var columns: [Column]
    private var rows: HashSample
    /// The offsets in the batch of the rows that were kept of it, as they are taken in.
    private var steps: [Step] = []

    private enum Step: Sendable {
        case keep(Int)
        case thin([Int])
    }

    init(_ columns: [ComparedColumn], size: Int = SampledColumns.size, seed: UInt64) {
        names = columns.map(\.name)
        self.columns = columns.map { $0.kind == .number ? .number([]) : .category([]) }
        rows = HashSample(size: size, seed: seed)
    }

    /// Decides which rows of a batch are kept; then each column is added.
    mutating func begin(_ rowCount: Int) {
        var steps: [Step] = []
        rows.pass(rowCount, keep: { steps.append(.keep($0)) }, thin: { steps.append(.thin($0)) })
        self.steps = steps
    }

    mutating func add(_ numbers: UnsafeBufferPointer<Double>, to place: Int) {
        guard !steps.isEmpty, case .number(var kept) = columns[place] else { return }
        columns[place] = .number([])
        for step in steps {
            switch step {
            case .keep(let offset): kept.append(numbers[offset])
            case .thin(let places): kept = places.map { kept[$0] }
            }
        }
        columns[place] = .number(kept)
    }

    mutating func add(_ texts: UnsafeBufferPointer<ArrowText>, to place: Int) {
        guard !steps.isEmpty, case .category(var kept) = columns[place] else { return }
        columns[place] = .category([])
        for step in steps {
            switch step {
            case .keep(let offset): kept.append(texts[offset].bytes == nil ? nil : texts[offset].string)
            case .thin(let places): kept = places.map { kept[$0] }
            }
        }
        columns[place] = .category(kept)
    }

    /// The numbers that were kept of a column.
    func numbers(of place: Int) -> [Double] {
        if case .number(let numbers) = columns[place] { numbers } else { [] }
    }

    /// The kept rows.
    var dataset: [Dataset.Column] {
        zip(names, columns).map { name, column in
            switch column {
            case .number(let numbers): Dataset.Column(name, .numeric(numbers))
            case .category(let texts): Dataset.Column(name, .categorical(Categorical(texts)))
            }
        }
    }

    /// Reads some rows of files.
    ///
    /// - Throws: what the engine says of them.
    static func read(
        _ columns: [ComparedColumn], of files: ScannedFiles, size: Int, seed: UInt64, _ engine: any Engine
    ) async throws -> [Dataset.Column] {
        try await engine.query(
            files.query(columns), into: { _ in SampledColumns(columns, size: size, seed: seed) },
            { sample, batch in
                sample.begin(batch.rowCount)
                var numbers: [Double] = []
                for (place, column) in columns.enumerated() {
                    guard column.kind == .number else {
                        try batch.withTexts(of: place) { sample.add($0, to: place) }
                        continue
                    }
                    numbers.removeAll(keepingCapacity: true)
                    try batch.appendNumbers(of: place, to: &numbers)
                    numbers.withUnsafeBufferPointer { sample.add($0, to: place) }
                }
            }
        ).dataset
    }
}
