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
        let (first, second, third) = try await QuietThread.run { quiet in
            let worker = Worker(quiet)
            return (await Self.look(), await worker.thread(), await Self.look())
        }
        #expect(first.thread == second && second == third.thread)
        #if canImport(Glibc)
            #expect(first.priority == 19 && third.priority == 19)
        #endif
        // Whatever threads the pool has or starts now: none is quiet.
        let others = await withTaskGroup { group in
            for _ in 0..<64 { group.addTask { await Self.look() } }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(others.allSatisfy { $0.thread != first.thread && $0.priority == before })
    }

    @Test func `errors come through, and cancelling does`() async throws {
        struct Failure: Error {}
        await #expect(throws: Failure.self) { try await QuietThread.run { _ in throw Failure() } }
        let task = Task {
            try await QuietThread.run { _ in
                while !Task.isCancelled { await Task.yield() }
                return 7
            }
        }
        task.cancel()
        #expect(try await task.value == 7)
    }
}
