import Foundation
import Testing

extension ProgramTests {
    /// A prediction log that can't be written: on a disk of a few pages, and in a folder that is gone.
    @Suite(.enabled(if: AdultProject.isThere, AdultProject.isMissing), .tags(.slow)) struct ServeDiskTests {
        /// Asks for predictions until the log takes no more; returns what was answered.
        private static func fill(_ disk: SmallDisk, _ server: Server) throws -> [Answered] {
            try disk.fill()
            var answered: [Answered] = []
            for _ in 0..<100 {
                let reply = try server.predict(ServingProject.rows(0..<20))
                guard reply.status == 200 else {
                    #expect(reply.status == 503 && reply["Retry-After"] != nil, "\(reply.status)")
                    #expect(try reply.json()["type"].text == "urn:leeway:problem:disk_full")
                    return answered
                }
                answered += reply.predictions
            }
            Issue.record("The disk never was full.")
            return answered
        }

        @Test(.enabled(if: Machine.letsMount, Machine.needsRoot), arguments: ["os", "fsync"])
        func `refuse: no answer while the disk is full, and answers again once it is not`(
            durability: String
        ) async throws {
            let project = try await ServingProject.make("log: {durability: \(durability)}")
            let disk = try SmallDisk(at: project.url(".leeway/log"), kilobytes: 1024)
            let server = try await Server(in: project)
            var answered = try server.predict(ServingProject.rows(0..<50)).predictions
            for _ in 0..<2 {
                answered += try Self.fill(disk, server)
                #expect(try server.metric("leeway_log_writable") == 0)
                #expect(try server.metric("leeway_log_failures_total") > 0)
                #expect(try server.get("/readyz").status == 503 && server.get("/healthz").status == 200)
                #expect(try server.predict(ServingProject.rows(0..<20)).status == 503)
                // Refused by the contract, which comes first.
                #expect(try server.predict("{}").status == 422)
                try FileManager.default.removeItem(at: disk.folder.appending(path: "filler"))
                #expect(
                    try eventually {
                        let reply = try server.predict(ServingProject.row(0))
                        if reply.status == 200 { answered += reply.predictions }
                        return reply.status == 200
                    })
                #expect(try server.metric("leeway_log_writable") == 1)
                #expect(try server.get("/readyz").status == 200)
            }
            #expect(try server.metric("leeway_log_lost_rows_total") == 0)
            #expect(await server.stop().status == 0)
            try await LogCheck.run(project, answered: answered)
            withExtendedLifetime(disk) {}
        }

        @Test(.enabled(if: Machine.letsMount, Machine.needsRoot))
        func `serve: answers go on, and what is lost is counted`() async throws {
            let project = try await ServingProject.make("log: {on_log_failure: serve}")
            let disk = try SmallDisk(at: project.url(".leeway/log"), kilobytes: 1024)
            let server = try await Server(in: project)
            var answered = try server.predict(ServingProject.rows(0..<50)).predictions
            try disk.fill()
            var statuses: Set<Int> = []
            let isLost = try eventually {
                statuses.insert(try server.predict(ServingProject.rows(0..<20)).status)
                return try server.metric("leeway_log_lost_rows_total") >= 20
            }
            #expect(isLost && statuses == [200])
            let lost = try server.metric("leeway_log_lost_rows_total")
            #expect(try server.predict(ServingProject.rows(0..<20)).status == 200)
            #expect(try server.metric("leeway_log_lost_rows_total") == lost + 20)
            #expect(try server.metric("leeway_log_writable") == 0 && server.get("/readyz").status == 200)
            try FileManager.default.removeItem(at: disk.folder.appending(path: "filler"))
            #expect(
                try eventually {
                    _ = try server.predict(ServingProject.row(0))
                    return try server.metric("leeway_log_writable") == 1
                })
            answered += try server.predict(ServingProject.rows(0..<50)).predictions
            #expect(await server.stop().status == 0)
            try await LogCheck.run(project, answered: answered)
            withExtendedLifetime(disk) {}
        }

        @Test(.enabled(if: Machine.letsMount, Machine.needsRoot))
        func `a disk that is full when the server starts and when it ends`() async throws {
            let project = try await ServingProject.make()
            let disk = try SmallDisk(at: project.url(".leeway/log"), kilobytes: 256)
            let first = try await Server(in: project)
            let answered = try first.predict(ServingProject.rows(0..<50)).predictions
            await first.stop(SIGKILL)
            try disk.fill()
            // Whatever it says, it neither crashes nor harms what is there.
            let second = try Program.start(["serve", "--port", "0"], in: project.folder)
            if await second.saysOnOutput("\n") { second.send(SIGTERM) }
            let ending = await second.ending()
            #expect(ending.status == 0 || ending.status == 1)
            #expect(ending.status == 0 || ending.errors.contains("error: The disk is full"))
            try FileManager.default.removeItem(at: disk.folder.appending(path: "filler"))
            let third = try await Server(in: project)
            #expect(await third.stop().status == 0)
            try await LogCheck.run(project, answered: answered)
            withExtendedLifetime(disk) {}
        }

        @Test func `the log's folder is removed while the server runs`() async throws {
            let project = try await ServingProject.make()
            let server = try await Server(in: project)
            #expect(try server.predict(ServingProject.rows(0..<50)).status == 200)
            try FileManager.default.removeItem(at: project.url(".leeway/log"))
            var later: [Answered] = []
            // Rows go into a new segment soon, and until then the server says so or refuses.
            var statuses: Set<Int> = []
            let isMade = try eventually {
                statuses.insert(try server.predict(ServingProject.row(1)).status)
                return !project.logFiles(".open.jsonl").isEmpty
            }
            #expect(isMade && statuses.isSubset(of: [200, 503]))
            for number in 0..<20 {
                let reply = try server.predict(ServingProject.row(number))
                #expect(reply.status == 200)
                later += reply.predictions
            }
            #expect(await server.stop().status == 0)
            let logged = try project.logFiles(".jsonl").map { try project.text(".leeway/log/predictions/\($0)") }
            #expect(later.allSatisfy { answer in logged.contains { $0.contains(answer.id) } })
        }
    }
}
