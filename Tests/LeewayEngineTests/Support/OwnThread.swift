import Dispatch

/// Runs a task on a thread of its own, so that what it measures does not wait for the tests that run beside it.
final class OwnThread: TaskExecutor {
    private let queue = DispatchQueue(label: "leeway.test")

    func enqueue(_ job: consuming ExecutorJob) {
        let (job, executor) = (UnownedJob(job), asUnownedTaskExecutor())
        queue.async { job.runSynchronously(on: executor) }
    }
}
