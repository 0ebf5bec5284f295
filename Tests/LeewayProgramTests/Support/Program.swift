import Foundation

/// The built `leeway`, run as a user runs it.
enum Program {
    /// How a run ended, and what it said.
    struct Ending: Sendable, Equatable {
        /// The exit code; below zero for the signal that ended the process.
        let status: Int32
        let output: String
        let errors: String

        /// What it said on stderr, with `RUN` for the name of a run.
        var generalErrors: String { Program.withoutRunNames(errors) }
    }

    /// The program: what `LEEWAY_PROGRAM` names, else what was built beside the tests.
    static let path: String = {
        if let path = ProcessInfo.processInfo.environment["LEEWAY_PROGRAM"] { return path }
        #if os(Linux)
            let tests = Bundle.main.executableURL ?? Bundle.main.bundleURL
        #else
            let tests = Bundle(for: Anchor.self).bundleURL
        #endif
        let folders = sequence(first: tests) { $0.pathComponents.count > 1 ? $0.deletingLastPathComponent() : nil }
        for folder in folders {
            let path = folder.appending(path: "leeway").path
            var isFolder: ObjCBool = false
            let isThere = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
            if isThere, !isFolder.boolValue { return path }
        }
        return "leeway"
    }()

    /// Whether the program was built for speed, so that what counts seconds may hold it to them.
    static let isOptimized: Bool = {
        if ProcessInfo.processInfo.environment["LEEWAY_PROGRAM"] != nil { return true }
        #if DEBUG
            return false
        #else
            return true
        #endif
    }()

    /// The top folder of the source tree.
    static let sourceTree: URL = {
        let file = URL(filePath: #filePath)
        let folders = sequence(first: file) { $0.pathComponents.count > 1 ? $0.deletingLastPathComponent() : nil }
        return folders.first { FileManager.default.fileExists(atPath: $0.appending(path: "Package.swift").path) }
            ?? file
    }()

    /// The folder of the query engine's library: what `LEEWAY_DRIVER_PATH` names, else the source tree's.
    static let driverPath: String =
        ProcessInfo.processInfo.environment["LEEWAY_DRIVER_PATH"]
        ?? sourceTree.appending(path: ".native/lib").path

    /// Runs the program to its end; the wrapper is a command that runs it, such as one that makes it another user's.
    static func run(
        _ arguments: [String], in folder: URL, environment: [String: String] = [:], through wrapper: [String] = [],
        program: String = path
    ) async throws -> Ending {
        try await start(arguments, in: folder, environment: environment, through: wrapper, program: program).ending()
    }

    /// Starts the program.
    static func start(
        _ arguments: [String], in folder: URL, environment: [String: String] = [:], through wrapper: [String] = [],
        program: String = path
    ) throws -> RunningProgram {
        var variables = [
            "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "HOME": folder.path,
            "LANG": "C.UTF-8", "USER": "tester", "LEEWAY_DRIVER_PATH": driverPath,
        ]
        variables.merge(environment) { $1 }
        return try RunningProgram(wrapper + [program] + arguments, in: folder, environment: variables)
    }

    /// A text with `RUN` where the name of a run stands.
    static func withoutRunNames(_ text: String) -> String {
        text.replacing(/[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/, with: "RUN")
    }

    private final class Anchor {}
}
