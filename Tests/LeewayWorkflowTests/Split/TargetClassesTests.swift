import LeewayCore
import Testing

@testable import LeewayWorkflow

@Suite struct TargetClassesTests {
    private static func classes(_ texts: [String?], positive: String? = nil) throws -> TargetClasses {
        // In the order of appearance, as the reader makes them.
        var categories: [String] = []
        for case let text? in texts where !categories.contains(text) { categories.append(text) }
        let codes = texts.map { text in Int32(text.flatMap { categories.firstIndex(of: $0) } ?? -1) }
        return try TargetClasses(
            of: Categorical(categories: categories, codes: codes), TargetConfiguration(column: "y", positive: positive))
    }

    @Test(arguments: [
        ("no", "yes"), ("0", "1"), ("2", "10"), ("-1", "1"), ("1e-3", "0.5"), ("10", "2x"), ("B", "a"), ("a", "é"),
        ("", "x"),
        ("0.0", "1.0"), ("<=50K", ">50K"), ("1", "1.0"),
    ])
    func `the last of the two is positive: by number where both are numbers, else by bytes`(
        negative: String, positive: String
    ) throws {
        for texts in [[negative, positive, nil], [positive, nil, negative, positive]] {
            let classes = try Self.classes(texts)
            #expect(classes.positive == positive && classes.negative == negative)
            #expect(Int(classes.positiveCode) == texts.compactMap { $0 }.firstIndex(of: positive))
        }
    }

    @Test func `the configured class is positive`() throws {
        let classes = try Self.classes(["yes", "no"], positive: "no")
        #expect(classes.positive == "no" && classes.negative == "yes" && classes.positiveCode == 1)
    }

    @Test func `a configured class that is none is refused without a value of the data`() {
        let expected = LeewayError(
            .unusableTarget, "'target.positive' is none of the two classes of 'y'.",
            hint: "See target.classes in ingestion_report.json.")
        #expect(throws: expected) { try Self.classes(["a", "b"], positive: "c") }
    }

    @Test(
        arguments: [
            ([], "0 classes"), ([nil, nil], "0 classes"), (["a", nil, "a"], "1 class"), (["a", "b", "c"], "3 classes"),
        ] as [([String?], String)])
    func `any other number of classes is refused`(texts: [String?], words: String) {
        let expected = LeewayError(.unusableTarget, "The target 'y' has \(words) where two are needed.")
        #expect(throws: expected) { try Self.classes(texts) }
    }

    @Test func `a class that stands in no row does not count`() throws {
        let target = Categorical(categories: ["unused", "b", "a"], codes: [1, 2])
        let classes = try TargetClasses(of: target, TargetConfiguration(column: "y"))
        #expect(classes.positive == "b" && classes.positiveCode == 1)
    }

    /// NaN is no number that could be smaller or larger: the order of the rows must not decide.
    @Test(arguments: [["nan", "1"], ["1", "nan"]])
    func `a class named nan is a text`(texts: [String]) throws {
        let classes = try Self.classes(texts)
        #expect(classes.positive == "nan")
    }
}
