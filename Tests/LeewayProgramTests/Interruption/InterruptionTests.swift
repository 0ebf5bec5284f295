#if os(Linux)
    import Foundation
    import Testing

    extension ProgramTests {
        /// A run that is stopped leaves nothing behind, and one that is killed leaves nothing that harms.
        @Suite(.tags(.slow)) struct InterruptionTests {
            /// A table on which each stage takes its time; one for all of these tests.
            private static let table = Task {
                let workspace = try Workspace().keptUntilExit()
                try BigTable(rows: 400_000, seed: 3).write(to: workspace.url("big.csv"))
                return workspace
            }

            /// A project on the big table, whose runs' folder is there to be watched.
            private static func project() async throws -> Workspace {
                let workspace = try Workspace(csv: Tables.people())
                let table = try await table.value.url("big.csv").path
                try workspace.write("source: \(table)\ntarget: income\n", to: "big.yaml")
                try FileManager.default.createDirectory(
                    at: workspace.url(".leeway/runs"), withIntermediateDirectories: true)
                return workspace
            }

            @Test(arguments: [SIGINT, SIGTERM])
            func `while the source is read`(signal: Int32) async throws {
                let workspace = try await Self.project()
                let watch = FolderWatch(workspace.url(".leeway/runs"))
                let run = try Program.start(["run", "-c", "big.yaml"], in: workspace.folder)
                #expect(await watch.waitForNew())
                try await Self.expectQuickEnd(of: run, by: signal, in: workspace)
            }

            @Test(arguments: ["ingest", "split", "features", "train"])
            func `once a stage is done`(stage: String) async throws {
                let workspace = try await Self.project()
                let run = try Program.start(["run", "-c", "big.yaml"], in: workspace.folder)
                #expect(await run.saysOnErrors("✓ \(stage) "))
                try await Self.expectQuickEnd(of: run, by: SIGINT, in: workspace)
            }

            @Test func `while rows are scored`() async throws {
                let workspace = try await Self.project()
                let table = try await Self.table.value.url("big.csv").path
                try workspace.write(
                    "source: data.csv\ntarget: income\nfeatures: {drop: [city]}\nsplit: {test_share: 0.3}\n",
                    to: "leeway.yaml")
                try await workspace.leewayWorks("run", "--quiet")
                let output = workspace.url("out")
                try FileManager.default.createDirectory(at: output, withIntermediateDirectories: false)
                let watch = FolderWatch(output)
                let scoring = try Program.start(["predict", table, "-o", "out/scored.csv"], in: workspace.folder)
                #expect(await watch.waitForNew())
                scoring.send(SIGINT)
                let ending = await scoring.ending()
                #expect(ending.status == 130)
                #expect(workspace.names("out") == [])
            }

            @Test func `a killed run does not harm the next, and is swept up once it is old`() async throws {
                let workspace = try await Self.project()
                let watch = FolderWatch(workspace.url(".leeway/runs"))
                let run = try Program.start(["run", "-c", "big.yaml"], in: workspace.folder)
                #expect(await watch.waitForNew())
                run.send(SIGKILL)
                #expect(await run.ending().status == -SIGKILL)
                let left = try #require(workspace.runs.first)
                #expect(left.hasPrefix(".staging-") && workspace.runs.count == 1)

                try await workspace.leewayWorks("run", "--quiet")
                #expect(workspace.runs.contains(left))
                #expect(try await workspace.versionCount() == 1)

                try FileManager.default.setAttributes(
                    [.modificationDate: Date(timeIntervalSinceNow: -3600)],
                    ofItemAtPath: workspace.url(".leeway/runs/\(left)").path)
                try await workspace.leewayWorks("run", "--quiet")
                #expect(!workspace.runs.contains(left))
                #expect(try await workspace.versionCount() == 2)
            }

            @Test func `the folder of a run that lives is not swept up, however old`() async throws {
                let workspace = try await Self.project()
                let watch = FolderWatch(workspace.url(".leeway/runs"))
                let run = try Program.start(["run", "-c", "big.yaml"], in: workspace.folder)
                #expect(await watch.waitForNew())
                let living = try #require(workspace.runs.first)
                try FileManager.default.setAttributes(
                    [.modificationDate: Date(timeIntervalSinceNow: -3600)],
                    ofItemAtPath: workspace.url(".leeway/runs/\(living)").path)
                try await workspace.leewayWorks("run", "--quiet")
                #expect(workspace.runs.contains(living))
                run.send(SIGINT)
                #expect(await run.ending().status == 130)
            }

            /// How long a program may take to end: one that was not built for speed computes twenty times longer.
            private static let patience: Duration = Program.isOptimized ? .seconds(1) : .seconds(30)

            /// Sends the signal and expects the end within a second, with exit code 130 and nothing left behind.
            private static func expectQuickEnd(
                of run: RunningProgram, by signal: Int32, in workspace: Workspace
            ) async throws {
                let clock = ContinuousClock()
                let start = clock.now
                run.send(signal)
                let ending = await run.ending()
                let seconds = start.duration(to: clock.now)
                #expect(ending.status == 130)
                #expect(seconds < patience, "It took \(seconds).")
                #expect(ending.output == "")
                #expect(ending.errors.hasSuffix("error: Interrupted: nothing was kept.\n"))
                #expect(workspace.runs == [])
                #expect(try await workspace.versionCount() == 0)
            }
        }
    }
#endif
