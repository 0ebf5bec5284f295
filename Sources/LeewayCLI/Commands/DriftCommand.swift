import ArgumentParser

struct DriftCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "drift",
        abstract: "Tell whether data moved away from what a model was trained on, and where.",
        discussion: """
            'leeway drift' alone checks; its options are told by 'leeway drift check --help'.

              leeway drift --current new.parquet                            against the champion's training data
              leeway drift --window 24h                                     what the server answered in the last day
              leeway drift --reference january.csv --current february.csv   two files, no project needed
              leeway drift calibrate                                        how often the rules cry wolf on your own data
            """,
        subcommands: [Check.self, Calibrate.self], defaultSubcommand: Check.self)
}
