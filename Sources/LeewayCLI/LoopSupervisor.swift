import LeewayCore
import LeewayStore
import LeewayWorkflow

/// Lets a server's project be monitored and retrained beside it: each step is a process of its own, with a low priority and a
/// memory limit, so that nothing in it can hurt an answer.
///
/// What steps find and do is in the registry. Killed at any moment, the next one goes on.
struct LoopSupervisor: Sendable {
    let configurationPath: String
    let driverPath: String?
    let interval: Duration
    let memoryLimit: ByteSize?
    /// Says what went wrong with a step.
    let warn: @Sendable (String) -> Void

    /// A look at the log and the labels.
    private static let monitorTimeout = Duration.seconds(1800)
    /// A training of many millions of rows may take long.
    private static let retrainTimeout = Duration.seconds(24 * 3600)
    /// What a step may hold in memory where the user does not say: half of the machine's.
    private static var usualLimit: Int { Machine.memory / 2 }

    /// Takes steps until the task is cancelled.
    func run() async {
        guard let program = Machine.programPath else { return warn("the program does not know where it is") }
        let clock = ContinuousClock()
        var next = clock.now
        while !Task.isCancelled {
            await step(program, "monitor", Self.monitorTimeout, fine: [0, 4])
            // 1 and 5 are told by the registry, and on stderr.
            await step(program, "retrain", Self.retrainTimeout, fine: [0, 1, 3, 5])
            repeat { next += interval } while next < clock.now
            guard (try? await clock.sleep(until: next)) != nil else { break }
        }
    }

    private func step(_ program: String, _ name: String, _ timeout: Duration, fine: [Int32]) async {
        guard !Task.isCancelled else { return }
        var arguments = [
            program, name, "--once", "--quiet", "--config", configurationPath, "--step-back", "--memory-limit",
            "\(memoryLimit?.bytes ?? Self.usualLimit)",
        ]
        if let driverPath { arguments += ["--driver-path", driverPath] }
        let ending = await CommandRun(arguments, timeout: timeout, inheritsErrors: true).run(input: [])
        guard !Task.isCancelled else { return }
        switch ending {
        case .exited(let code) where fine.contains(code): break
        case .exited(let code): warn("the step '\(name)' ended with code \(code)")
        case .killed(let signal): warn("the step '\(name)' was killed by signal \(signal); the next one goes on")
        case .timedOut: warn("the step '\(name)' took longer than \(timeout.components.seconds) s and was ended")
        case .notStarted(let reason): warn("the step '\(name)' could not be started: \(reason)")
        }
    }
}
