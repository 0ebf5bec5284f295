import LeewayCore
import LeewayStore
import Testing

@Suite struct ArtifactCodingTests {
    private struct Sample: Codable, Equatable {
        struct Part: Codable, Equatable { var depth: Int }

        var zeta = 1
        var alpha = "a/b é \"q\" \n"
        var list = [0.5]
        var parts: [Part] = []
    }

    @Test func `keys are sorted, slashes stay, and a line ends the file`() throws {
        let text = String(decoding: try ArtifactCoding.encode(Sample()), as: UTF8.self)
        #expect(
            text == """
                {
                  "alpha" : "a/b é \\"q\\" \\n",
                  "list" : [
                    0.5
                  ],
                  "parts" : [

                  ],
                  "zeta" : 1
                }

                """)
    }

    @Test func `equal values give equal bytes`() throws {
        let (first, second) = (
            ["b": 1, "a": 2, "C": 3, "a10": 4, "a9": 5], ["a9": 5, "a10": 4, "C": 3, "a": 2, "b": 1]
        )
        #expect(try ArtifactCoding.encode(first) == ArtifactCoding.encode(second))
    }

    @Test(arguments: [
        0.1 + 0.2, 0.1, 1.0 / 3, .pi, 1e22, 1e21, 123_456_789.123_456_79, -0.0, .leastNonzeroMagnitude,
        .leastNormalMagnitude, .greatestFiniteMagnitude, 0x1p-1064, 9_007_199_254_740_992, 5e-5, 1e16, 1e15,
    ])
    func `a double comes back to the last bit`(value: Double) throws {
        let loaded = try ArtifactCoding.decode([Double].self, from: ArtifactCoding.encode([value]), name: "x.json")
        #expect(loaded.map(\.bitPattern) == [value.bitPattern])
    }

    @Test func `many doubles come back to the last bit`() throws {
        var state: UInt64 = 1
        let values = (0..<20_000).map { _ -> Double in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let value = Double(bitPattern: state ^ state >> 29)
            return value.isFinite ? value : 1
        }
        let loaded = try ArtifactCoding.decode([Double].self, from: ArtifactCoding.encode(values), name: "x.json")
        #expect(loaded.map(\.bitPattern) == values.map(\.bitPattern))
    }

    @Test(arguments: [Double.nan, .infinity])
    func `a number that JSON has not is refused`(value: Double) {
        let error = #expect(throws: LeewayError.self) { try ArtifactCoding.encode([value]) }
        #expect(error?.code == .damagedArtifact)
        #expect(error?.hint == "Please report this as a bug.")
    }

    private static func failure(_ text: String) -> LeewayError? {
        #expect(throws: LeewayError.self) {
            try ArtifactCoding.decode(Sample.self, from: Array(text.utf8), name: "model.json")
        }
    }

    @Test(arguments: [
        (#"{"zeta":"x","alpha":"a","list":[],"parts":[]}"#, " at 'zeta'"),
        (#"{"alpha":"a","list":[],"parts":[]}"#, " at 'zeta'"),
        (#"{"zeta":1,"alpha":null,"list":[],"parts":[]}"#, " at 'alpha'"),
        (#"{"zeta":1,"alpha":"a","list":[1,"x"],"parts":[]}"#, " at 'list.1'"),
        (#"{"zeta":1,"alpha":"a","list":[],"parts":[{"depth":1},{}]}"#, " at 'parts.1.depth'"),
        ("{", ""), ("", ""), ("[]", ""), ("\u{0}\u{1}", ""),
    ])
    func `what can't be read is told by file and key`(text: String, place: String) {
        let error = Self.failure(text)
        #expect(error?.message == "model.json can't be read\(place).")
        #expect(error?.hint == "Was it edited, or written by another version?")
        #expect(error?.code == .damagedArtifact)
    }
}
