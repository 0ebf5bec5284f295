import LeewayCore
import LeewayMonitor

/// What a user asks a simulation for, as it was written.
package struct SimulationOptions: Sendable {
    /// The texts of each option that changes something, by the option's name without dashes, such as `shift`.
    package var changes: [String: [String]] = [:]
    /// The first row that is changed, from 1.
    package var start = 1
    /// Over how many rows the change grows.
    package var ramp = 1
    /// How many rows are drawn with replacement; nil for the input's own.
    package var rows: Int?
    package var seed: UInt64 = 42

    package init() {}

    /// The plan of these words.
    ///
    /// - Throws: `invalidUsage`.
    func plan() throws(LeewayError) -> SimulationPlan {
        guard (1...SimulationPlan.mostRows).contains(start) else { throw Self.outside("start") }
        guard (1...SimulationPlan.mostRows).contains(ramp) else { throw Self.outside("ramp") }
        guard rows.map({ (1...SimulationPlan.mostRows).contains($0) }) ?? true else { throw Self.outside("rows") }
        var requests: [ChangeRequest] = []
        // The kinds' order is the order in which changes are made.
        for kind in SimulatedChange.Kind.allCases {
            for text in changes[kind.rawValue] ?? [] { requests.append(try ChangeRequest(kind, text)) }
        }
        guard !requests.isEmpty || rows != nil else {
            throw LeewayError(
                .invalidUsage, "There is nothing to change.",
                hint: "Example: --shift \(SimulatedChange.Kind.shift.example)")
        }
        return SimulationPlan(requests, onset: ChangeOnset(start: start, ramp: ramp), rowCount: rows, seed: seed)
    }

    private static func outside(_ option: String) -> LeewayError {
        LeewayError(.invalidUsage, "--\(option) must be a whole number from 1 to \(SimulationPlan.mostRows.grouped).")
    }
}
