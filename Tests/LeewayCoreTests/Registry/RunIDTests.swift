import LeewayCore
import Testing

@Suite struct RunIDTests {
    // Oracle: RFC 9562, appendix A.6: time 0x017F22E279B0, rand_a 0xCC3, rand_b 0x18C4DC0C0C07398F.
    @Test func `is the RFC's example`() {
        let id = RunID(Timestamp(milliseconds: 0x017F_22E2_79B0), random: (0xCC3, 0x18C4_DC0C_0C07_398F))
        #expect(id.description == "017f22e2-79b0-7cc3-98c4-dc0c0c07398f")
    }

    @Test(
        arguments: [
            (0, 0, "00000000-0000-7000-8000-000000000000"),
            (.max, .max, "00000000-0000-7fff-bfff-ffffffffffff"),
            (0xF000, 0xC000_0000_0000_0001, "00000000-0000-7000-8000-000000000001"),
        ] as [(UInt64, UInt64, String)])
    func `version and variant stand whatever is drawn`(first: UInt64, second: UInt64, expected: String) {
        #expect(RunID(Timestamp(milliseconds: 0), random: (first, second)).description == expected)
    }

    @Test func `a later name sorts after an earlier one`() {
        let times: [Int64] = [0, 1, 999, 1_000, 1_795_478_398_007, 1_795_478_398_008, 253_402_300_798_007]
        let names = times.enumerated().map { place, time in
            RunID(Timestamp(milliseconds: time), random: (place.isMultiple(of: 2) ? .max : 0, 7)).description
        }
        #expect(names.sorted() == names)
    }

    @Test func `a name is read back as it was written`() {
        let id = RunID(Timestamp(milliseconds: 1_795_478_398_007), random: (1, 2))
        #expect(RunID(id.description) == id)
    }

    @Test(arguments: [
        "", "champion", "../../etc", "017f22e2-79b0-7cc3-98c4-dc0c0c07398", "017F22E2-79B0-7CC3-98C4-DC0C0C07398F",
        "017f22e279b07cc398c4dc0c0c07398f", "017f22e2-79b0-7cc3-98c4-dc0c0c07398f-",
        "017f22e2-79b0-7cc3-98c4-dc0c0c07398g",
    ])
    func `anything else is no name`(text: String) {
        #expect(RunID(text) == nil)
    }
}
