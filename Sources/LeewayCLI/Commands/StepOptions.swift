import ArgumentParser
import LeewayWorkflow

/// How a step of the loop treats the machine; `leeway serve --loop` says it, nobody types it.
struct StepOptions: ParsableArguments {
    @Option(help: .hidden)
    var memoryLimit: String?

    @Flag(help: .hidden)
    var stepBack = false

    /// Holds this process to it, from now on, and gives the limit of its memory; `usualLimit` is the configuration's.
    @discardableResult
    func apply(usualLimit: ByteSize? = nil) -> ByteSize? {
        if stepBack { Machine.stepBack() }
        guard let limit = memoryLimit.flatMap({ ByteSize($0) }) ?? usualLimit else { return nil }
        Machine.limitMemory(to: limit.bytes)
        return limit
    }

    /// What of a process's memory the query engine may take before it spills.
    static func engineShare(of limit: ByteSize) -> String { "\(limit.bytes / 2_000_000)MB" }
}
