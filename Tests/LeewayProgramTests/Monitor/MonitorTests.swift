import Foundation
import Testing

extension ProgramTests {
    /// `leeway monitor`: from what a server answered to the alarm.
    @Suite struct MonitorTests {
        private static func json(_ ending: Program.Ending) throws -> JSON { try JSON(ending.output)["checks"][0] }

        @Test func `quiet rows and right labels end with 0, and no row is looked at twice`() async throws {
            let workspace = try await MonitoredWorkspace.make()
            try await MonitoredWorkspace.serve(MonitoredWorkspace.quiet, in: workspace, labelled: true)
            let first = try Self.json(await workspace.leewayWorks("monitor", "--once", "--json"))
            #expect(first["verdict"] == .text("no_drift") && first["causes"] == .list([]))
            #expect(first["errors"] == .list([]) && first["alerts"] == .list([]))
            #expect(first["check"]["window"]["rows"] == .number(600))
            #expect(first["stream"]["rows"] == .number(600) && first["stream"]["alarm_count"] == .number(0))
            #expect(first["stream"]["threshold"] == .number(10_000))
            #expect(first["harm"]["labels"] == .number(600) && first["harm"]["alarm_count"] == .number(0))
            #expect(first["performance"]["realised"]["rows"] == .number(600))
            expectClose(
                first["performance"]["realised"]["metrics"]["accuracy"]["value"].number,
                1 - first["harm"]["errors"].number / 600, within: 1e-12)
            let second = try Self.json(await workspace.leewayWorks("monitor", "--once", "--json"))
            #expect(second["stream"]["rows"] == .number(0) && second["harm"]["labels"] == .number(0))
            #expect(second["stream"]["evidence"] == first["stream"]["evidence"])
        }

        @Test func `rows that moved end with 4, and the column is named`() async throws {
            let workspace = try await MonitoredWorkspace.make()
            try await MonitoredWorkspace.serve(MonitoredWorkspace.old, in: workspace)
            let ending = try await workspace.leeway("monitor", "--once")
            #expect(ending.status == 4 && ending.errors == "", "\(ending.errors)")
            #expect(ending.output.hasPrefix("model version 1  20"))
            #expect(ending.output.contains("● Drift"))
            #expect(
                ending.output.contains("Rows one by one\n  300 rows since the last check\n  ● Alarm: age changed, "))
            #expect(ending.output.contains("Labels one by one\n  left out: No label came yet.\n"))
            #expect(ending.output.contains("Performance is not measured: No label came yet.\n"))
            let again = try await workspace.leeway("monitor", "--once", "--json")
            #expect(again.status == 4)
            let check = try Self.json(again)
            #expect(check["causes"].list.contains(.text("age")) && !check["causes"].list.contains(.text("city")))
            #expect(check["stream"]["alarms"] == .list([]))
            #expect(check["stream"]["standing"]["columns"] == .list([.text("age")]))
            #expect(check["harm"] == .object(["left_out": .text("No label came yet.")]))
        }

        @Test func `labels that turn out wrong end with 4`() async throws {
            let workspace = try await MonitoredWorkspace.make()
            try await MonitoredWorkspace.serve(MonitoredWorkspace.quiet, in: workspace, labelled: true, wrongEvery: 2)
            let ending = try await workspace.leeway("monitor", "--once", "--json")
            #expect(ending.status == 4)
            let check = try Self.json(ending)
            #expect(check["causes"] == .list([.text("performance")]) && check["check"]["verdict"] == .text("no_drift"))
            #expect(check["harm"]["alarm_count"].number >= 1)
            #expect(check["harm"]["tolerated_risk"].number < 0.25 && check["harm"]["errors"].number > 200)
        }

        @Test func `blocks are looked at as wholes`() async throws {
            let workspace = try await MonitoredWorkspace.make("settling: 0s", "sequential: {block: 70}")
            try await MonitoredWorkspace.serve(MonitoredWorkspace.quiet, in: workspace)
            let check = try Self.json(await workspace.leewayWorks("monitor", "--once", "--json"))
            #expect(check["stream"]["rows"] == .number(560) && check["stream"]["block"] == .number(70))
            #expect(check["stream"]["threshold"] == .number(200))
        }

        @Test func `a webhook is told once, and once that it is over`() async throws {
            let receiver = try AlertReceiver()
            let hook = "alerts: [{webhook: 'http://127.0.0.1:${PORT}/status/200'}]"
            // The window alone: an alarm over rows stands for a day.
            let workspace = try await MonitoredWorkspace.make("settling: 1d", hook)
            try await MonitoredWorkspace.serve(MonitoredWorkspace.old, in: workspace)
            let environment = ["PORT": "\(receiver.port)"]
            let first = try await workspace.leeway("monitor", "--once", environment: environment)
            #expect(first.status == 4 && first.errors == "")
            #expect(first.output.contains("→ to be told: model version 1: drift in age"))
            #expect(first.output.hasSuffix("✓ 127.0.0.1 was told of model\n"))
            #expect(try await workspace.leeway("monitor", "--once", environment: environment).status == 4)
            let told = try receiver.bodies()
            #expect(told.count == 1 && told[0]["kind"] == .text("drift") && told[0]["model"] == .text("model"))
            #expect(told[0]["causes"].list.contains(.text("age")) && told[0]["rows"] == .number(300))
            try MonitoredWorkspace.configure(workspace, ["settling: 1d", "effect_floor: 10", hook])
            let last = try await workspace.leeway("monitor", "--once", "--json", environment: environment)
            #expect(last.status == 0)
            let delivery = try JSON(last.output)["deliveries"][0]
            #expect(delivery["outcome"] == .text("delivered") && delivery["sink"] == .text("127.0.0.1"))
            let kinds = try receiver.bodies().map(\.["kind"].text)
            #expect(kinds == ["drift", "recovery"])
        }

        @Test func `a webhook that can't be reached fails no check`() async throws {
            let workspace = try await MonitoredWorkspace.make(
                "settling: 0s", "alerts: [{webhook: 'http://127.0.0.1:1/SECRETVALUE'}, {log: true}]")
            try await MonitoredWorkspace.serve(MonitoredWorkspace.old, in: workspace)
            let ending = try await workspace.leeway("monitor", "--once")
            #expect(ending.status == 4)
            #expect(ending.output.hasSuffix("✓ the log was told of model\n"))
            let lines = ending.errors.split(separator: "\n").map(String.init)
            #expect(lines.count == 2 && lines.contains { $0.hasPrefix("{\"causes\":[\"age\"") })
            #expect(
                lines.contains(
                    "! 127.0.0.1 could not be told of model: the connection was refused. It is tried again at a later check."
                ))
            #expect(!(ending.output + ending.errors).contains(Tables.secret))
        }

        @Test func `a version that is damaged fails its check, and that is told`() async throws {
            let workspace = try await MonitoredWorkspace.make("alerts: [{log: true, on: failure}]")
            let run = try #require(workspace.runs.first)
            try workspace.write("{}", to: ".leeway/runs/\(run)/model.json")
            let ending = try await workspace.leeway("monitor", "--once")
            #expect(ending.status == 1)
            #expect(ending.errors.contains("model.json is not what was registered: its SHA-256 differs."))
            #expect(ending.errors.contains("\"causes\":[\"damaged_artifact\"]"))
            #expect(ending.output.contains("✗ Not checked\n"))
        }

        @Test func `without the query engine the window is judged all the same`() async throws {
            let workspace = try await MonitoredWorkspace.make()
            try await MonitoredWorkspace.serve(MonitoredWorkspace.old, in: workspace, labelled: true)
            for file in ["libduckdb.so", "libduckdb.dylib"] { try workspace.write("none", to: file) }
            let ending = try await workspace.leeway(
                "monitor", "--once", environment: ["LEEWAY_DRIVER_PATH": workspace.folder.path])
            #expect(ending.status == 4 && ending.errors == "")
            #expect(ending.output.contains("Rows one by one\n  left out: The query engine can't be loaded. "))
            #expect(ending.output.contains("Labels one by one\n  left out: The query engine can't be loaded. "))
        }

        @Test(arguments: [SIGINT, SIGTERM])
        func `a service ends at once when it is asked to`(signal: Int32) async throws {
            let workspace = try await MonitoredWorkspace.make()
            let monitor = try Program.start(["monitor", "--every", "1h"], in: workspace.folder)
            #expect(await monitor.saysOnOutput("? no evidence"))
            let other = try await workspace.leeway("monitor", "--once")
            #expect(other.status == 1 && other.errors.hasPrefix("error: Another process monitors this project.\n"))
            monitor.send(signal)
            let ending = await monitor.ending()
            #expect(ending.status == 0 && ending.errors == "")
            // One line: the time, the model, what was found.
            #expect(ending.output.split(separator: "\n").count == 1)
            #expect(ending.output.contains("  model 1  ? no evidence · window 0 rows"))
            #expect(try await workspace.leeway("monitor", "--once").status == 0)
        }

        @Test func `a service goes on after drift`() async throws {
            let workspace = try await MonitoredWorkspace.make()
            try await MonitoredWorkspace.serve(MonitoredWorkspace.old, in: workspace)
            let monitor = try Program.start(["monitor", "--every", "1s", "--json"], in: workspace.folder)
            #expect(await monitor.saysOnOutput("\"rows\":300,"))
            // The second check finds no further row.
            #expect(await monitor.saysOnOutput("\"rows\":0,"))
            monitor.send(SIGTERM)
            let ending = await monitor.ending()
            #expect(ending.status == 0)
            let checks = try ending.output.split(separator: "\n").map { try JSON(String($0)) }
            #expect(checks.count >= 2 && checks.allSatisfy { $0["verdict"] == .text("drift") })
        }

        @Test func `wrong usage`() async throws {
            let workspace = try await MonitoredWorkspace.make()
            for words in [[], ["--once", "--every", "1m"], ["--every", "soon"], ["--every", "10ms"]] {
                #expect(try await Program.run(["monitor"] + words, in: workspace.folder).status == 2)
            }
            #expect(try await workspace.leeway("monitor", "--once", "--model", "other").status == 1)
            try MonitoredWorkspace.configure(workspace, ["sequential: {block: 600, rows_per_false_alarm: 10000}"])
            let refused = try await workspace.leeway("monitor", "--once")
            #expect(refused.status == 2 && refused.errors.contains("is too long for one false alarm in 10,000 rows"))
            #expect(
                try await Workspace().leeway("monitor", "--once").errors.hasPrefix("error: No model is registered yet.")
            )
        }
    }
}
