import LeewayCore
import Testing

@Suite struct UUIDv7Tests {
    // RFC 9562, appendix A.6: the example of version 7.
    @Test func `the example of the RFC`() throws {
        let id = UUIDv7(Timestamp(milliseconds: 0x017F_22E2_79B0), random: (0xCC3, 0x18C4_DC0C_0C07_398F))
        #expect(id.description == "017f22e2-79b0-7cc3-98c4-dc0c0c07398f")
        #expect(id.time.description == "2022-02-22T19:22:22.000Z")
        #expect(UUIDv7("017F22E2-79B0-7CC3-98C4-DC0C0C07398F") == id)
    }

    @Test func `words keep their order in the text`() {
        let ids = [(0, 1), (0, 2), (1, 0), (1 << 40, 0)].map { UUIDv7(high: $0.0, low: $0.1) }
        #expect(ids == ids.sorted())
        #expect(ids.map(\.description) == ids.map(\.description).sorted())
    }

    @Test(
        arguments: [
            "", "017f22e2", "017f22e2-79b0-7cc3-98c4-dc0c0c07398", "017f22e2-79b0-4cc3-98c4-dc0c0c07398f",
            "017f22e2-79b0-7cc3-18c4-dc0c0c07398f", "017f22e279b07cc398c4dc0c0c07398f0000",
            "017f22e2-79b0-7cc3-98c4-dc0c0c07398g", "017f22e2-79b0-7cc3-98c4-dc0c0c07398ü",
        ])
    func `what is no UUID of version 7 is not read`(_ text: String) { #expect(UUIDv7(text) == nil) }
}
