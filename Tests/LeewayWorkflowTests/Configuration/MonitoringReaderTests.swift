import LeewayCore
import LeewayMonitor
import Testing

@testable import LeewayWorkflow

@Suite struct MonitoringReaderTests {
    private static func read(_ lines: String...) throws -> MonitoringConfiguration {
        try ConfigurationReader.parseMonitoring(
            "monitoring:\n" + lines.map { "  \($0)\n" }.joined(), file: "leeway.yaml")
    }

    @Test func `alerts and the settling time are read`() throws {
        let monitoring = try Self.read("settling: 2m", "cooldown: 1h", "alerts: [{log: true}]")
        #expect(monitoring.settling == .seconds(120) && monitoring.alerts.cooldown == .seconds(3_600))
        #expect(monitoring.alerts.sinks == [.init(.log)])
        #expect(try Self.read("settling: 0s").settling == .zero)
        #expect(throws: LeewayError.self) { try Self.read("settling: 2d") }
    }

    @Test func `a promise in rows is one in blocks`() throws {
        #expect(try Self.read("level: 0.05").sequential.falseAlarms == .runLength(10_000))
        // Where nothing is said, 200 blocks.
        #expect(try Self.read("sequential: {block: 500}").sequential.falseAlarms == .runLength(200))
        #expect(try Self.read("sequential: {block: 2}").sequential.falseAlarms == .runLength(5_000))
        let given = try Self.read("sequential: {block: 500, rows_per_false_alarm: 20000}").sequential
        #expect(given.falseAlarms == .runLength(40) && given.contract == .rowsPerFalseAlarm(20_000))
        #expect(try Self.read("sequential: {block: 500, level: 0.01}").sequential.falseAlarms == .level(0.01))
    }

    @Test func `blocks that are too long for a promise are refused`() {
        #expect(
            throws: LeewayError(
                .invalidConfiguration,
                "leeway.yaml, line 2: 'monitoring.sequential.block' is too long for one false alarm in 10,000 rows.",
                hint: "A promise must be 20 blocks long at least: blocks of 500 rows, or one false alarm in 10,020.")
        ) { try Self.read("sequential: {block: 501, rows_per_false_alarm: 10000}") }
    }
}
