import Dispatch
import LeewayCore
import LeewayStore
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A thread of the lowest priority, for work that must not delay answers: it runs when no one else wants to.
///
/// As a task's executor and as an actor's it runs what they do, one job after another.
package final class QuietThread: SerialExecutor, TaskExecutor {
    private let jobs = Mutex<[UnownedJob]>([])
    private let isOver = Mutex(false)
    private let signal = DispatchSemaphore(value: 0)

    /// Runs work on a quiet thread that is started for it, and ends with it.
    ///
    /// On Linux a thread passes its priority on to those that it starts. So the work must wake no one who waits in a
    /// pool, which then might start a thread that stays slow for ever: a third thread, of the usual priority, waits for
    /// the work's end and does that.
    /// - Throws: what the work throws; `engineFailed` where the system has no thread to give.
    package static func run<Outcome: Sendable>(
        _ work: @escaping @Sendable (QuietThread) async throws -> Outcome
    ) async throws -> Outcome {
        let relay = Relay<Outcome>()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let isStarted = PlainThread.start {
                    let quiet = QuietThread()
                    guard PlainThread.start({ quiet.run() }) else {
                        continuation.resume(throwing: Self.noThread)
                        return
                    }
                    relay.begin(
                        Task(executorPreference: quiet) {
                            do {
                                relay.finish(.success(try await work(quiet)))
                            } catch {
                                relay.finish(.failure(error))
                            }
                        })
                    let outcome = relay.wait()
                    quiet.end()
                    continuation.resume(with: outcome)
                }
                if !isStarted { continuation.resume(throwing: Self.noThread) }
            }
        } onCancel: {
            relay.cancel()
        }
    }

    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        jobs.withLock { $0.append(job) }
        signal.signal()
    }

    private func end() {
        isOver.withLock { $0 = true }
        signal.signal()
    }

    private func run() {
        Self.yieldToAll()
        while true {
            signal.wait()
            let next = jobs.withLock { jobs in jobs.isEmpty ? nil : jobs.removeFirst() }
            if let next {
                next.runSynchronously(isolatedTo: asUnownedSerialExecutor(), taskExecutor: asUnownedTaskExecutor())
            } else if isOver.withLock({ $0 }) {
                return
            }
        }
    }

    /// Gives this thread, and those that it starts, the lowest priority that there is.
    private static func yieldToAll() {
        #if canImport(Glibc)
            // On Linux a priority is a thread's, and 0 stands for the one that asks.
            setpriority(.init(PRIO_PROCESS.rawValue), 0, 19)
        #else
            pthread_set_qos_class_self_np(QOS_CLASS_BACKGROUND, 0)
        #endif
    }

    private static let noThread = LeewayError(
        .engineFailed, "Can't start a thread for quiet work.", hint: "Raise the limit of processes.")
}

/// What the quiet thread hands to the one that waits for it.
private final class Relay<Outcome: Sendable>: Sendable {
    private struct State {
        var task: Task<Void, Never>?
        var isCancelled = false
        var outcome: Result<Outcome, any Error>?
    }

    private let state = Mutex(State())
    private let signal = DispatchSemaphore(value: 0)

    func begin(_ task: Task<Void, Never>) {
        let isCancelled = state.withLock { state in
            state.task = task
            return state.isCancelled
        }
        if isCancelled { task.cancel() }
    }

    func cancel() {
        let task = state.withLock { state in
            state.isCancelled = true
            return state.task
        }
        task?.cancel()
    }

    func finish(_ outcome: Result<Outcome, any Error>) {
        state.withLock { $0.outcome = outcome }
        signal.signal()
    }

    func wait() -> Result<Outcome, any Error> {
        signal.wait()
        return state.withLock { $0.outcome } ?? .failure(CancellationError())
    }
}
