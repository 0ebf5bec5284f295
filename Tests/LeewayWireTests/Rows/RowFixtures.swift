import LeewayCore
import LeewayValidate
import LeewayWire

/// Contracts and bodies that the tests of rows share.
enum RowFixtures {
    static func contract(_ mode: Contract.Mode = .strict, trims: Bool = false) -> Contract {
        Contract(
            fields: [
                .init(name: "age", type: .integer, storage: .number(0), minimum: 17, maximum: 90),
                .init(
                    name: "work", type: .text, storage: .category(0), categories: ["a", "b,\"c\"\n"], isClosed: true),
                .init(name: "note", type: .text, storage: .category(1), isNullable: true, isRequired: false),
                .init(name: "gain", type: .number, storage: .number(1), isNullable: true),
            ], target: "income", mode: mode, cleaning: .init(trims: trims, missing: ["?"]))
    }

    /// Fields and ranges as those of the Adult data.
    static func adult(_ mode: Contract.Mode = .strict, trims: Bool = true) -> Contract {
        func number(_ place: Int, _ name: String, _ minimum: Double, _ maximum: Double) -> Contract.Field {
            .init(name: name, type: .integer, storage: .number(place), minimum: minimum, maximum: maximum)
        }
        func text(_ place: Int, _ name: String, _ categories: String, isNullable: Bool = false) -> Contract.Field {
            .init(
                name: name, type: .text, storage: .category(place),
                categories: categories.split(separator: " ").map(String.init), isClosed: true, isNullable: isNullable,
                isRequired: !isNullable)
        }
        return Contract(
            fields: [
                number(0, "age", 17, 90), text(0, "workclass", "Federal-gov Private State-gov", isNullable: true),
                number(1, "fnlwgt", 12_285, 1_484_705), text(1, "education", "Bachelors HS-grad Masters"),
                number(2, "education-num", 1, 16), text(2, "marital-status", "Divorced Never-married"),
                text(3, "occupation", "Adm-clerical Exec-managerial Sales", isNullable: true),
                text(4, "relationship", "Husband Not-in-family Wife"), text(5, "race", "Black White"),
                text(6, "sex", "Female Male"), number(3, "capital-gain", 0, 99_999),
                number(4, "capital-loss", 0, 4356), number(5, "hours-per-week", 1, 99),
                text(7, "native-country", "Cuba Mexico United-States", isNullable: true),
            ], target: "income", mode: mode, cleaning: .init(trims: trims, missing: ["?"]))
    }

    /// What came of a body: its rows, and the error that ended it.
    struct Outcome: Equatable {
        var numbers: [UInt64] = []
        var codes: [Int32] = []
        var unknownTexts: [String] = []
        var violations: [Violation] = []
        var notes: [Violation] = []
        var rules: [Violation.Rule: Int] = [:]
        var rowCount = 0
        var badRowCount = 0
        var error: LeewayError?

        mutating func add(_ rows: ContractRows) {
            numbers += rows.numbers.map(\.bitPattern)
            codes += rows.codes
            unknownTexts += rows.unknownTexts.map { "\(rowCount + $0.row) \($0.place) \($0.text)" }
            violations += rows.violations
            notes += rows.notes
            rules.merge(rows.ruleCounts) { $0 + $1 }
            rowCount += rows.count
            badRowCount += rows.badRowCount
        }
    }

    static func readCSV(_ bytes: [UInt8], _ contract: Contract, cuts: [Int] = []) -> Outcome {
        var (reader, outcome) = (CSVRowReader(contract), Outcome())
        do throws(LeewayError) {
            for piece in pieces(bytes, cuts) {
                try feed(piece) { bytes throws(LeewayError) in try reader.feed(bytes) }
                outcome.add(reader.take())
            }
            try reader.finish()
        } catch {
            outcome.error = error
        }
        outcome.add(reader.take())
        return outcome
    }

    static func readNDJSON(_ bytes: [UInt8], _ contract: Contract, cuts: [Int] = []) -> Outcome {
        var (reader, outcome) = (NDJSONRowReader(contract), Outcome())
        do throws(LeewayError) {
            for piece in pieces(bytes, cuts) {
                try feed(piece) { bytes throws(LeewayError) in try reader.feed(bytes) }
                outcome.add(reader.take())
            }
            try reader.finish()
        } catch {
            outcome.error = error
        }
        outcome.add(reader.take())
        return outcome
    }

    static func readCSV(_ text: String, _ contract: Contract = contract()) -> Outcome {
        readCSV(Array(text.utf8), contract)
    }

    /// Where to cut a body: everywhere, or at up to six places.
    static func cuts(of bytes: [UInt8], _ draws: inout JSONDraws) -> [Int] {
        guard draws.below(3) > 0 else { return Array(0...bytes.count) }
        return (0..<draws.below(6)).map { _ in draws.below(bytes.count + 1) }.sorted()
    }

    private static func pieces(_ bytes: [UInt8], _ cuts: [Int]) -> [[UInt8]] {
        let ends = cuts + [bytes.count]
        return zip([0] + cuts, ends).map { Array(bytes[$0..<$1]) }
    }

    private static func feed(
        _ bytes: [UInt8], _ take: (UnsafeBufferPointer<UInt8>) throws(LeewayError) -> Void
    ) throws(LeewayError) {
        let result = bytes.withUnsafeBufferPointer { bytes in
            Result { () throws(LeewayError) in try take(bytes) }
        }
        try result.get()
    }
}
