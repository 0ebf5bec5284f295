import Foundation
import Synchronization
import Testing

/// A process that was started: can be watched, sent signals, and waited for.
final class RunningProgram: Sendable {
    /// How long a process may take before it is killed.
    private static let patience = 300.0
    /// No other process may be started while this one's pipes are open in ours: it would hold them open.
    private static let startLock = Mutex(())

    private let process: Process
    private let output = StreamReader()
    private let errors = StreamReader()
    private let isOver = Latch()

    /// Starts the first of the words with the others as its arguments, with nothing to read on stdin.
    init(_ words: [String], in folder: URL, environment: [String: String]) throws {
        let (process, isOver) = (Process(), isOver)
        process.executableURL = URL(filePath: words[0].contains("/") ? words[0] : "/usr/bin/env")
        process.arguments = words[0].contains("/") ? Array(words.dropFirst()) : words
        process.currentDirectoryURL = folder
        process.environment = environment
        process.standardInput = FileHandle.nullDevice
        process.terminationHandler = { _ in isOver.open() }
        self.process = process
        let (outputPipe, errorPipe) = try Self.startLock.withLock { _ in
            let pipes = (Pipe(), Pipe())
            process.standardOutput = pipes.0
            process.standardError = pipes.1
            try process.run()
            return pipes
        }
        output.read(outputPipe.fileHandleForReading)
        errors.read(errorPipe.fileHandleForReading)
        let number = process.processIdentifier
        DispatchQueue.global().asyncAfter(deadline: .now() + Self.patience) {
            if !isOver.isOpen { kill(number, SIGKILL) }
        }
    }

    /// The process's number.
    var id: Int32 { process.processIdentifier }

    /// Sends a signal, unless the process has ended.
    func send(_ signal: Int32) {
        if !isOver.isOpen { kill(process.processIdentifier, signal) }
    }

    /// Waits until a text stands on stderr; false where the process ended without it.
    func saysOnErrors(_ text: String) async -> Bool { await errors.contains(text) }

    /// Waits until a text stands on stdout; false where the process ended without it.
    func saysOnOutput(_ text: String) async -> Bool { await output.contains(text) }

    /// What stands on stderr until now.
    var errorsSoFar: String { errors.textSoFar }

    /// What stands on stdout until now.
    var outputSoFar: String { output.textSoFar }

    /// Waits for the end.
    func ending() async -> Program.Ending {
        await isOver.wait()
        let (output, errors) = (await output.text(), await errors.text())
        let isExit = process.terminationReason == .exit
        return Program.Ending(
            status: isExit ? process.terminationStatus : -process.terminationStatus, output: output, errors: errors)
    }
}

/// Closed at first; whoever waits goes on once it is opened.
final class Latch: Sendable {
    private struct State {
        var isOpen = false
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())

    var isOpen: Bool { state.withLock { $0.isOpen } }

    func open() {
        let waiting = state.withLock { state in
            state.isOpen = true
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in waiting { continuation.resume() }
    }

    func wait() async {
        await withCheckedContinuation { continuation in
            let isOpen = state.withLock { state in
                if !state.isOpen { state.waiting.append(continuation) }
                return state.isOpen
            }
            if isOpen { continuation.resume() }
        }
    }
}

/// Reads a stream to its end, and tells when a text has come.
private final class StreamReader: Sendable {
    private struct State {
        var bytes: [UInt8] = []
        var awaited: [(text: String, latch: Latch)] = []
    }

    private let state = Mutex(State())
    private let isOver = Latch()

    /// Reads on a thread of its own: a shared one might come only once another process has ended.
    func read(_ handle: FileHandle) {
        Thread.detachNewThread { [self] in
            // Not `read(upToCount:)`, which waits until it has as much as that.
            while case let data = handle.availableData, !data.isEmpty { add(Array(data)) }
            isOver.open()
            for awaited in state.withLock({ $0.awaited }) { awaited.latch.open() }
        }
    }

    /// The whole text, once it is there.
    func text() async -> String {
        await isOver.wait()
        return String(decoding: state.withLock { $0.bytes }, as: UTF8.self)
    }

    /// The text until now.
    var textSoFar: String { String(decoding: state.withLock { $0.bytes }, as: UTF8.self) }

    /// Waits for a text; false where the stream ended without it.
    func contains(_ text: String) async -> Bool {
        let latch = Latch()
        let isThere = state.withLock { state in
            state.awaited.append((text, latch))
            return String(decoding: state.bytes, as: UTF8.self).contains(text)
        }
        if !isThere && !isOver.isOpen { await latch.wait() }
        return String(decoding: state.withLock { $0.bytes }, as: UTF8.self).contains(text)
    }

    private func add(_ bytes: [UInt8]) {
        let latches = state.withLock { state in
            state.bytes += bytes
            guard !state.awaited.isEmpty else { return [Latch]() }
            let text = String(decoding: state.bytes, as: UTF8.self)
            let found = state.awaited.filter { text.contains($0.text) }
            state.awaited.removeAll { text.contains($0.text) }
            return found.map(\.latch)
        }
        for latch in latches { latch.open() }
    }
}
