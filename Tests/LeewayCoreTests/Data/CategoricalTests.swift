import LeewayCore
import Testing

@Suite struct CategoricalTests {
    @Test func `codes follow the order of UTF-8 bytes`() {
        let values = Categorical(["é", nil, "b", "Z", "", "b", "😀", "\u{FFFD}"])
        #expect(values.categories == ["", "Z", "b", "é", "\u{FFFD}", "😀"])
        #expect(values.codes == [3, -1, 2, 1, 0, 2, 5, 4])
    }

    @Test func `a row gives its text, and a missing one none`() {
        let values = Categorical(["b", nil, "a"])
        #expect((0..<3).map { values[$0] } == ["b", nil, "a"])
    }

    @Test func `rows keep all categories`() {
        let values = Categorical(["b", nil, "a"]).rows([2, 2, 1])
        #expect(values == Categorical(categories: ["a", "b"], codes: [0, 0, -1]))
    }

    @Test func `no rows have no categories`() {
        #expect(Categorical([]) == Categorical(categories: [], codes: []))
        #expect(Categorical([nil, nil]) == Categorical(categories: [], codes: [-1, -1]))
    }

    @Test func `an empty text is a category`() {
        #expect(Categorical(["", nil]).codes == [0, Categorical.missing])
    }
}
