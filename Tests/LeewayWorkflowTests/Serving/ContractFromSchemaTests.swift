import LeewayCore
import LeewayLearn
import LeewayValidate
import Testing

@testable import LeewayWorkflow

/// The contract that a version's schema makes, and what the user adds to it.
@Suite struct ContractFromSchemaTests {
    private static let schema = Schema(
        columns: [
            .init(name: "id", type: .integer, nullShare: 0, minimum: 1, maximum: 9),
            .init(name: "age", type: .integer, nullShare: 0, minimum: 17, maximum: 90),
            .init(name: "job", type: .text, nullShare: 0, categories: ["clerk", "smith"]),
            .init(name: "y", type: .text, nullShare: 0, categories: ["no", "yes"]),
            .init(name: "rate", type: .number, nullShare: 0.125, minimum: -1, maximum: 3),
            .init(name: "city", type: .text, nullShare: 0.5),
            .init(name: "born", type: .date, nullShare: 0, categories: nil),
            .init(name: "kind", type: .text, nullShare: 0, categories: ["a"]),
        ], target: "y")

    /// Fitted on age, rate, job and city; id, born and kind are no features.
    private static func preprocessor() throws -> Preprocessor.Fitted {
        try Preprocessor(numeric: ["age", "rate"], categorical: ["job", "city"]).fit(
            Dataset(columns: [
                .init("age", .numeric([17, 90])), .init("rate", .numeric([-1, 3])),
                .init("job", .categorical(Categorical(["smith", "clerk"]))),
                .init("city", .categorical(Categorical(["Rome", "Oslo"]))),
            ]))
    }

    private static func contract(_ settings: ContractSettings = .init()) throws -> Contract {
        Contract(
            schema: schema, preprocessor: try preprocessor(), cleaning: .init(trims: true, missing: ["?"]), settings)
    }

    private static func field(_ name: String, _ settings: ContractSettings = .init()) throws -> Contract.Field {
        try #require(contract(settings).fields.first { $0.name == name })
    }

    @Test func `fields are the columns but for the target, with what training saw`() throws {
        let contract = try Self.contract()
        #expect(contract.target == "y" && contract.mode == .strict && contract.cleaning.missing == ["?"])
        #expect(
            contract.fields == [
                // What the model does not use may be anything of its type, or left out.
                .init(
                    name: "id", type: .integer, storage: .number(0), isNullable: true, isRequired: false,
                    isFeature: false),
                .init(name: "age", type: .integer, storage: .number(1), minimum: 17, maximum: 90),
                .init(
                    name: "job", type: .text, storage: .category(0), categories: ["clerk", "smith"], isClosed: true),
                .init(
                    name: "rate", type: .number, storage: .number(2), minimum: -1, maximum: 3, isNullable: true,
                    isRequired: false),
                // Too many to be listed in the schema: known, but open.
                .init(
                    name: "city", type: .text, storage: .category(1), categories: ["Oslo", "Rome"], isNullable: true,
                    isRequired: false),
                .init(
                    name: "born", type: .date, storage: .category(2), isNullable: true, isRequired: false,
                    isFeature: false),
                .init(
                    name: "kind", type: .text, storage: .category(3), categories: ["a"], isNullable: true,
                    isRequired: false, isFeature: false),
            ])
        #expect(contract.numberNames == ["id", "age", "rate"] && contract.numberCount == 3)
        #expect(contract.categoryFields.map(\.name) == ["job", "city", "born", "kind"] && contract.categoryCount == 4)
    }

    @Test func `slack widens the range of features at both ends`() throws {
        let settings = ContractSettings(rangeSlack: 0.5)
        let (age, rate) = (try Self.field("age", settings), try Self.field("rate", settings))
        #expect(age.minimum == -19.5 && age.maximum == 126.5)
        #expect(rate.minimum == -3 && rate.maximum == 5)
        #expect(try Self.field("id", settings).minimum == nil)
    }

    @Test func `the user has the last word`() throws {
        let settings = ContractSettings(
            mode: .coerce, rangeSlack: 0.5,
            columns: [
                "age": .init(minimum: 0, isNullable: true), "rate": .init(maximum: 9, isNullable: false),
                "job": .init(values: ["smith", "baker"]), "city": .init(values: ["Bonn"], isRequired: true),
                "id": .init(minimum: 5, isRequired: true), "kind": .init(values: ["b"]), "none": .init(minimum: 1),
            ])
        let fields = try Self.contract(settings).fields
        #expect(
            fields[..<5] == [
                .init(
                    name: "id", type: .integer, storage: .number(0), minimum: 5, isNullable: true, isFeature: false),
                // May be null now, and so be left out; the other end keeps its slack.
                .init(
                    name: "age", type: .integer, storage: .number(1), minimum: 0, maximum: 126.5, isNullable: true,
                    isRequired: false),
                .init(
                    name: "job", type: .text, storage: .category(0), categories: ["smith", "baker"], isClosed: true),
                .init(name: "rate", type: .number, storage: .number(2), minimum: -3, maximum: 9),
                .init(
                    name: "city", type: .text, storage: .category(1), categories: ["Bonn"], isClosed: true,
                    isNullable: true),
            ])
        #expect(try Self.contract(settings).mode == .coerce)
    }

    @Test func `the files of a version make the contract of what trained it`() async throws {
        let served = try await ServedProject()
        let model = try served.session { $0.contract = .strict }.catalog.find("credit")
        #expect(model.contract.mode == .strict && model.contract.target == "y")
        #expect(model.contract.cleaning == .init(trims: true, missing: ["?"]))
        let words = model.contract.fields.map { "\($0.name): \($0.expectation), \($0.isRequired), \($0.isClosed)" }
        #expect(
            words == [
                "age: a whole number from 18 to 77, true, false",
                "rate: a number from 0.125 to 124.75, or null, false, false", "job: a text, true, true",
                "city: a text, or null, false, true", "member: true or false, true, true",
                "born: a date as text, or null, false, false", "code: a text, or null, false, false",
            ])
        let job = try #require(model.contract.fields.first { $0.name == "job" })
        #expect(job.categories == ["Sales, \"x\"", "caf\u{E9}", "clerk", "smith"])
        let rows = try ServedRows.read(#"{"age":78,"job":"clerk","member":1,"code":"new"}"#, model)
        #expect(rows.violations.map { "\($0.field) \($0.rule.rawValue)" } == ["age range", "member type"])
        #expect(rows.unknownTexts.map(\.text) == ["new"])
    }
}
