import LeewayCore
import LeewayMonitor
import Testing

@Suite struct WindowBinsTests {
    private static func numbers(_ values: [Double], named name: String = "x") -> ReferenceCounts {
        ReferenceCounts(.init(name, .numeric(values)))
    }

    private static func categories(_ values: [String]) -> ReferenceCounts {
        ReferenceCounts(.init("c", .categorical(Categorical(values))))
    }

    @Test func `columns keep their order, score and label come last and have no name to be found by`() {
        let reference = [Self.categories(["b", "a"]), Self.numbers([2, 1], named: "score")]
        let bins = WindowBins(reference, labels: ["no", "yes"])
        #expect(bins.names == ["c", "score", "score", "label"])
        #expect(
            bins.values == [
                .categories(["a", "b"]), .numbers([1, 2]), .numbers(WindowBins.scoreEdges), .categories(["no", "yes"]),
            ])
        #expect(bins.column(named: "c") == 0 && bins.column(named: "score") == 1 && bins.column(named: "label") == nil)
        #expect(bins.score == 2 && bins.label == 3)
        #expect(WindowBins.scoreEdges.count == 257)
        #expect(WindowBins.scoreEdges.first == 0 && WindowBins.scoreEdges[1] == 0.00390625)
        #expect(WindowBins.scoreEdges.last == 1)
    }

    @Test func `a category's code is its place, byte for byte`() {
        let bins = WindowBins([Self.categories(["z", "\u{E9}", ""])], labels: ["no", "yes"])
        #expect(["", "z", "\u{E9}", "e\u{301}", "y"].map { bins.code(of: $0, in: 0) } == [0, 1, 2, -2, -2])
        #expect(["yes", "no", "maybe"].map { bins.code(of: $0, in: bins.label) } == [1, 0, -2])
        let flipped = WindowBins([], labels: ["yes", "no"])
        #expect(["yes", "no", "maybe"].map { flipped.code(of: $0, in: flipped.label) } == [0, 1, -2])
    }

    @Test(arguments: [0, 1, 2, 3, 100]) func `every category of many is found, and none that is not there`(count: Int) {
        let bins = WindowBins([Self.categories((0..<count).map { "\(2 * $0 + 1)" })], labels: ["no", "yes"])
        guard case .categories(let categories) = bins.values[0] else { return }
        #expect(categories.map { bins.code(of: $0, in: 0) } == categories.indices.map(Int32.init))
        for other in ["", "0", "2", "16", "300", "~"] { #expect(bins.code(of: other, in: 0) == WindowCounts.newCode) }
    }

    @Test func `equal bins have equal fingerprints, on every machine`() {
        let bins = WindowBins([Self.numbers([1, 2]), Self.categories(["a"])], labels: ["no", "yes"])
        let again = WindowBins([Self.numbers([2, 1, 1, .nan]), Self.categories(["a", "a"])], labels: ["no", "yes"])
        #expect(bins.fingerprint == again.fingerprint)
        #expect(bins.fingerprint == 6_265_759_661_648_256_499)
    }

    @Test func `bins that differ in anything have other fingerprints`() {
        let all = [
            WindowBins([Self.numbers([1, 2])], labels: ["no", "yes"]),
            WindowBins([Self.numbers([1, 3])], labels: ["no", "yes"]),
            WindowBins([Self.numbers([1])], labels: ["no", "yes"]),
            WindowBins([Self.numbers([1, 2])], labels: ["yes", "no"]),
            WindowBins([Self.numbers([1, 2], named: "y")], labels: ["no", "yes"]),
            WindowBins([Self.numbers([1], named: "x"), Self.numbers([2], named: "y")], labels: ["no", "yes"]),
            WindowBins([Self.numbers([2], named: "y"), Self.numbers([1], named: "x")], labels: ["no", "yes"]),
            WindowBins([Self.categories(["1", "2"])], labels: ["no", "yes"]),
            WindowBins([Self.categories(["12"])], labels: ["no", "yes"]),
            WindowBins([], labels: ["no", "yes"]),
        ]
        #expect(Set(all.map(\.fingerprint)).count == all.count)
    }
}
