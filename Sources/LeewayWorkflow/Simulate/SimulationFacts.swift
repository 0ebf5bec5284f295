import LeewayCore
import LeewayEngine
import LeewayMonitor
import LeewayStats

/// What must be known of the input before it can be changed.
struct SimulationFacts: Sendable {
    struct Column: Sendable {
        let kind: ColumnKind
        /// The cells that are not missing.
        let valueCount: Int
        /// The cells that hold a number.
        let numberCount: Int
        var mean = 0.0
        var sd = 0.0
        /// The values as they are compared, and as they are written, sorted; of columns whose labels are flipped.
        var classes: [(clean: String, written: String)] = []
    }

    /// The most values of a column that can be taken for labels.
    static let mostClasses = 100

    let rowCount: Int
    /// By the column's place: those that are changed.
    private(set) var columns: [Int: Column]
    /// By the change's place: the rows that hold its value.
    let matchCounts: [Int: Int]

    /// Passes over the input: once for the counts, once more where a mean is needed.
    ///
    /// - Throws: `malformedSource` and what else the engine says of the rows.
    init(of input: SimulationInput, for changes: [PlacedChange], on engine: any Engine) async throws {
        let places = Set(changes.map(\.place)).sorted()
        var expressions = ["count(*)"]
        for place in places { expressions += Self.counts(of: place, in: input) }
        let valued = changes.indices.filter { changes[$0].change.value != nil }
        for index in valued {
            let (place, value) = (changes[index].place, changes[index].change.value?.text ?? "")
            let matches = input.matches(SimulationInput.name(place), of: place, value)
            expressions.append("count(*) FILTER (WHERE \(matches))")
        }
        let list = expressions.map { "CAST(\($0) AS VARCHAR)" }.joined(separator: ", ")
        let row = try await engine.texts("SELECT \(list) FROM (\(input.sql)) AS q")
        let numbers = (row.first ?? []).map { Int($0) ?? 0 }
        rowCount = numbers.first ?? 0
        var (columns, matches) = ([Int: Column](), [Int: Int]())
        for (index, place) in places.enumerated() {
            columns[place] = Self.column(input.columns[place], input, Array(numbers[(1 + 3 * index)...].prefix(3)))
        }
        for (index, change) in valued.enumerated() { matches[change] = numbers[1 + 3 * places.count + index] }
        (self.columns, matchCounts) = (columns, matches)
        try await addMoments(of: input, for: changes, on: engine)
        try await addClasses(of: input, for: changes, on: engine)
    }

    /// The cells with a value, with a number, and with a whole number.
    private static func counts(of place: Int, in input: SimulationInput) -> [String] {
        let cell = SimulationInput.name(place)
        guard input.columns[place].type == "VARCHAR" else { return ["count(\(cell))", "0", "0"] }
        let text = input.cleaned(cell)
        let isWhole = "regexp_full_match(\(text), '\\s*[+-]?[0-9]+\\s*') AND TRY_CAST(\(text) AS BIGINT) IS NOT NULL"
        return ["count(\(text))", "count(TRY_CAST(\(text) AS DOUBLE))", "count(*) FILTER (WHERE \(isWhole))"]
    }

    private static func column(_ column: SimulationInput.Column, _ input: SimulationInput, _ counts: [Int]) -> Column {
        let (values, numbers, whole) = (counts[0], counts[1], counts[2])
        let kind = ColumnKind(engineType: column.type)
        guard kind == .text else {
            return Column(kind: kind, valueCount: values, numberCount: kind.isNumber ? values : 0)
        }
        guard input.keepsText, values > 0, numbers == values else {
            return Column(kind: .text, valueCount: values, numberCount: numbers)
        }
        return Column(
            kind: whole == values ? .written : .writtenFraction, valueCount: values, numberCount: numbers)
    }

    private mutating func addMoments(
        of input: SimulationInput, for changes: [PlacedChange], on engine: any Engine
    ) async throws {
        let wanted = changes.filter { $0.change.needsMoments && columns[$0.place]?.kind.isNumber ?? false }
        let places = Set(wanted.map(\.place)).sorted()
        guard !places.isEmpty else { return }
        // Summed here, in the rows' order: the engine's threads would round differently from run to run.
        let numbers = places.map { "TRY_CAST(\(Self.numeric(input, $0)) AS DOUBLE)" }
        let moments = try await engine.query(
            "SELECT \(numbers.joined(separator: ", ")) FROM (\(input.sql)) AS q",
            initial: places.map { _ in RunningMoments() }
        ) { moments, batch in
            var values: [Double] = []
            for place in moments.indices {
                values.removeAll(keepingCapacity: true)
                try batch.appendNumbers(of: place, to: &values)
                for value in values { moments[place].add(value) }
            }
        }
        for (place, moments) in zip(places, moments) {
            let (mean, sd) = (moments.mean ?? .nan, moments.sd ?? .nan)
            guard mean.isFinite, sd.isFinite else {
                throw LeewayError(
                    .noUsableValues, "Column '\(input.columns[place].name)' has no finite mean and deviation.")
            }
            columns[place]?.mean = mean
            columns[place]?.sd = sd
        }
    }

    private mutating func addClasses(
        of input: SimulationInput, for changes: [PlacedChange], on engine: any Engine
    ) async throws {
        for place in Set(changes.filter { $0.change.kind == .flipLabels }.map(\.place)).sorted() {
            let (cell, name) = (SimulationInput.name(place), input.columns[place].name)
            let clean = input.cleaned(cell)
            let rows = try await engine.texts(
                """
                SELECT v, min(CAST(\(cell) AS VARCHAR)) FROM (SELECT \(clean) AS v, \(cell) FROM (\(input.sql)) AS p) AS q
                WHERE v IS NOT NULL GROUP BY v ORDER BY v LIMIT \(Self.mostClasses + 1)
                """)
            guard (2...Self.mostClasses).contains(rows.count) else {
                let count = rows.count > Self.mostClasses ? "more than \(Self.mostClasses)" : "\(rows.count)"
                throw LeewayError(
                    .wrongColumnKind,
                    "Column '\(name)' has \(count) different value\(rows.count == 1 ? "" : "s"): no labels to flip.",
                    hint: "Labels have 2 to \(Self.mostClasses) different values.")
            }
            columns[place]?.classes = rows.map { (clean: $0[0], written: $0[1]) }
        }
    }

    /// A cell as a number; NULL where it is none.
    static func numeric(_ input: SimulationInput, _ place: Int) -> String {
        let cell = SimulationInput.name(place)
        return input.columns[place].type == "VARCHAR" ? input.cleaned(cell) : cell
    }
}

/// A change and the place of its column.
struct PlacedChange: Sendable {
    let change: SimulatedChange
    let place: Int
}

extension SimulatedChange {
    /// Whether the change is told in terms of the column's mean or deviation.
    var needsMoments: Bool {
        switch self {
        case .scale, .shift(_, .deviations): true
        default: false
        }
    }
}
