import LeewayCore
import LeewayEngine
import LeewayMonitor

/// Whether changes can be made to what the input turned out to be.
struct SimulationChecks: Sendable {
    let input: SimulationInput
    let facts: SimulationFacts

    /// Refuses the first change that can't be made.
    ///
    /// - Throws: `wrongColumnKind`, `noUsableValues`, `invalidUsage`.
    func run(_ changes: [PlacedChange], _ requests: [ChangeRequest], on engine: any Engine) async throws {
        for (index, change) in changes.enumerated() {
            let option = "--\(requests[index].kind.rawValue) \(requests[index].text)"
            let rows = facts.matchCounts[index] ?? 0
            switch change.change {
            case .scale, .shift: try checkNumbers(change)
            case .constant(let value, _): try await check(value, change.place, on: engine)
            case .newCategory(let value, _):
                try await check(value, change.place, on: engine)
                guard rows == 0 else {
                    throw LeewayError(
                        .invalidUsage,
                        "\(option): \(counted(rows, "row")) of the input hold this value, so it is not new.",
                        hint: "Say --constant to give it to more rows.")
                }
            case .dropCategory(let value), .reweight(let value, _):
                guard rows > 0 else {
                    throw LeewayError(
                        .noUsableValues, "\(option): no row of column '\(value.column)' holds this value.",
                        hint: "Check its spelling; capitals and spaces count.")
                }
            case .flipLabels, .null: break
            }
        }
    }

    private func checkNumbers(_ change: PlacedChange) throws(LeewayError) {
        guard let column = facts.columns[change.place] else { return }
        let name = input.columns[change.place].name
        guard column.valueCount > 0 else {
            throw LeewayError(.noUsableValues, "Column '\(name)' holds no value that could be moved.")
        }
        guard column.kind.isNumber else {
            let others = column.valueCount - column.numberCount
            let type = input.columns[change.place].type
            throw LeewayError(
                .wrongColumnKind,
                type == "VARCHAR"
                    ? "Column '\(name)' can't be moved: \(counted(others, "value")) of \(column.valueCount.grouped) are no numbers."
                    : "Column '\(name)' can't be moved: its type is \(type).",
                hint: "Texts are changed by --new-category, --reweight, --drop-category and --null.")
        }
        if case .shift(_, .deviations) = change.change, column.sd == 0 {
            throw LeewayError(
                .noUsableValues, "Column '\(name)' has the same value in every row: its standard deviation is 0.",
                hint: "Shift it by a number.")
        }
    }

    /// Whether a value can stand in a column.
    private func check(_ value: CellValue, _ place: Int, on engine: any Engine) async throws {
        let (literal, type) = (value.text.sqlLiteral, input.columns[place].type)
        let isWhole = "coalesce(regexp_full_match(\(literal), '\\s*[+-]?[0-9]+\\s*'), false)"
        let fits =
            switch facts.columns[place]?.kind {
            case .whole(let type, _, _): "\(isWhole) AND TRY_CAST(\(literal) AS \(type)) IS NOT NULL"
            case .fraction(let type, _): "TRY_CAST(\(literal) AS \(type)) IS NOT NULL"
            case .text, .other, nil: "TRY_CAST(\(literal) AS \(type)) IS NOT NULL"
            }
        let row = try await engine.texts(
            "SELECT CAST(\(input.cleaned(literal)) IS NOT NULL AND \(literal) <> '' AS VARCHAR), CAST(\(fits) AS VARCHAR)"
        ).first
        guard row?[0] == "true" else {
            throw LeewayError(
                .invalidUsage, "The value for column '\(value.column)' means a missing one.",
                hint: "Say --null \(value.column):SHARE.")
        }
        guard row?[1] == "true" else {
            let kind = facts.columns[place]?.kind
            let what =
                switch kind {
                case .whole: "whole numbers"
                case .fraction: "numbers"
                case .text, .other, nil: type
                }
            throw LeewayError(
                .wrongColumnKind, "Column '\(value.column)' holds \(what): the value does not fit.",
                hint: "Columns keep their types.")
        }
    }
}
