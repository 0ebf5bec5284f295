import ArgumentParser
import LeewayCore

/// The root command.
struct LeewayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "leeway",
        abstract: "Closes the loop for a tabular model: from raw rows to a model that you can trust.",
        discussion: """
            Start with a table and the name of the column to predict:

              leeway init data.csv --target churned    writes leeway.yaml
              leeway run                               trains, evaluates and registers a version
              leeway predict new.csv -o scored.csv     scores new rows with the champion
              leeway serve                             answers predictions over HTTP
              leeway drift --current new.csv           tells whether data moved away from the training data
              leeway monitor --every 15m               watches what the server is asked, and raises the alarm
              leeway retrain                           trains a challenger, and promotes it only if it is better
              leeway log tail                          its last answers
              leeway models list                       what is registered
              leeway backup FOLDER                     a copy of all of it, while it runs

            Exit codes: 0 done, 1 failed, 2 wrong usage or configuration, 3 data refused by validation, 4 drift found, \
            5 challenger not promoted, 130 interrupted.
            """,
        version: LeewayVersion.current,
        subcommands: [
            InitCommand.self, RunCommand.self, PredictCommand.self, ServeCommand.self, DriftCommand.self,
            MonitorCommand.self, RetrainCommand.self, HistoryCommand.self, ReplayCommand.self, ModelsCommand.self,
            TokensCommand.self,
            LogCommand.self, SimulateCommand.self,
            BackupCommand.self, RestoreCommand.self, DoctorCommand.self, SandboxCommand.self,
        ])
}
