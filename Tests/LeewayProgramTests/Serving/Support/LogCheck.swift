import Foundation
import Testing

/// One answered row.
struct Answered: Sendable {
    let id: String
    /// As it was written.
    let probability: String
}

extension HTTPReply {
    /// The rows of a reply of our own protocol.
    var predictions: [Answered] {
        zip(texts("id"), numbers("probability")).map { Answered(id: $0, probability: $1) }
    }

    /// The version that answered.
    var version: Int? { numbers("version").first.flatMap { Int($0) } }
}

/// `Tests/Clients/log_check.py`: recounts a log without a line of ours.
enum LogCheck {
    /// Expects that the log is whole, that the registry's counts are those of its lines, and that the answers are in it.
    static func run(
        _ project: Workspace, answered: [Answered]? = nil, sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        var words = ["python3", Tool.client("log_check.py"), project.folder.path]
        if let answered {
            try project.write(answered.map { "\($0.id) \($0.probability)\n" }.joined(), to: "answered.txt")
            words += ["--answered", project.url("answered.txt").path]
        }
        let ending = try await Tool.run(words, in: project.folder)
        #expect(ending.status == 0, "\(ending.output)\(ending.errors)", sourceLocation: sourceLocation)
    }
}
