import Foundation
import Synchronization
import Testing

/// A `leeway serve` of its own on a free port; killed when this value is gone.
final class Server: Sendable {
    let process: RunningProgram
    /// What it printed, such as `http://127.0.0.1:40123`.
    let address: String
    let port: Int
    private let folder: Workspace

    /// Starts it in a project, and waits until it takes requests.
    init(
        in project: Workspace, _ arguments: [String] = [], port: Int = 0, through wrapper: [String] = [],
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        folder = project
        process = try Program.start(
            ["serve", "--port", "\(port)"] + arguments, in: project.folder, through: wrapper)
        guard await process.saysOnOutput("\n") else {
            let ending = await process.ending()
            Issue.record("The server did not start: \(ending.errors)", sourceLocation: sourceLocation)
            throw HTTPConnection.Failure.refused
        }
        address = process.outputSoFar.trimmingCharacters(in: .newlines)
        self.port = try #require(
            address.split(separator: ":").last.flatMap { Int($0) }, sourceLocation: sourceLocation)
    }

    deinit { process.send(SIGKILL) }

    /// Processes that several tests use: no one else lets go of them.
    private static let shared = Mutex<[Int32]>([])

    /// A server that several tests use, and that goes when the process does.
    func keptUntilExit() -> Server {
        let isFirst = Self.shared.withLock { processes in
            processes.append(process.id)
            return processes.count == 1
        }
        if isFirst {
            atexit {
                for process in Server.shared.withLock({ $0 }) { kill(process, SIGKILL) }
            }
        }
        return self
    }

    /// Begins a request whose body is to follow: its head has arrived when this returns.
    func begin(length: Int) throws -> HTTPConnection {
        let connection = try connect()
        let headers = Server.json.merging(["Expect": "100-continue"]) { $1 }
        connection.send(HTTPConnection.head("POST", Server.predictPath, headers, length: length))
        #expect(try connection.reply(keeping100: true).status == 100)
        return connection
    }

    /// Asks it to stop, and waits until it has.
    @discardableResult
    func stop(_ signal: Int32 = SIGTERM) async -> Program.Ending {
        process.send(signal)
        return await process.ending()
    }

    func connect(patience seconds: Int = 30) throws -> HTTPConnection {
        try HTTPConnection(port: port, patience: seconds)
    }

    /// Sends one request on a connection of its own.
    func get(_ path: String, _ headers: [String: String] = [:]) throws -> HTTPReply {
        try connect().ask("GET", path, headers)
    }

    /// Sends JSON on a connection of its own.
    func post(_ path: String, _ body: String, _ headers: [String: String] = [:]) throws -> HTTPReply {
        try connect().ask("POST", path, headers.merging(Server.json) { own, _ in own }, body: Array(body.utf8))
    }

    /// Asks the champion of the model of the tests.
    func predict(_ body: String, _ headers: [String: String] = [:]) throws -> HTTPReply {
        try post(Server.predictPath, body, headers)
    }

    static let json = ["Content-Type": "application/json"]
    static let predictPath = "/v1/models/adult/predict"
}

/// What it says of itself.
extension Server {
    /// A metric: the sum of its samples whose labels hold a text; NaN where there is none.
    func metric(_ name: String, _ label: String = "") throws -> Double {
        let samples = try get("/metrics").text.split(separator: "\n").filter { line in
            !line.hasPrefix("#") && line.prefix { $0 != "{" && $0 != " " } == name
                && (label.isEmpty || line.contains(label))
        }
        guard !samples.isEmpty else { return .nan }
        return samples.compactMap { $0.split(separator: " ").last.flatMap { Double($0) } }.reduce(0, +)
    }

    /// The bytes of memory that it takes, as Linux tells.
    var memory: Int {
        let text = (try? String(contentsOfFile: "/proc/\(process.id)/status", encoding: .utf8)) ?? ""
        let line = text.split(separator: "\n").first { $0.hasPrefix("VmRSS:") } ?? ""
        return (line.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0) * 1024
    }

    /// The files that are mapped into it.
    var maps: String { (try? String(contentsOfFile: "/proc/\(process.id)/maps", encoding: .utf8)) ?? "" }
}

/// Asks again and again, until it is so; false after the patience.
func eventually(within seconds: Double = 20, _ isSo: () throws -> Bool) rethrows -> Bool {
    let end = Date(timeIntervalSinceNow: seconds)
    while true {
        if try isSo() { return true }
        if Date() > end { return false }
        usleep(10_000)
    }
}
