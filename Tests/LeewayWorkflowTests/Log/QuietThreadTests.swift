import Testing

@testable import LeewayWorkflow

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

@Suite struct QuietThreadTests {
    private actor Worker {
        nonisolated let executor: QuietThread
        nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

        init(_ executor: QuietThread) { self.executor = executor }

        func thread() -> UInt { QuietThreadTests.thread() }
    }

    private static func thread() -> UInt { UInt(bitPattern: pthread_self().hashValue) }

    private static func priority() -> Int32 {
        #if canImport(Glibc)
            return getpriority(.init(PRIO_PROCESS.rawValue), 0)
        #else
            return Int32(qos_class_self().rawValue)
        #endif
    }

    @concurrent private static func look() async -> (thread: UInt, priority: Int32) {
        await Task.yield()
        return (thread(), priority())
    }

    @Test func `tasks and actors share one thread of the lowest priority, and no other is slowed down`() async throws {
        let before = Self.priority()
        let quiet = try #require(QuietThread())
        let worker = Worker(quiet)
        let (first, second, third) = await withTaskExecutorPreference(quiet) {
            (await Self.look(), await worker.thread(), await Self.look())
        }
        #expect(first.thread == second && second == third.thread)
        #if canImport(Glibc)
            #expect(first.priority == 19 && third.priority == 19)
        #endif
        quiet.end()
        let after = await Self.look()
        #expect(after.thread != first.thread && after.priority == before)
    }
}
