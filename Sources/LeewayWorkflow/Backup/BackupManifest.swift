/// What a backup holds: the file `backup.json` in its folder.
package struct BackupManifest: Sendable, Codable, Equatable {
    package struct File: Sendable, Codable, Equatable {
        /// Relative to the backup's folder.
        package let path: String
        package let bytes: Int
        /// 64 hexadecimal digits.
        package let sha256: String
    }

    package static let name = "backup.json"
    /// Of the layout of a backup's folder.
    package static let currentFormat = 1

    package let format: Int
    /// The version that made the backup.
    package let leewayVersion: String
    package let createdAt: String
    /// Whether the predictions and labels are in it.
    package let hasLog: Bool
    package let files: [File]

    enum CodingKeys: String, CodingKey {
        case format
        case leewayVersion = "leeway_version"
        case createdAt = "created_at"
        case hasLog = "has_log"
        case files
    }

    /// How many bytes all files have together.
    package var bytes: Int { files.reduce(0) { $0 + $1.bytes } }
}
