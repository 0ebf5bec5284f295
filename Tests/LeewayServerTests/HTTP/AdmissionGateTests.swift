import Testing

@testable import LeewayServer

@Suite struct AdmissionGateTests {
    /// Starts one that wants a place, and returns once it waits.
    private static func wait(_ gate: AdmissionGate, deadline: Double) async -> Task<Bool, Never> {
        let before = gate.load.waiting
        let task = Task { await gate.enter(deadline: deadline) }
        // Bounded, so that a gate that lets it in at once makes a red test and not an endless one.
        for _ in 0..<100_000 where gate.load.waiting == before { await Task.yield() }
        return task
    }

    /// Whether one who wants a place is turned away at once; who waits instead is sent home, so that no test is endless.
    private static func isTurnedAway(
        _ gate: AdmissionGate, deadline: @escaping @Sendable () -> Double = { 1 }
    ) async -> Bool {
        let before = gate.load.turnedAway
        let task = Task { await gate.enter(deadline: deadline()) }
        for _ in 0..<100_000 where gate.load.turnedAway == before { await Task.yield() }
        let isAtOnce = gate.load.turnedAway == before + 1
        if !isAtOnce { gate.expire(now: .infinity) }
        _ = await task.value
        return isAtOnce
    }

    private static func load(_ gate: AdmissionGate) -> [Int] {
        [gate.load.active, gate.load.waiting, gate.load.turnedAway]
    }

    @Test func `so many are in, so many wait, and the rest is turned away at once`() async {
        let gate = AdmissionGate(limit: 2, queue: 2)
        for _ in 0..<2 { #expect(await gate.enter(deadline: 1)) }
        let first = await Self.wait(gate, deadline: 1)
        let second = await Self.wait(gate, deadline: 1)
        #expect(await Self.isTurnedAway(gate))
        #expect(Self.load(gate) == [2, 2, 1])
        // Places go to those who waited, in their order: nobody gets in before them.
        gate.leave()
        #expect(await first.value)
        #expect(Self.load(gate) == [2, 1, 1])
        gate.leave()
        #expect(await second.value)
        #expect(Self.load(gate) == [2, 0, 1])
        gate.leave()
        gate.leave()
        #expect(Self.load(gate) == [0, 0, 1])
    }

    @Test func `nobody waits where there is no queue`() async {
        let gate = AdmissionGate(limit: 1, queue: 0)
        #expect(await gate.enter(deadline: 1))
        #expect(await Self.isTurnedAway(gate))
        gate.leave()
        #expect(await gate.enter(deadline: 1))
        #expect(Self.load(gate) == [1, 0, 1])
    }

    @Test func `who has waited too long is turned away, and nobody else`() async {
        let gate = AdmissionGate(limit: 1, queue: 10)
        #expect(await gate.enter(deadline: 0))
        let late = await Self.wait(gate, deadline: 5)
        let patient = await Self.wait(gate, deadline: 9)
        let last = await Self.wait(gate, deadline: 6)
        gate.expire(now: 5)
        #expect(Self.load(gate) == [1, 3, 0])
        gate.expire(now: 7)
        #expect(Self.load(gate) == [1, 1, 2])
        #expect(await !late.value)
        #expect(await !last.value)
        gate.leave()
        #expect(await patient.value)
        #expect(Self.load(gate) == [1, 0, 2])
        gate.expire(now: 100)
        gate.leave()
        #expect(Self.load(gate) == [0, 0, 2])
    }

    @Test func `the deadline is asked for by those alone who wait`() async {
        let gate = AdmissionGate(limit: 1, queue: 0)
        @Sendable func never() -> Double {
            Issue.record("nobody has to wait")
            return 0
        }
        #expect(await gate.enter(deadline: never()))
        #expect(await Self.isTurnedAway(gate, deadline: never))
    }

    /// Law: never more than the limit at once, and all who get in get out.
    @Test func `many at once keep to the limit`() async {
        let gate = AdmissionGate(limit: 3, queue: 1_000)
        let admitted = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<1_000 {
                group.addTask {
                    guard await gate.enter(deadline: 1) else { return false }
                    if gate.load.active > 3 { Issue.record("more than three are in") }
                    await Task.yield()
                    gate.leave()
                    return true
                }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(admitted == 1_000 && Self.load(gate) == [0, 0, 0])
    }
}
