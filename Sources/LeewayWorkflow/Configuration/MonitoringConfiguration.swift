package import LeewayMonitor

/// How what comes in is watched; with no argument, what is so where the user wrote nothing.
///
/// No part of what makes a run reproducible, so it is not encoded.
package struct MonitoringConfiguration: Sendable, Equatable {
    /// How rows are watched one after the other.
    package struct Sequential: Sendable, Equatable {
        /// What is promised of false alarms.
        package enum Contract: Sendable, Equatable {
            /// On average at most one in so many rows.
            case rowsPerFalseAlarm(Int)
            /// Ever one with at most this chance.
            case level(Double)

            /// The same in the detectors' words.
            package var falseAlarms: FalseAlarmContract {
                switch self {
                case .rowsPerFalseAlarm(let rows): .runLength(Double(rows))
                case .level(let level): .level(level)
                }
            }
        }

        /// What is promised, in rows.
        package var contract = Contract.rowsPerFalseAlarm(10_000)
        /// Rows that are summed up in a block, for traffic whose neighbouring rows are alike; nil: each row counts by itself.
        package var block: Int?

        package init() {}

        /// What is promised, in blocks where there are any: so many rows are so many blocks.
        var falseAlarms: FalseAlarmContract {
            guard case .rowsPerFalseAlarm(let rows) = contract, let block else { return contract.falseAlarms }
            return .runLength(Double(rows) / Double(block))
        }
    }

    package var drift = DriftSettings()
    /// The newest time of the log that is checked.
    package var window = Duration.seconds(86_400)
    /// The fewest rows that a window is judged by.
    package var minimumRows = 100
    package var sequential = Sequential()
    /// How much more often than at training the model may be wrong.
    package var harmTolerance = 0.02
    /// How long a row or a label may take from its id to the log, with all that servers' clocks differ.
    package var settling = Duration.seconds(10)
    /// Who is told.
    package var alerts = AlertConfiguration()

    package init() {}
}
