import LeewayCore
import LeewayStats
import LeewayValidate
import Testing

@Suite struct DataValidatorTests {
    private static func numbers(_ name: String, _ values: [Double], type: ColumnType = .number) -> ColumnCounts {
        ColumnCounts(
            name: name, type: type, nullCount: values.count { $0.isNaN }, values: .numbers(ValueCounts(values)))
    }

    private static func texts(
        _ name: String, _ entries: [(text: String, count: Int)], nulls: Int = 0, of distinct: Int? = nil
    ) -> ColumnCounts {
        ColumnCounts(name: name, type: .text, nullCount: nulls, values: .texts(.init(entries, distinctCount: distinct)))
    }

    private static let target = texts("y", [("no", 12), ("yes", 8)])
    private static let age = numbers("age", (0..<20).map { Double(17 + $0) }, type: .integer)

    private static func check(
        _ name: String, of column: String? = nil, _ columns: [ColumnCounts], rows: Int = 20,
        _ rules: ValidationRules = ValidationRules()
    ) -> ValidationReport.Check? {
        let report = DataValidator(rules: rules).validate(rowCount: rows, columns: columns, target: "y")
        return report.checks.first { $0.check == name && $0.column == column }
    }

    private static func check(
        _ name: String, _ column: ColumnCounts, _ rule: ValidationRules.Column
    ) -> ValidationReport.Check? {
        check(name, of: column.name, [target, column], ValidationRules(columns: [(column.name, rule)]))
    }

    private static func passed(_ check: String, _ column: String?, _ severity: Severity, _ message: String)
        -> ValidationReport.Check
    { .init(check, column: column, severity: severity, passed: true, message: message) }

    private static func failed(_ check: String, _ column: String?, _ severity: Severity, _ message: String)
        -> ValidationReport.Check
    { .init(check, column: column, severity: severity, passed: false, message: message) }

    @Test func `fine data pass every check, those of the table first`() {
        let report = DataValidator(rules: ValidationRules())
            .validate(rowCount: 20, columns: [Self.age, Self.target], target: "y")
        #expect(report.passed && report.warnings.isEmpty)
        #expect(
            report.checks.map(\.check) == [
                "row_count", "target_classes", "target_nulls", "mostly_present", "not_constant",
            ])
    }

    @Test func `the row count`() {
        #expect(
            Self.check("row_count", [], rows: 10)
                == Self.passed("row_count", nil, .error, "10 rows where at least 10 are needed."))
        #expect(
            Self.check("row_count", [], rows: 9)
                == Self.failed("row_count", nil, .error, "9 rows where at least 10 are needed."))
        #expect(
            Self.check("row_count", [], rows: 1, ValidationRules(minimumRows: 2))
                == Self.failed("row_count", nil, .error, "1 row where at least 2 are needed."))
    }

    @Test(arguments: [(0, "0 classes"), (1, "1 class"), (2, "2 classes"), (3, "3 classes")])
    func `the classes of the target`(count: Int, words: String) {
        let target = Self.texts("y", (0..<count).map { ("c\($0)", 5) })
        let message = "The target has \(words) where two are needed."
        let expected =
            count == 2
            ? Self.passed("target_classes", "y", .error, message) : Self.failed("target_classes", "y", .error, message)
        #expect(Self.check("target_classes", of: "y", [target]) == expected)
    }

    @Test func `rows without a target`() {
        #expect(
            Self.check("target_nulls", of: "y", [Self.target])
                == Self.passed("target_nulls", "y", .warn, "Every row has a target."))
        #expect(
            Self.check("target_nulls", of: "y", [Self.texts("y", [("a", 1), ("b", 1)], nulls: 18)])
                == Self.failed("target_nulls", "y", .warn, "18 rows have no target; they neither train nor test."))
    }

    @Test func `a column without a value`() {
        let columns = [Self.target, Self.texts("c", [], nulls: 20)]
        #expect(
            Self.check("not_empty", of: "c", columns)
                == Self.failed(
                    "not_empty", "c", .warn, "Column 'c' has no value at all; it is left out of the features."))
        #expect(Self.check("not_constant", of: "c", columns) == nil)
    }

    @Test func `a column that is mostly missing`() {
        let half = Self.numbers("x", (0..<20).map { $0 < 10 ? .nan : Double($0) })
        #expect(
            Self.check("mostly_present", of: "x", [Self.target, half])
                == Self.passed(
                    "mostly_present", "x", .warn, "50 % of the values are missing; a warning is given above 50 %."))
        #expect(
            Self.check("mostly_present", of: "x", [Self.target, half], ValidationRules(warnedNullShare: 0.333))
                == Self.failed(
                    "mostly_present", "x", .warn, "50 % of the values are missing; a warning is given above 33.3 %."))
    }

    @Test func `a constant column`() {
        #expect(
            Self.check("not_constant", of: "x", [Self.target, Self.numbers("x", [1, 1, .nan])])
                == Self.failed("not_constant", "x", .warn, "1 distinct value."))
        #expect(
            Self.check("not_constant", of: "age", [Self.target, Self.age])
                == Self.passed("not_constant", "age", .warn, "20 distinct values."))
    }

    @Test func `the type: whole numbers are numbers, and not the other way round`() {
        #expect(
            Self.check("type", Self.age, .init(type: .number))
                == Self.passed("type", "age", .error, "The type is integer where number is expected."))
        #expect(Self.check("type", Self.age, .init(type: .integer))?.passed == true)
        #expect(
            Self.check("type", Self.numbers("x", [1.5]), .init(type: .integer, severity: .warn))
                == Self.failed("type", "x", .warn, "The type is number where integer is expected."))
        #expect(
            Self.check("type", Self.texts("c", [("a", 1)]), .init(type: .boolean))
                == Self.failed("type", "c", .error, "The type is text where boolean is expected."))
    }

    @Test func `the range`() {
        #expect(
            Self.check("range", Self.age, .init(minimum: 17, maximum: 36))
                == Self.passed("range", "age", .error, "0 values lie outside 17.0 … 36.0."))
        #expect(
            Self.check("range", Self.age, .init(minimum: 19, maximum: 35.5))
                == Self.failed("range", "age", .error, "3 values lie outside 19.0 … 35.5."))
        #expect(
            Self.check("range", Self.numbers("x", [1, 5, 5, .nan, .infinity]), .init(maximum: 4, severity: .warn))
                == Self.failed("range", "x", .warn, "3 values lie outside any … 4.0."))
        #expect(
            Self.check("range", Self.numbers("x", [1, -.infinity]), .init(minimum: 0))
                == Self.failed("range", "x", .error, "1 values lie outside 0.0 … any."))
        #expect(Self.check("range", Self.age, .init()) == nil)
    }

    /// One stray text turns a column of numbers into one of texts: its range must not pass unasked.
    @Test func `a range of texts fails`() {
        #expect(
            Self.check("range", Self.texts("c", [("1", 1), ("x", 1)]), .init(minimum: 0))
                == Self.failed("range", "c", .error, "The values are text, which does not lie in 0.0 … any."))
    }

    @Test func `the allowed values`() {
        let column = Self.texts("c", [("a", 10), ("b", 6), ("q", 3), ("r", 1)])
        #expect(
            Self.check("allowed_values", column, .init(allowedValues: ["r", "q", "b", "a", "unused"]))
                == Self.passed(
                    "allowed_values", "c", .error, "0 distinct values in 0 rows are not among the 5 allowed ones."))
        #expect(
            Self.check("allowed_values", column, .init(allowedValues: ["a", "b", "b"], severity: .warn))
                == Self.failed(
                    "allowed_values", "c", .warn, "2 distinct values in 4 rows are not among the 2 allowed ones."))
    }

    @Test func `the allowed values of a column that was not counted to the end`() {
        let column = Self.texts("c", [("a", 10), ("z", 6)], of: 1_000)
        #expect(
            Self.check("allowed_values", column, .init(allowedValues: ["a", "b"]))
                == Self.failed(
                    "allowed_values", "c", .error,
                    "998 distinct values in 6 or more rows are not among the 2 allowed ones."))
    }

    @Test func `the allowed values of numbers`() {
        let column = Self.numbers("n", [1, 2, 2, 3.5, .nan], type: .number)
        #expect(
            Self.check("allowed_values", column, .init(allowedValues: ["1", "2.0", "3.5"]))
                == Self.passed(
                    "allowed_values", "n", .error, "0 distinct values in 0 rows are not among the 3 allowed ones."))
        #expect(
            Self.check("allowed_values", column, .init(allowedValues: ["1", "x"]))
                == Self.failed(
                    "allowed_values", "n", .error, "2 distinct values in 3 rows are not among the 2 allowed ones."))
    }

    @Test func `the share of missing values`() {
        let column = Self.texts("c", [("a", 10), ("b", 9)], nulls: 1)
        #expect(
            Self.check("null_share", column, .init(maximumNullShare: 0.05))
                == Self.passed("null_share", "c", .error, "5 % of the values are missing where at most 5 % may be."))
        #expect(
            Self.check("null_share", column, .init(maximumNullShare: 0.0123))
                == Self.failed("null_share", "c", .error, "5 % of the values are missing where at most 1.2 % may be."))
    }

    @Test func `a column that is expected but not there`() {
        let rules = ValidationRules(columns: [("gone", .init(severity: .warn))])
        #expect(
            Self.check("present", of: "gone", [Self.target], rules)
                == Self.failed("present", "gone", .warn, "Column 'gone' is expected but is not in the source."))
    }

    @Test func `a rule may be for the target`() {
        #expect(
            Self.check(
                "allowed_values", of: "y", [Self.target],
                ValidationRules(columns: [("y", .init(allowedValues: ["no"]))]))
                == Self.failed(
                    "allowed_values", "y", .error, "1 distinct values in 8 rows are not among the 1 allowed ones."))
    }

    @Test func `every failure is reported, and only an error stops`() {
        let rules = ValidationRules(
            minimumRows: 100, columns: [("age", .init(maximum: 20, severity: .warn)), ("c", .init(type: .number))])
        let report = DataValidator(rules: rules).validate(
            rowCount: 20, columns: [Self.target, Self.age, Self.texts("c", [("a", 20)])], target: "y")
        #expect(report.errors.map(\.check) == ["row_count", "type"])
        #expect(report.warnings.map(\.check) == ["not_constant", "range"])
        #expect(!report.passed)
    }

    @Test func `data keep to the schema that was inferred from them`() {
        let columns = [
            Self.target, Self.age, Self.texts("c", [("a", 15)], nulls: 5), Self.numbers("n", [.nan, 2, 3.5]),
        ]
        let schema = Schema(inferredFrom: columns, rowCount: 20, target: "y")
        let report = DataValidator(rules: ValidationRules(expected: schema))
            .validate(rowCount: 20, columns: columns, target: "y")
        #expect(report.errors.isEmpty)
    }

    @Test func `no message holds a value of the data`() {
        let (secret, number) = ("TOP-SECRET", 987_654.321)
        let columns = [
            Self.texts("y", [(secret, 1), (secret + "2", 1), (secret + "3", 1)], nulls: 4),
            Self.texts("c", [(secret, 15)], nulls: 5), Self.numbers("n", [number, number]),
        ]
        let rule = ValidationRules.Column(
            type: .date, minimum: 0, maximum: 1, allowedValues: ["a"], maximumNullShare: 0)
        let rules = ValidationRules(
            minimumRows: 100, warnedNullShare: 0, columns: [("y", rule), ("c", rule), ("n", rule)])
        let report = DataValidator(rules: rules).validate(rowCount: 20, columns: columns, target: "y")
        #expect(report.errors.count > 8)
        for check in report.checks {
            #expect(!check.message.contains(secret) && !check.message.contains("987"))
        }
    }
}
