import Testing

@testable import LeewayCore

@Suite struct NearestNameTests {
    // Oracle: the restricted Damerau-Levenshtein distance (optimal string alignment), by hand.
    @Test(arguments: [
        ("", "", 0), ("", "abc", 3), ("abc", "", 3), ("abc", "abc", 0), ("kitten", "sitting", 3), ("ab", "ba", 1),
        ("ca", "abc", 3), ("income", "incmoe", 1), ("é", "e", 1), ("flaw", "lawn", 2),
    ])
    func `counts edits, a swap of neighbours as one`(left: String, right: String, edits: Int) {
        #expect(NearestName.edits(left, right) == edits)
        #expect(NearestName.edits(right, left) == edits)
    }

    @Test(arguments: [
        ("incom", "income"), ("Income", "income"), ("AGE", "age"), ("wokrclass", "workclass"), ("sx", "sex"),
        ("education num", "education_num"),
    ])
    func `finds what was meant`(written: String, meant: String) {
        #expect(NearestName.of(written, among: ["age", "sex", "income", "workclass", "education_num"]) == meant)
    }

    @Test(arguments: ["", "zzz", "outcome", "target"])
    func `finds nothing that is too far away`(written: String) {
        #expect(NearestName.of(written, among: ["age", "sex", "income"]) == nil)
        #expect(NearestName.of(written, among: []) == nil)
    }

    @Test func `of two that are as near, the first by name`() {
        #expect(NearestName.of("cat", among: ["hat", "bat", "dog"]) == "bat")
    }
}
