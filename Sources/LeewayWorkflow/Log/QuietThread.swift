import Dispatch
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A thread of the lowest priority, for work that must not delay answers: it runs when no one else wants to.
///
/// As a task's executor and as an actor's it runs what they do, one job after another. `end` ends it, once nothing of
/// its work is left.
package final class QuietThread: SerialExecutor, TaskExecutor {
    private let jobs = Mutex<[UnownedJob]>([])
    private let isOver = Mutex(false)
    private let signal = DispatchSemaphore(value: 0)

    /// Starts the thread; nil where the system has none to give.
    package init?() {
        let box = Unmanaged.passRetained(self)
        #if canImport(Glibc)
            var thread = pthread_t()
        #else
            var thread: pthread_t?
        #endif
        let failure = pthread_create(&thread, nil, runQuietThread, box.toOpaque())
        guard failure == 0 else {
            box.release()
            return nil
        }
        #if canImport(Glibc)
            pthread_detach(thread)
        #else
            if let thread { pthread_detach(thread) }
        #endif
    }

    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        jobs.withLock { $0.append(job) }
        signal.signal()
    }

    /// Ends the thread when what it was given is done.
    package func end() {
        isOver.withLock { $0 = true }
        signal.signal()
    }

    fileprivate func run() {
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
}

#if canImport(Glibc)
    private func runQuietThread(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
        guard let context else { return nil }
        Unmanaged<QuietThread>.fromOpaque(context).takeRetainedValue().run()
        return nil
    }
#else
    private func runQuietThread(_ context: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? {
        Unmanaged<QuietThread>.fromOpaque(context).takeRetainedValue().run()
        return nil
    }
#endif
