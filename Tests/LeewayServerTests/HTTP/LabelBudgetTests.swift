import LeewayCore
import Synchronization
import Testing

@testable import LeewayServer

@Suite struct LabelBudgetTests {
    @Test func `each client has its own labels a minute`() throws {
        let clock = Clock()
        let budget = LabelBudget(limit: 100, seconds: { clock.seconds })
        try budget.take(60, by: "a")
        try budget.take(100, by: "b")
        #expect(throws: LeewayError.self) { try budget.take(41, by: "a") }
        // All or none: what was refused takes nothing.
        try budget.take(40, by: "a")
        #expect(throws: LeewayError.self) { try budget.take(1, by: "a") }
        try budget.take(100, by: nil)
        #expect(throws: LeewayError.self) { try budget.take(1, by: nil) }
        clock.step(60)
        try budget.take(100, by: "a")
    }

    /// Seconds that pass when they are told to.
    private final class Clock: Sendable {
        private let state = Mutex(0.0)

        var seconds: Double { state.withLock { $0 } }

        func step(_ seconds: Double) { state.withLock { $0 += seconds } }
    }
}
