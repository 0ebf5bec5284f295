import Foundation
import Testing

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// `leeway serve` on a free port, which answers until it is stopped.
struct RunningServer: Sendable {
    let program: RunningProgram
    let address: String

    /// Starts a server in a project and waits until it answers.
    init(in folder: URL, _ options: String...) async throws {
        program = try Program.start(["serve", "--port", "0"] + options, in: folder)
        try #require(await program.saysOnOutput("\n"), "The server did not start.")
        address = program.outputSoFar.trimmingCharacters(in: .newlines)
    }

    /// Sends JSON and gives what comes back, which must be a success.
    @discardableResult
    func post(_ json: String, to path: String) async throws -> JSON {
        var request = URLRequest(url: try #require(URL(string: address + path)))
        request.httpMethod = "POST"
        request.setValue("application/json", forHTTPHeaderField: "Content-Type")
        request.httpBody = Data(json.utf8)
        let (data, response) = try await URLSession.shared.data(for: request)
        let text = String(decoding: data, as: UTF8.self)
        try #require((response as? HTTPURLResponse)?.statusCode == 200, "\(text)")
        return try JSON(text)
    }

    /// Scores people of the given ages, and gives the ids of their predictions.
    func predict(_ ages: Range<Int>) async throws -> [String] {
        let rows = ages.map { "{\"age\":\($0),\"city\":\"Bergen\"}" }.joined(separator: ",")
        let reply = try await post("{\"rows\":[\(rows)]}", to: "/v1/models/model/predict")
        return reply["predictions"].list.compactMap(\.["id"].text)
    }

    /// Stops it as Ctrl-C does, and waits for its end.
    func stop() async -> Program.Ending {
        program.send(SIGINT)
        return await program.ending()
    }
}
