import Foundation
import Testing

extension ProgramTests {
    /// Clients that know nothing of Leeway, and what Leeway says of itself.
    @Suite(.enabled(if: AdultProject.isThere, AdultProject.isMissing), .tags(.slow)) struct ServeClientTests {
        private static let shared = Task {
            try await Server(in: try await ServingProject.make().keptUntilExit()).keptUntilExit()
        }

        /// Runs a client against a server, and expects that all of its checks hold.
        private static func run(_ client: String, _ server: Server, _ arguments: [String] = []) async throws {
            let workspace = try Workspace()
            let ending = try await Tool.run(
                [Tool.python, Tool.client(client), server.address] + arguments, in: workspace.folder)
            let isWell = ending.status == 0 && ending.output.hasSuffix(" passed, 0 failed\n")
            #expect(isWell, "\(ending.output.suffix(2000))\(ending.errors.suffix(2000))")
            #expect(!server.process.errorsSoFar.contains(#""level":"error""#), "\(server.process.errorsSoFar)")
        }

        @Test(.enabled(if: Tool.hasClients, Tool.needsClients), arguments: ["own", "triton", "mlflow"])
        func `a client of its own`(name: String) async throws {
            try await Self.run("\(name)_client.py", try await Self.shared.value)
        }

        @Test(.enabled(if: Tool.hasClients, Tool.needsClients))
        func `a matrix of numbers, beside another model`() async throws {
            // The client draws its matrix from a normal distribution, which goes beyond what training saw.
            let project = try await ServingProject.make("port: 0", "range_slack: 10")
            try await ServingProject.trainNumbers(in: project)
            let server = try await Server(in: project)
            try await Self.run("triton_client.py", server, ["--matrix-model", "numbers"])
            #expect(await server.stop().status == 0)
        }

        @Test(.enabled(if: Tool.hasClients, Tool.needsClients), arguments: ["own", "triton", "mlflow"])
        func `a client with a token`(name: String) async throws {
            let project = try await ServingProject.make()
            let scopes = ["predict", "read", "feedback"].flatMap { ["--scope", $0] }
            let made = try await Program.run(["tokens", "create", "a", "-q"] + scopes, in: project.folder)
            let secret = made.output.trimmingCharacters(in: .newlines)
            let server = try await Server(in: project)
            try await Self.run("\(name)_client.py", server, ["--token", secret])
            #expect(await !server.stop().errors.contains(secret))
        }

        @Test(.enabled(if: Tool.hasClients, Tool.needsClients))
        func `requests made up from the description`() async throws {
            let server = try await Server(in: try await ServingProject.make())
            try await Self.run("schemathesis_check.py", server, ["--examples", "8"])
        }

        @Test(.enabled(if: Tool.promtool != nil, Tool.needsPromtool))
        func `metrics that promtool finds nothing wrong with`() async throws {
            let server = try await Self.shared.value
            #expect(try server.predict(ServingProject.row(0)).status == 200)
            #expect(try server.predict("{").status == 400)
            #expect(try server.get("/nowhere").status == 404)
            let reply = try server.get("/metrics")
            #expect(reply["Content-Type"]?.hasPrefix("text/plain; version=0.0.4") == true)
            let workspace = try Workspace()
            try workspace.write(reply.text, to: "metrics.txt")
            let ending = try await Tool.run(
                ["sh", "-c", "'\(Tool.promtool ?? "promtool")' check metrics < metrics.txt"], in: workspace.folder)
            #expect(ending.status == 0 && ending.output + ending.errors == "", "\(ending.output)\(ending.errors)")
        }

        @Test func `every example of the description works as it stands`() async throws {
            let server = try await Server(in: try await ServingProject.make())
            let text = try server.get("/openapi.json").text
            let paths = try JSON(text)["paths"]
            var count = 0
            for path in paths.keys {
                for method in paths[path].keys {
                    let operation = paths[path][method]
                    let content = operation["requestBody"]["content"]
                    let examples = content.keys.flatMap { type in Self.examples(content[type]).map { (type, $0) } }
                    let place = Self.filled(path, operation["parameters"].list + paths[path]["parameters"].list)
                    for (type, body) in examples.isEmpty && content == .null ? [("", "")] : examples {
                        let reply = try server.connect().ask(
                            method.uppercased(), place, type.isEmpty ? [:] : ["Content-Type": type],
                            body: Array(body.utf8))
                        #expect(
                            reply.status == 200, "\(method) \(place) \(type): \(reply.status) \(reply.text.prefix(300))"
                        )
                        #expect(operation["responses"].keys.contains("\(reply.status)"))
                        count += 1
                    }
                }
            }
            #expect(count >= 25)
        }

        /// The examples of a request body, as they are sent.
        private static func examples(_ media: JSON) -> [String] {
            let named = media["examples"].keys.map { media["examples"][$0]["value"] }
            return (media["example"] == .null ? named : named + [media["example"]]).map { example in
                if let text = example.text { return text }
                return (try? String(decoding: JSONEncoder().encode(example), as: UTF8.self)) ?? ""
            }
        }

        /// A path with its parameters' examples.
        private static func filled(_ path: String, _ parameters: [JSON]) -> String {
            parameters.filter { $0["in"].text == "path" }.reduce(path) { path, parameter in
                path.replacing("{\(parameter["name"].text ?? "")}", with: parameter["example"].text ?? "1")
            }
        }
    }
}

extension JSON: Encodable {
    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .bool(let bool): try container.encode(bool)
        case .number(let number): try container.encode(number)
        case .text(let text): try container.encode(text)
        case .list(let list): try container.encode(list)
        case .object(let object): try container.encode(object)
        }
    }
}
