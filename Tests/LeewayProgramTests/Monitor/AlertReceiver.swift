import Foundation

/// `Tests/Clients/webhook_server.py` on a free port of this machine; it ends with this value, or with this process.
final class AlertReceiver {
    struct NotStarted: Error {}

    let port: Int
    private let process = Process()
    private let input = Pipe()
    private let folder: Workspace

    init() throws {
        folder = try Workspace()
        let output = Pipe()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [
            "python3", Program.sourceTree.appending(path: "Tests/Clients/webhook_server.py").path,
            folder.url("requests").path,
        ]
        (process.standardInput, process.standardOutput) = (input, output)
        try process.run()
        var line = Data()
        while line.last != 0x0A {
            guard let piece = try output.fileHandleForReading.read(upToCount: 1), !piece.isEmpty else {
                throw NotStarted()
            }
            line += piece
        }
        guard let port = Int(String(decoding: line, as: UTF8.self).trimmingCharacters(in: .newlines)) else {
            throw NotStarted()
        }
        self.port = port
    }

    deinit { process.terminate() }

    /// The bodies that were posted so far.
    func bodies() throws -> [JSON] {
        guard FileManager.default.fileExists(atPath: folder.url("requests").path) else { return [] }
        return try folder.text("requests").split(separator: "\n").map { line in
            try JSON(try JSON(String(line))["body"].text ?? "")
        }
    }
}
