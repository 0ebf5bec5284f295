import Foundation
import Testing

extension ProgramTests {
    /// What is said when the disk is full, and that no version comes of it.
    ///
    /// Each test mounts a disk of a few pages.
    @Suite(.enabled(if: Machine.letsMount, Machine.needsRoot)) struct FullDiskTests {
        private static let remedy = "  → Free some space and run again."

        @Test func `no room for the run's folder`() async throws {
            let workspace = try Workspace(csv: Tables.people())
            let disk = try SmallDisk(at: workspace.url(".leeway/runs"), kilobytes: 16)
            try disk.fill()
            expectFailure(
                try await workspace.leeway("run", "--quiet"), 1,
                """
                error: The disk is full: can't write .leeway/runs/.staging-RUN/ingestion_report.json.
                \(Self.remedy)
                """)
            #expect(workspace.runs == ["filler"])
            #expect(try await workspace.versionCount() == 0)
        }

        @Test func `no room for a new registry`() async throws {
            let workspace = try Workspace(csv: Tables.people())
            let disk = try SmallDisk(at: workspace.url(".leeway"), kilobytes: 16)
            try FileManager.default.createDirectory(
                at: workspace.url("elsewhere"), withIntermediateDirectories: false)
            try FileManager.default.createSymbolicLink(
                at: workspace.url(".leeway/runs"), withDestinationURL: workspace.url("elsewhere"))
            try disk.fill()
            expectFailure(
                try await workspace.leeway("run", "--quiet"), 1,
                "error: The disk is full: can't write .leeway/registry.sqlite.\n" + Self.remedy)
            #expect(workspace.names("elsewhere") == [])
        }

        @Test(.tags(.slow)) func `too little room for another version, however little`() async throws {
            let workspace = try Workspace(csv: Tables.people())
            let disk = try SmallDisk(at: workspace.url(".leeway"), kilobytes: 1024)
            try FileManager.default.createDirectory(
                at: workspace.url("elsewhere"), withIntermediateDirectories: false)
            try FileManager.default.createSymbolicLink(
                at: workspace.url(".leeway/runs"), withDestinationURL: workspace.url("elsewhere"))
            try await workspace.leewayWorks("run", "--quiet")
            var errors: Set<String> = []
            for kilobytes in stride(from: 0, through: 512, by: 8) {
                try disk.leave(kilobytes: kilobytes)
                let ending = try await workspace.leeway("run", "--quiet")
                if ending.status == 0 { break }
                errors.insert("\(ending.status) \(ending.generalErrors)")
            }
            #expect(errors == ["1 error: The disk is full: can't write .leeway/registry.sqlite.\n\(Self.remedy)\n"])
            try disk.leave(kilobytes: 512)
            #expect(try await workspace.versionCount() == 2)
            #expect(workspace.names("elsewhere").count == 2)
        }

        @Test(arguments: ["csv", "parquet"])
        func `no room for scored rows`(format: String) async throws {
            let workspace = try Workspace(csv: Tables.people())
            try await workspace.leewayWorks("run", "--quiet")
            let disk = try SmallDisk(at: workspace.url("out"), kilobytes: 16)
            try disk.fill()
            let ending = try await workspace.leeway("predict", "data.csv", "-o", "out/scored.\(format)")
            #expect(ending.status == 1)
            #expect(ending.errors.contains("out/scored.\(format)"))
            #expect(ending.errors.contains("No space left on device") || ending.errors.contains("The disk is full"))
            #expect(ending.errors.contains("\n  → Free "))
            #expect(workspace.names("out") == ["filler"])
        }
    }
}
