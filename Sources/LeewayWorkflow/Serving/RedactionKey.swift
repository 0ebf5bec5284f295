import LeewayCore
import LeewayStore

/// The secret with which values are hashed before they go into the log, so that nobody can try out all values.
struct RedactionKey: Sendable {
    private let bytes: [UInt8]

    /// Reads the project's key, and makes one where there is none.
    ///
    /// - Throws: `fileNotAccessible`, `diskFull`.
    static func load(_ project: Project) throws(LeewayError) -> RedactionKey {
        let path = "\(project.home)/redaction.key"
        return try FileSystem.withLock(on: project.home) { () throws(LeewayError) in
            if FileSystem.kind(of: path) == nil {
                var generator = SystemRandomNumberGenerator()
                let key = (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
                try FileSystem.writeAtomically(key, to: path, isSecret: true)
            }
            return RedactionKey(bytes: try FileSystem.read(path))
        }
    }

    /// 128 bits of SHA-256 over the key, the column and the value, as hexadecimal digits.
    func hash(_ column: String, _ value: String) -> String {
        String(SHA256.hex(bytes + Array(column.utf8) + [0] + Array(value.utf8)).prefix(32))
    }
}
