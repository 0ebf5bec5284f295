import LeewayWorkflow

/// What a simulation did, as a person reads it.
struct SimulationText {
    let style: Style

    /// A line, and one for each change.
    func text(_ outcome: SimulationRun.Outcome, seed: UInt64, path: String) -> String {
        var table = TextTable([.left, .left, .right])
        for change in outcome.changes {
            let rows = change.rowCount.map { reached($0, change.option) } ?? "not drawn"
            table.add([change.option, TextTable.clipped(change.text, to: 60), rows])
        }
        let lines = table.lines { _, column, cell in column == 0 ? style.bold(cell) : cell }
        return "\(style.good("✓")) \(counted(outcome.rowCount, "row")) written to \(path), seed \(seed).\n" + lines
    }

    private func reached(_ rows: Int, _ option: String) -> String {
        let rows = counted(rows, "row")
        return switch option {
        case "drop-category": "\(rows) left"
        case "reweight": "\(rows) written"
        default: "\(rows) changed"
        }
    }
}

/// What a simulation did, as JSON.
struct SimulationDocument: Encodable {
    struct Change: Encodable {
        let option: String
        let value: String
        let rows: Int?
    }

    let changes: [Change]
    let inputRows: Int
    let output: String
    let ramp: Int
    let rows: Int
    let seed: UInt64
    let start: Int

    enum CodingKeys: String, CodingKey {
        case changes
        case inputRows = "input_rows"
        case output
        case ramp
        case rows
        case seed
        case start
    }

    init(_ outcome: SimulationRun.Outcome, _ options: SimulationOptions, path: String) {
        changes = outcome.changes.map { Change(option: $0.option, value: $0.text, rows: $0.rowCount) }
        (inputRows, rows, output) = (outcome.inputRowCount, outcome.rowCount, path)
        (seed, start, ramp) = (options.seed, options.start, options.ramp)
    }
}
