import LeewayCore
import LeewayValidate
import LeewayWire
import Testing

@Suite struct ContractSchemaTests {
    /// A field of every kind.
    static func contract(_ mode: Contract.Mode, trims: Bool = false) -> Contract {
        func category(
            _ place: Int, _ name: String, _ type: ColumnType, _ categories: [String], isClosed: Bool = false,
            isNullable: Bool = false
        ) -> Contract.Field {
            .init(
                name: name, type: type, storage: .category(place), categories: categories, isClosed: isClosed,
                isNullable: isNullable)
        }
        return Contract(
            fields: [
                .init(name: "int", type: .integer, storage: .number(0), minimum: 17, maximum: 90),
                .init(
                    name: "num", type: .number, storage: .number(1), minimum: -0.5, maximum: 0.5, isNullable: true),
                .init(
                    name: "free", type: .integer, storage: .number(2), isNullable: true, isRequired: false,
                    isFeature: false),
                category(0, "bool", .boolean, ["false", "true"], isClosed: true),
                category(1, "yes", .boolean, ["true"], isClosed: true, isNullable: true),
                category(2, "bool open", .boolean, [], isNullable: true),
                category(3, "text", .text, ["a.b", "1", "true", "é\u{301}|", "NA"], isClosed: true),
                category(4, "text null", .text, ["a", "b"], isClosed: true, isNullable: true),
                category(5, "text open", .text, ["x"]),
                category(6, "int category", .integer, ["1", "2", "02", "x"], isClosed: true),
                category(7, "int open", .integer, ["1", "2", "x"]),
                category(8, "day", .date, ["2020-01-01"], isClosed: true),
                category(9, "moment", .timestamp, [], isNullable: true),
            ], target: "y", mode: mode, cleaning: .init(trims: trims, missing: ["?", "NA"]))
    }

    private static let good: [(String, [JSONValue])] = [
        ("int", [17, 50.0, 90]), ("num", [0, -0.5, .null]), ("free", [.null, 1e300]), ("bool", [true, false]),
        ("yes", [true, .null]), ("bool open", [true, .null]), ("text", ["a.b", "1"]), ("text null", ["a", .null]),
        ("text open", ["x", "zz"]), ("int category", [1, 2]), ("int open", [1, 5]), ("day", ["2020-01-01"]),
        ("moment", [.null, "q"]),
    ]
    private static let any: [JSONValue] = [
        0, 1, 2, 17.5, 91, 1e300, true, false, .null, "", "?", " NA ", "1", "true", "TRUE", "t", " no", "F", " a\t",
        "x",
        "02", " 2 ", " 2020-01-01", "17", "+17", "17.", "1e2", "170e-1", "1e400", "1.5", ".5", ".0", "0x10", "nan",
        "5.5.5", [], [:],
        "é|", "é\u{301}|", "é\u{301}",
    ]

    private static func row(_ draws: inout JSONDraws) -> JSONValue {
        var members = good.map { ($0.0, $0.1[draws.below($0.1.count)]) }
        for _ in 0..<draws.below(3) {
            let place = draws.below(members.count)
            switch draws.below(8) {
            case 0 where members.count > 1: members.remove(at: place)
            case 1 where draws.below(3) == 0 && !members.contains { $0.0 == "more" }: members.append(("more", 1))
            default: members[place].1 = any[draws.below(any.count)]
            }
        }
        return .object(members)
    }

    private static func isAccepted(_ row: JSONValue, _ contract: Contract) throws -> Bool {
        var writer = JSONWriter()
        writer.value(row)
        return try writer.bytes.withUnsafeBufferPointer {
            try JSONRows.readBody($0, contract, rowLimit: 1).violationCount == 0
        }
    }

    @Test(arguments: Contract.Mode.allCases, [false, true])
    func `the schema's verdict on rows is the reader's`(mode: Contract.Mode, trims: Bool) throws {
        var draws = JSONDraws(seed: 31)
        let contract = Self.contract(mode, trims: trims)
        let schema = try JSONValue(parsing: ContractSchema.row(contract))
        var (good, bad, laxities) = (0, 0, 0)
        for _ in 0..<3000 {
            let row = Self.row(&draws)
            let isAccepted = try Self.isAccepted(row, contract)
            let isValid = try SchemaVerdict().isValid(row, schema)
            if isAccepted { good += 1 } else { bad += 1 }
            // Only a text that stands for a number may be valid and refused, where texts are converted.
            if isValid, !isAccepted, mode == .coerce {
                laxities += 1
            } else if isValid != isAccepted {
                Issue.record("differs: \(row)")
            }
        }
        #expect(good > 200)
        #expect(bad > 200 || mode == .lenient)
        #expect(laxities < 150)
    }

    @Test(arguments: Contract.Mode.allCases, [false, true])
    func `the example keeps to the contract`(mode: Contract.Mode, trims: Bool) throws {
        for contract in [Self.contract(mode, trims: trims), RowFixtures.contract(mode), RowFixtures.adult(mode)] {
            #expect(try Self.isAccepted(ContractSchema.example(contract), contract))
        }
    }

    @Test func `says what a strict contract says`() throws {
        let contract = Contract(
            fields: [
                .init(name: "age", type: .integer, storage: .number(0), minimum: 17, maximum: 90),
                .init(
                    name: "sex", type: .text, storage: .category(0), categories: ["F", "M"], isClosed: true,
                    isNullable: true, isRequired: false, isFeature: false),
            ], target: "income", mode: .strict, cleaning: .init(trims: false, missing: []))
        let schema = String(decoding: ContractSchema.row(contract), as: UTF8.self)
        let properties =
            #""properties":{"age":{"description":"A whole number from 17 to 90.","type":"integer","minimum":17,"maximum":90},"#
            + #""sex":{"description":"One of F, M, or null. The model does not use it.","type":["string","null"],"#
            + #""enum":["F","M",null]}},"required":["age"],"additionalProperties":false,"examples":[{"age":54}]}"#
        #expect(schema.hasSuffix(properties))
        #expect(schema.hasPrefix(#"{"$schema":"https://json-schema.org/draft/2020-12/schema","title":"#))
    }

    @Test func `asks nothing of a field in a lenient contract`() throws {
        let schema = try JSONValue(parsing: ContractSchema.row(RowFixtures.adult(.lenient)))
        #expect(schema["required"] == nil)
        #expect(schema["additionalProperties"] == nil)
        #expect(schema["properties"]?["age"]?.members.map(\.0) == ["description", "examples"])
    }
}
