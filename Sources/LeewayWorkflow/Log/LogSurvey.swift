package import LeewayCore
package import LeewayEngine
import LeewayStore

/// Reads the logs of a project, Parquet and JSON Lines, and holds them against the registry.
package struct LogSurvey: Sendable {
    private let project: Project
    private let engine: any Engine
    private let now: Timestamp
    private let since: Timestamp?

    /// Takes the project; with `since`, only what was answered from then on counts.
    package init(_ project: Project, since: Timestamp? = nil, now: Timestamp, engine: any Engine) {
        (self.project, self.since, self.now, self.engine) = (project, since, now, engine)
    }

    /// Reads all of it.
    ///
    /// - Throws: `fileNotAccessible`, `registryFailed`, `engineFailed`, `interrupted`.
    package func run() async throws -> LogStatistics {
        // A server seals and compacts meanwhile: a file that was there may have another name by now.
        for _ in 0..<4 {
            do {
                return try await read()
            } catch let error as LeewayError where error.code != .interrupted {
                try await Task.sleep(for: .milliseconds(50))
            }
        }
        return try await read()
    }

    private func read() async throws -> LogStatistics {
        var statistics = LogStatistics()
        for kind in LogKind.allCases {
            let segments = try LogTidying.folder(kind, of: project).segments()
            statistics.segments += Self.summary(segments, kind)
            let wanted = segments.filter { segment in since.map { segment.date >= $0.description.prefix(10) } ?? true }
            guard let table = LogSource(wanted, kind, engine.dialect).table else { continue }
            if kind == .predictions {
                try await readPredictions(table, oldest: segments.first?.name.id.time, &statistics)
            } else {
                let lines = try await engine.table("SELECT count(id) AS n FROM \(table) WHERE \(condition)")
                let count = try lines.integers("n").first.flatMap { $0 } ?? 0
                statistics.feedback = .init(lines: Int(count), predictions: 0)
            }
        }
        if FileSystem.kind(of: project.registry) != nil {
            let count = try Registry(path: project.registry).feedbackCount()
            statistics.feedback = .init(lines: statistics.feedback.lines, predictions: count)
        }
        return statistics
    }

    private var condition: String {
        since.map { "(time IS NULL OR time >= epoch_ms(\($0.milliseconds)))" } ?? "true"
    }

    private static func summary(_ segments: [Segment], _ kind: LogKind) -> [LogStatistics.Segments] {
        var states: [LogStatistics.Segments.State: LogStatistics.Segments] = [:]
        for segment in segments {
            let state: LogStatistics.Segments.State =
                switch segment.state {
                case .open: .open
                case .abandoned: .abandoned
                case .sealed: segment.format == .parquet ? .parquet : .sealed
                }
            let begun = segment.name.id.time
            var own = states[state] ?? .init(log: kind, state: state, oldest: begun, newest: begun)
            own.count += 1
            own.bytes += segment.bytes
            own.oldest = min(own.oldest, begun)
            own.newest = max(own.newest, begun)
            states[state] = own
        }
        return LogStatistics.Segments.State.allCases.compactMap { states[$0] }
    }
}

// MARK: Predictions

extension LogSurvey {
    private struct Key: Hashable {
        let model: String
        let number: Int
    }

    private func readPredictions(
        _ table: String, oldest: Timestamp?, _ statistics: inout LogStatistics
    ) async throws {
        let found = try await engine.table(
            """
            SELECT model, version, label, epoch_ms(time) // 3600000 AS hour, count(*) AS n, sum(probability) AS p,
                min(epoch_ms(time)) AS first, max(epoch_ms(time)) AS last
            FROM \(table) WHERE \(condition) GROUP BY ALL ORDER BY ALL
            """)
        let (models, numbers) = (try found.texts("model"), try found.integers("version"))
        let (labels, hours) = (try found.texts("label"), try found.integers("hour"))
        let (rows, sums) = (try found.integers("n"), try found.numbers("p"))
        let (firsts, lasts) = (try found.integers("first"), try found.integers("last"))
        let positive = positiveLabels()
        var (versions, logged) = ([Key: LogStatistics.Version](), [Key: [Int: Int]]())
        for row in 0..<found.rowCount {
            guard let model = models[row], let number = numbers[row], let hour = hours[row], let first = firsts[row],
                let last = lasts[row], let label = labels[row], sums[row].isFinite
            else {
                statistics.unreadableLines += Int(rows[row] ?? 0)
                continue
            }
            let (key, count) = (Key(model: model, number: Int(number)), Int(rows[row] ?? 0))
            let (from, to) = (Timestamp(milliseconds: first), Timestamp(milliseconds: last))
            var own = versions[key] ?? .init(model: model, number: Int(number), first: from, last: to)
            own.rows += count
            // The sum for now: divided below.
            own.meanProbability += sums[row]
            if let positive = positive[key] { own.positives = (own.positives ?? 0) + (label == positive ? count : 0) }
            own.first = min(own.first, from)
            own.last = max(own.last, to)
            versions[key] = own
            logged[key, default: [:]][Int(hour), default: 0] += count
        }
        let latencies = try await latencies(table)
        for (key, own) in versions {
            versions[key]?.meanProbability = own.meanProbability / Double(own.rows)
            versions[key]?.medianLatency = latencies[key].flatMap { Self.quantile($0, 0.5) }
            versions[key]?.latencyP99 = latencies[key].flatMap { Self.quantile($0, 0.99) }
        }
        statistics.versions = versions.values.sorted { ($0.model, $1.number) < ($1.model, $0.number) }
        try compare(logged, oldest: oldest, &statistics)
    }

    /// How often each latency came, ascending: what exact quantiles need.
    private func latencies(_ table: String) async throws -> [Key: [(value: Int, count: Int)]] {
        let found = try await engine.table(
            """
            SELECT model, version, latency_us, count(*) AS n FROM \(table)
            WHERE \(condition) AND model IS NOT NULL AND version IS NOT NULL AND latency_us IS NOT NULL
            GROUP BY ALL ORDER BY ALL
            """)
        let (models, numbers) = (try found.texts("model"), try found.integers("version"))
        let (values, counts) = (try found.integers("latency_us"), try found.integers("n"))
        var latencies: [Key: [(value: Int, count: Int)]] = [:]
        for row in 0..<found.rowCount {
            guard let model = models[row], let number = numbers[row], let value = values[row], let count = counts[row]
            else { continue }
            latencies[Key(model: model, number: Int(number)), default: []].append((Int(value), Int(count)))
        }
        return latencies
    }

    /// The smallest value that at least such a share of all values does not exceed.
    static func quantile(_ values: [(value: Int, count: Int)], _ share: Double) -> Int? {
        let total = values.reduce(0) { $0 + $1.count }
        let rank = max(1, Int((Double(total) * share).rounded(.up)))
        var passed = 0
        for (value, count) in values {
            passed += count
            if passed >= rank { return value }
        }
        return nil
    }

    /// The positive label of each registered version whose files are there.
    private func positiveLabels() -> [Key: String] {
        let lookup = VersionLookup(project)
        var labels: [Key: String] = [:]
        for version in (try? lookup.all()) ?? [] {
            guard let classes = try? lookup.classes(of: version) else { continue }
            labels[Key(model: version.model, number: version.number)] = classes.positive
        }
        return labels
    }

    /// Holds the rows of each hour against the window counts, from the first hour on that the log may have all of.
    private func compare(
        _ logged: [Key: [Int: Int]], oldest: Timestamp?, _ statistics: inout LogStatistics
    ) throws(LeewayError) {
        guard let oldest, FileSystem.kind(of: project.registry) != nil else { return }
        let registry = try Registry(path: project.registry)
        let models = Set(try registry.versions().map(\.model)).union(logged.keys.map(\.model))
        var (counted, isThinned) = ([Key: [Int: Int]](), false)
        for model in models {
            for window in try registry.windows(model: model, hours: 0..<now.hour + 2) {
                counted[Key(model: model, number: window.number), default: [:]][window.hour, default: 0] += window.rows
                if window.hour < oldest.hour { isThinned = true }
            }
        }
        // Of an hour whose first segments were removed, or that began before the time asked for, only a part is seen.
        var begin = isThinned ? oldest.hour + 1 : oldest.hour
        if let since { begin = max(begin, Timestamp(milliseconds: since.milliseconds + 3_599_999).hour) }
        for key in Set(logged.keys).union(counted.keys) {
            let (own, theirs) = (logged[key] ?? [:], counted[key] ?? [:])
            for hour in Set(own.keys).union(theirs.keys) where hour >= begin {
                statistics.comparedHours += 1
                guard own[hour] != theirs[hour] else { continue }
                statistics.differingHours.append(
                    .init(
                        model: key.model, number: key.number, time: Timestamp(milliseconds: Int64(hour) * 3_600_000),
                        logged: own[hour] ?? 0, counted: theirs[hour] ?? 0))
            }
        }
        statistics.differingHours.sort { ($0.time, $0.model, $0.number) < ($1.time, $1.model, $1.number) }
    }
}
