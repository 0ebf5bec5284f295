import Foundation
import Testing

extension ProgramTests {
    /// `leeway serve`: how it begins, and how it ends.
    @Suite(.enabled(if: AdultProject.isThere, AdultProject.isMissing)) struct ServeStartTests {
        @Test func `it prints its address, answers, and never loads the query engine`() async throws {
            let server = try await Server(in: try await ServingProject.make())
            #expect(server.address == "http://127.0.0.1:\(server.port)")
            #expect(try server.get("/healthz").text == #"{"status":"ok"}"#)
            #expect(try server.get("/readyz").text == #"{"status":"ready"}"#)
            #expect(try server.predict(ServingProject.rows(0..<10)).status == 200)
            if Machine.isLinux {
                #expect(server.maps.contains("leeway") && !server.maps.contains("duckdb"))
            }
            let ending = await server.stop()
            #expect(ending.status == 0)
            #expect(ending.output == server.address + "\n")
            #expect(!ending.errors.contains(#""level":"error""#) && !ending.errors.contains(#""level":"warning""#))
        }

        @Test func `a port that is taken`() async throws {
            let project = try await ServingProject.make()
            let server = try await Server(in: project)
            expectFailure(
                try await project.leeway("serve", "--port", "\(server.port)"), 1,
                """
                error: Another process listens on 127.0.0.1:\(server.port) already.
                  → End it, or take another port with --port.
                """)
            #expect(try server.predict(ServingProject.row(0)).status == 200)
        }

        @Test func `no model, and not that model`() async throws {
            let empty = try Workspace()
            try empty.write("serving: {port: 0}\n", to: "leeway.yaml")
            expectFailure(
                try await empty.leeway("serve"), 1,
                "error: No model is registered yet.\n  → Train one with 'leeway run'.")
            #expect(empty.names("") == ["leeway.yaml"])
            expectFailure(
                try await (try await ServingProject.make()).leeway("serve", "--model", "adlut"), 1,
                "error: There is no model 'adlut' to serve.\n  → There are: adult.")
        }

        @Test(arguments: [
            ("prot: 1", "leeway.yaml, line 2: unknown key 'prot' in 'serving'.\n  → Did you mean 'port'?"),
            ("port: 70000", "leeway.yaml, line 2: 'serving.port' must be a whole number, 0 to 65535."),
            (
                "limits: {queue: -1}",
                "leeway.yaml, line 2: 'serving.limits.queue' must be a whole number, 0 to 1000000."
            ),
        ])
        func `a configuration that makes no sense`(line: String, error: String) async throws {
            expectFailure(try await (try await ServingProject.make(line)).leeway("serve"), 2, "error: " + error)
        }

        @Test func `a port that is none, and an address that is not ours`() async throws {
            let project = try await ServingProject.make()
            for port in ["99999", "-1", "x"] {
                let ending = try await project.leeway("serve", "--port", port)
                #expect(ending.status == 2 && ending.output == "" && ending.errors.contains("--port"))
            }
            let ending = try await project.leeway("serve", "--host", "203.0.113.1", "--port", "0", "--insecure")
            #expect(ending.status == 1 && ending.output == "")
            #expect(ending.errors.hasPrefix("error: ") && ending.errors.contains("203.0.113.1"))
        }

        @Test(arguments: [SIGTERM, SIGINT])
        func `a signal ends it once what has begun is answered`(signal: Int32) async throws {
            let project = try await ServingProject.make()
            let server = try await Server(in: project)
            let body = Array(ServingProject.rows(0..<3).utf8)
            let (begun, idle) = (try server.begin(length: body.count), try server.connect())
            #expect(try idle.ask("GET", "/healthz").status == 200)
            begun.send(body[..<100])
            server.process.send(signal)
            #expect(eventually { (try? server.connect()) == nil })
            begun.send(body[100...])
            let reply = try begun.reply()
            #expect(reply.status == 200)
            #expect(idle.isClosedByServer() && begun.isClosedByServer())
            #expect(await server.process.ending().status == 0)
            try await LogCheck.run(project, answered: reply.predictions)
        }

        @Test func `a second signal ends it at once`() async throws {
            let project = try await ServingProject.make()
            let server = try await Server(in: project)
            let begun = try server.begin(length: 100)
            server.process.send(SIGINT)
            #expect(eventually { (try? server.connect()) == nil })
            #expect(await server.stop(SIGINT).status == 130)
            withExtendedLifetime(begun) {}
        }

        @Test func `a request that never ends is cut off after the time for that`() async throws {
            let project = try await ServingProject.make("limits: {shutdown_timeout: 1s}")
            let server = try await Server(in: project)
            let begun = try server.begin(length: 100)
            #expect(try server.predict(ServingProject.row(0)).status == 200)
            let ending = await server.stop()
            #expect(ending.status == 0 && ending.errors.contains("requests were cut off"), "\(ending)")
            #expect(begun.isClosedByServer())
            try await LogCheck.run(project)
        }
    }
}
