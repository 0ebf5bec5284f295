import Foundation

/// `Tests/Clients/webhook_server.py` on a free port of this machine; it ends with this value, or with this process.
final class WebhookServer {
    struct NotStarted: Error {}

    /// A request that it got.
    struct Request: Decodable {
        let line: String
        let headers: [String: String]
        let body: String
    }

    let port: Int
    let folder: URL
    private let process = Process()
    private let input = Pipe()

    /// Starts it, with TLS where it is to make a certificate for a name, such as `IP:127.0.0.1`.
    init(certificateFor name: String? = nil) throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "leeway-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        var arguments = ["python3", Self.script, folder.appending(path: "requests").path]
        if let name {
            let (certificate, key) = (folder.appending(path: "cert.pem").path, folder.appending(path: "key.pem").path)
            try Self.run([
                "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                "-keyout",
                key, "-out", certificate, "-days", "2", "-subj", "/CN=test", "-addext", "subjectAltName=\(name)",
            ])
            arguments += [certificate, key]
        }
        let output = Pipe()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = arguments
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

    deinit {
        process.terminate()
        try? FileManager.default.removeItem(at: folder)
    }

    /// The certificate, as a file.
    var certificate: String { folder.appending(path: "cert.pem").path }

    /// What it was asked so far.
    func requests() throws -> [Request] {
        guard let data = try? Data(contentsOf: folder.appending(path: "requests")) else { return [] }
        return try data.split(separator: 0x0A).map { try JSONDecoder().decode(Request.self, from: $0) }
    }

    /// Whether this machine has what it takes.
    static func has(_ program: String) -> Bool { (try? run([program, "--version"])) != nil }

    private static func run(_ words: [String]) throws {
        // Not by Foundation's Process: where tests run side by side its wait has been seen to miss the end.
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for output: Int32 in [1, 2] { posix_spawn_file_actions_addopen(&actions, output, "/dev/null", O_WRONLY, 0) }
        let arguments = words.map { strdup($0) } + [nil]
        defer { for argument in arguments { free(argument) } }
        var (process, status) = (pid_t(), Int32())
        guard posix_spawnp(&process, words[0], &actions, nil, arguments, environ) == 0 else { throw NotStarted() }
        while waitpid(process, &status, 0) < 0 { guard errno == EINTR else { throw NotStarted() } }
        let (code, isEnded) = (status >> 8 & 0xff, status & 0x7f == 0)
        guard isEnded, code == 0 || words.last == "--version" && code != 127 else { throw NotStarted() }
    }

    private static let script: String = {
        let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return tests.appending(path: "Clients/webhook_server.py").path
    }()
}
