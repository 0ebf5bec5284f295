import LeewayCore
import LeewayTestSupport
import Testing

@testable import LeewayStore

@Suite struct IDSequenceTests {
    @Test func `ids ascend whatever the clock does`() {
        var generator = TestGenerator(seed: 1)
        var ids = IDSequence(random: { 0 })
        var (time, last, name) = (LogClock.noon, UUIDv7(high: 0, low: 0), UUIDv7(high: 0, low: 0))
        for _ in 0..<10_000 {
            time += [0, 0, 0, 1, 5, -3, -10_000, 10_001].randomElement(using: &generator) ?? 0
            let id = ids.next(at: Timestamp(milliseconds: time))
            #expect(id > last && id.time.milliseconds >= time)
            // Names fit between an id and the one before it.
            for place in [0, IDSequence.gap - 2] {
                name = IDSequence.name(before: id, place: place).id
                #expect(name < id && name > last && name.time == id.time)
            }
            last = id
        }
    }

    /// 2⁷⁴ steps are not to be waited for: here the random bits start at their end.
    @Test func `a full millisecond carries into the next`() {
        var carried = 0
        for seed in 0..<2000 as Range<UInt64> {
            var generator = TestGenerator(seed: seed)
            var ids = IDSequence(random: { generator.next() })
            let first = ids.next(at: Timestamp(milliseconds: 5))
            let second = ids.next(at: Timestamp(milliseconds: 4))
            #expect(first < second)
            carried += first.high == second.high ? 0 : 1
        }
        #expect(carried < 2)
        var ids = IDSequence(startingAt: UUIDv7(high: 5 << 16 | 0x7FFF, low: .max))
        let next = ids.next(at: Timestamp(milliseconds: 5))
        #expect(next.time == Timestamp(milliseconds: 6) && next.high & 0xFFF == 0)
    }

    @Test func `ids of two sequences differ, and those of one are spread`() {
        var sequences = (0..<2).map { _ in IDSequence(random: LogClock.random) }
        var (all, high): (Set<UUIDv7>, Set<UInt64>) = ([], [])
        for time in 0..<2000 as Range<Int64> {
            for place in sequences.indices {
                let id = sequences[place].next(at: Timestamp(milliseconds: 1_000_000 + time))
                all.insert(id)
                high.insert(id.high & 0xFFF)
            }
        }
        #expect(all.count == 4000)
        // 4000 draws of 4096 values leave 1541 of them out on average.
        #expect((2400...2700).contains(high.count))
    }

    @Test func `the fast way writes what the slow one does`() {
        var generator = TestGenerator(seed: 2)
        for _ in 0..<1000 {
            let id = UUIDv7(high: generator.next(), low: generator.next())
            var bytes = [UInt8](repeating: 0, count: 36)
            bytes.withUnsafeMutableBytes { buffer in if let base = buffer.baseAddress { id.write(to: base) } }
            #expect(String(decoding: bytes, as: UTF8.self) == id.description)
        }
    }
}
