import LeewayCore
import LeewayStore
import LeewayWorkflow

/// What a tidying did, as a person reads it.
struct LogCompactText {
    let style: Style
    let isQuiet: Bool

    /// Prints all but the first failure, which is what the command ends with.
    func write(_ reports: [LogTidying.Report]) {
        for compacted in reports.flatMap(\.compacted) {
            guard let path = compacted.damagedPath else { continue }
            let lines = counted(compacted.damagedLines, "line")
            Terminal.standardError.write("\(style.warning("!")) \(lines) can't be read, kept in \(path)\n")
        }
        for failure in reports.flatMap(\.failures).dropFirst() { Terminal.standardError.print(error: failure.error) }
        guard !isQuiet else { return }
        for report in reports { Terminal.standardOutput.write(text(report)) }
        if reports.isEmpty { Terminal.standardOutput.write("There is no log yet. 'leeway serve' writes it.\n") }
    }

    private func text(_ report: LogTidying.Report) -> String {
        var lines: [String] = []
        let compacted = report.compacted
        if !compacted.isEmpty {
            let rows = counted(compacted.reduce(0) { $0 + $1.lines }, "row")
            let before = NumberFormat.bytes(compacted.reduce(0) { $0 + $1.linesBytes })
            let after = NumberFormat.bytes(compacted.reduce(0) { $0 + $1.parquetBytes })
            lines.append("\(counted(compacted.count, "segment")) made Parquet: \(rows), \(before) → \(after)")
        }
        if !report.finished.isEmpty {
            let segments = counted(report.finished.count, "segment")
            lines.append("\(segments) finished whose compaction had been interrupted")
        }
        if !report.removed.isEmpty {
            lines.append("\(counted(report.removed.count, "segment")) removed: too old, or more than is kept")
        }
        if !report.waiting.isEmpty {
            let segments = counted(report.waiting.count, "segment")
            lines.append("\(segments) left alone: not counted yet; the server counts, at its start too")
        }
        let isGood = report.failures.isEmpty
        if lines.isEmpty { lines.append(isGood ? "nothing to do" : "not done") }
        let mark = isGood ? style.good("✓") : style.bad("✗")
        return lines.map { "\(mark) \(style.bold(report.kind.rawValue))  \($0)\n" }.joined()
    }
}

/// What a tidying did, as JSON.
struct LogCompactDocument: Encodable {
    struct Compacted: Encodable {
        let segment: String
        let date: String
        let rows: Int
        let damagedLines: Int
        let bytesBefore: Int
        let bytes: Int

        enum CodingKeys: String, CodingKey {
            case segment
            case date
            case rows
            case damagedLines = "damaged_lines"
            case bytesBefore = "bytes_before"
            case bytes
        }
    }

    struct Failure: Encodable {
        let segment: String?
        let code: String
        let message: String
    }

    let log: LogKind
    let compacted: [Compacted]
    let finished: [String]
    let removed: [String]
    let waiting: [String]
    let failures: [Failure]

    init(_ report: LogTidying.Report) {
        log = report.kind
        compacted = report.compacted.map {
            Compacted(
                segment: $0.segment.name.description, date: $0.segment.date, rows: $0.lines,
                damagedLines: $0.damagedLines, bytesBefore: $0.linesBytes, bytes: $0.parquetBytes)
        }
        finished = report.finished.map(\.name.description)
        removed = report.removed.map(\.name.description)
        waiting = report.waiting.map(\.name.description)
        failures = report.failures.map {
            Failure(segment: $0.segment?.name.description, code: "\($0.error.code)", message: $0.error.message)
        }
    }
}
