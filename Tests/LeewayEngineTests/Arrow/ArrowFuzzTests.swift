import CADBC
import LeewayCore
import Testing

@testable import LeewayEngine

@Suite struct ArrowFuzzTests {
    @Test func `reads every sound specimen`() throws {
        let arena = try #require(Arena())
        for specimen in Specimen.all {
            arena.reset()
            let batch = specimen.batch(in: arena)
            #expect(throws: Never.self, "\(specimen.name)") {
                try readAll(schema: batch.schema.pointee, array: batch.array.pointee)
            }
            #expect(arena.releases == 1, "\(specimen.name)")
        }
    }

    @Test func `a damaged array is an error, never a crash`() async throws {
        let arena = try #require(Arena())
        let codes: Set<LeewayError.Code> = [.malformedArrow, .unsupportedType, .wrongColumnKind]
        var mutator = Mutator(seed: 20_260_401)
        var refused = 0
        for round in 0..<100_000 {
            // The tests that run beside this one measure time.
            if round % 100 == 0 { await Task.yield() }
            arena.reset()
            let batch = mutator.specimen().batch(in: arena)
            mutator.damage(batch)
            let wasReleased = batch.array.pointee.release == nil
            do {
                try readAll(schema: batch.schema.pointee, array: batch.array.pointee)
            } catch let error as LeewayError {
                refused += 1
                if !codes.contains(error.code) { Issue.record("\(error)") }
            }
            if arena.releases != (wasReleased ? 0 : 1) { Issue.record("\(arena.releases) releases") }
        }
        // Some damage is harmless, such as a null child of a column that has no children.
        #expect((50_000..<90_000).contains(refused), "\(refused)")
    }
}
