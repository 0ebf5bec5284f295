import Dispatch

/// Runs an actor's work on a thread outside Swift's pool, one job after another.
///
/// A query blocks its thread for as long as it runs, and the pool has only as many threads as the machine has cores.
final class QueueExecutor: SerialExecutor {
    private let queue: DispatchQueue

    init(label: String) { queue = DispatchQueue(label: label) }

    func enqueue(_ job: consuming ExecutorJob) {
        let (job, executor) = (UnownedJob(job), asUnownedSerialExecutor())
        queue.async { job.runSynchronously(on: executor) }
    }
}
