import ArgumentParser

struct LogCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "log",
        abstract: "Look at what was answered, and keep the log small.",
        discussion: """
            The server writes each answer to .leeway/log/predictions/ and each label that came true to .leeway/log/feedback/: \
            JSON Lines while a segment grows, Parquet once it is old enough (serving.log.compact_after). Any tool reads both:

              duckdb -c "SELECT label, avg(inputs.age) FROM '.leeway/log/predictions/*/*.parquet' GROUP BY 1"

              leeway log tail --follow      the answers as they are given
              leeway log stats --since 24h  what each version answered, and if it is counted
              leeway log compact            what the server does every minute, now
            """,
        subcommands: [Tail.self, Stats.self, Compact.self])
}
