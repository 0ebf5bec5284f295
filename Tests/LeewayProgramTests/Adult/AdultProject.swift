import Foundation
import Testing

/// The Adult table, which `make test` fetches, in a project of its own.
enum AdultProject {
    static let isThere = FileManager.default.fileExists(
        atPath: Program.sourceTree.appending(path: ".data/adult/adult.data").path)

    static let isMissing: Comment = "Left out: the Adult table is not there. 'make test' fetches it."

    /// A project with a configuration of `Examples/adult`, changed where needed.
    static func make(_ example: String, changing changes: [(String, String)] = []) throws -> Workspace {
        let workspace = try Workspace()
        let file = Program.sourceTree.appending(path: "Examples/adult/\(example)")
        var text = String(decoding: try Data(contentsOf: file), as: UTF8.self)
        text.replace(" ../", with: " \(Program.sourceTree.path)/")
        for (old, new) in changes {
            try #require(text.contains(old))
            text.replace(old, with: new)
        }
        try workspace.write(text, to: "leeway.yaml")
        return workspace
    }

    /// Such a project after a run.
    static func run(_ example: String, changing changes: [(String, String)] = []) async throws -> Workspace {
        let workspace = try make(example, changing: changes)
        try await workspace.leewayWorks("run", "--quiet")
        return workspace
    }
}
