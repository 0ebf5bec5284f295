import Foundation
import Testing

extension ProgramTests {
    @Suite struct BackupProgramTests {
        private static func rows(_ people: Range<Int>) -> String {
            let rows = people.map { MonitoredWorkspace.Person($0) }.map {
                "{\"age\":\($0.age),\"hours\":\($0.hours),\"city\":\"\($0.city)\"}"
            }
            return "{\"rows\":[\(rows.joined(separator: ","))]}"
        }

        @Test func `a backup of a server at work is restored elsewhere and serves`() async throws {
            let workspace = try await MonitoredWorkspace.make()
            let server = try await RunningServer(in: workspace.folder, "--quiet")
            let path = "/v1/models/model/predict"
            let before = try await server.post(Self.rows(0..<200), to: path)["predictions"].list
                .compactMap(\.["id"].text)
            // It goes on answering meanwhile.
            async let others: [Void] = withThrowingTaskGroup(of: Void.self) { group in
                for round in 1...20 {
                    group.addTask { try await server.post(Self.rows(round * 100..<round * 100 + 50), to: path) }
                }
                var all: [Void] = []
                for try await one in group { all.append(one) }
                return all
            }
            try await workspace.leewayWorks("backup", "copy", "--quiet")
            #expect(try await others.count == 20)
            #expect(await server.stop().status == 0)

            let elsewhere = try Workspace()
            let copy = workspace.url("copy").path
            try await elsewhere.leewayWorks("restore", copy, "--check", "--quiet")
            let report = try JSON(await elsewhere.leewayWorks("restore", copy, "--json").output)
            #expect(report["versions"] == .number(1) && report["has_configuration"] == .bool(true))
            let restored = try await RunningServer(in: elsewhere.folder, "--quiet")
            let labels = before.map { "{\"id\":\"\($0)\",\"label\":\"high\"}" }.joined(separator: ",")
            let told = try await restored.post("{\"feedback\":[\(labels)]}", to: "/v1/feedback")
            // It knows each prediction that was acknowledged before the backup began.
            #expect(told["results"].list.count { $0["status"].text == "recorded" } == 200)
            #expect(try await restored.post(Self.rows(0..<3), to: path)["predictions"].list.count == 3)
            #expect(await restored.stop().status == 0)
            #expect(try await elsewhere.leewayWorks("models", "verify", "--quiet").status == 0)
        }

        @Test func `a backup that is killed leaves no folder of that name`() async throws {
            let workspace = try await MonitoredWorkspace.make()
            for milliseconds in stride(from: 0, to: 60, by: 6) {
                let program = try Program.start(["backup", "copy", "--quiet"], in: workspace.folder)
                try await Task.sleep(for: .milliseconds(milliseconds))
                program.send(SIGKILL)
                _ = await program.ending()
                guard !workspace.names("copy").isEmpty else { continue }
                try await workspace.leewayWorks("restore", "copy", "--check", "--quiet")
                try FileManager.default.removeItem(at: workspace.url("copy"))
            }
        }

        @Test func `refusals say what to do`() async throws {
            let workspace = try await MonitoredWorkspace.make()
            try await workspace.leewayWorks("backup", "copy", "--quiet")
            expectFailure(
                try await workspace.leeway("backup", "copy"), 2,
                """
                error: copy is there already.
                  → A backup goes into a folder of its own: name a new one.
                """)
            expectFailure(
                try await workspace.leeway("restore", "copy"), 2,
                """
                error: .leeway is there already.
                  → Restore into another folder by --config, or move it aside by --replace.
                """)
            expectFailure(
                try await workspace.leeway("restore", "nowhere", "--check"), 1,
                """
                error: There is no backup in nowhere: it has no backup.json.
                  → Name the folder that 'leeway backup' made.
                """)
            try await workspace.leewayWorks("restore", "copy", "--replace", "--quiet")
            #expect(workspace.names("").contains { $0.hasPrefix(".leeway.before-") })
        }

        #if os(Linux)
            @Test(.enabled(if: Machine.letsMount))
            func `a full disk leaves the backup out, and the project whole`() async throws {
                let workspace = try await MonitoredWorkspace.make()
                let disk = try SmallDisk(at: workspace.url("disk"), kilobytes: 64)
                let ending = try await workspace.leeway("backup", "disk/copy")
                #expect(ending.status == 1 && ending.errors.contains("The disk is full"), "\(ending.errors)")
                #expect(workspace.names("disk").isEmpty)
                #expect(try await workspace.leewayWorks("models", "verify", "--quiet").status == 0)
                withExtendedLifetime(disk) {}
            }
        #endif
    }
}
