import LeewayCore
import LeewayStore
import LeewayTestSupport
import Testing

@testable import LeewayWorkflow

@Suite struct ConfigurationReaderTests {
    @Test func `two lines are enough, everything else has a default`() throws {
        let expected = ProjectConfiguration(
            name: "model", source: SourceConfiguration(files: [.init(path: "data.csv", options: FileOptions())]),
            target: TargetConfiguration(column: "y"),
            features: FeatureConfiguration(
                drop: [], numeric: [], categorical: [], numericFill: .median, categoryFill: .mostFrequent,
                scaling: .standard, maximumCategories: 1_000),
            split: SplitConfiguration(testShare: 0.2),
            validation: ValidationConfiguration(
                minimumRows: 10, warnedNullShare: 0.5, schema: nil, schemaSeverity: "error", columns: []),
            model: ModelConfiguration(
                type: .logisticRegression, inverseRegularization: 1, classWeight: .none, threshold: 0.5),
            evaluation: EvaluationConfiguration(bootstrap: 1_000), seed: 42, engine: EngineConfiguration())
        #expect(try configuration("source: data.csv\ntarget: y") == expected)
        let empty = "name:\nfeatures: ~\nsplit: null\nmodel:\nvalidation:\nevaluation:\nengine:\nseed:\n"
        #expect(try configuration(with: empty) == expected)
    }

    @Test func `the top`() throws {
        let read = try configuration(with: "name: Credit-1.b_2\nseed: 0\n")
        #expect(read.name == "Credit-1.b_2")
        #expect(read.seed == 0)
    }

    @Test func `the target, short and long`() throws {
        #expect(try configuration("source: a\ntarget: 'my class'").target == TargetConfiguration(column: "my class"))
        let read = try configuration("source: a\ntarget: {column: c, positive: '>50K', strip_suffix: .}")
        #expect(read.target == TargetConfiguration(column: "c", positive: ">50K", stripSuffix: "."))
    }

    @Test func `the features`() throws {
        let read = try configuration(
            with: """
                features:
                  drop: [id, "full name"]
                  numeric: age
                  categorical:
                    - zip
                  impute_numeric: mean
                  impute_categorical: keep
                  scale: none
                  max_categories: 50
                """)
        #expect(
            read.features
                == FeatureConfiguration(
                    drop: ["id", "full name"], numeric: ["age"], categorical: ["zip"], numericFill: .mean,
                    categoryFill: .keep, scaling: .none, maximumCategories: 50))
        let constants = try configuration(
            with: "features: {impute_numeric: {constant: -1.5}, impute_categorical: {constant: none}}"
        ).features
        #expect(constants.numericFill == .constant(-1.5))
        #expect(constants.categoryFill == .constant("none"))
        let named = try configuration(with: "features: {impute_numeric: median, impute_categorical: most_frequent}")
            .features
        #expect(named.numericFill == .median && named.categoryFill == .mostFrequent)
    }

    @Test func `the split`() throws {
        #expect(try configuration(with: "split: {test_share: 0.35}").split == SplitConfiguration(testShare: 0.35))
        let byFile = SplitConfiguration(testShare: 0.2, testRows: "rows.txt")
        #expect(try configuration(with: "split: {test_rows: rows.txt}").split == byFile)
    }

    @Test func `the validation`() throws {
        let read = try configuration(
            with: """
                validation:
                  min_rows: 500
                  warn_null_share: 0.1
                  schema: old/schema.json
                  schema_severity: warn
                  columns:
                    age: {type: integer, min: 0, max: 120.5, max_null_share: 0, severity: warn}
                    job: {values: [a, "b c"]}
                    any:
                      type: timestamp
                """)
        #expect(
            read.validation
                == ValidationConfiguration(
                    minimumRows: 500, warnedNullShare: 0.1, schema: "old/schema.json", schemaSeverity: "warn",
                    columns: [
                        .init(
                            name: "age", type: .integer, minimum: 0, maximum: 120.5, maximumNullShare: 0,
                            severity: "warn"),
                        .init(name: "job", values: ["a", "b c"], severity: "error"),
                        .init(name: "any", type: .timestamp, severity: "error"),
                    ]))
    }

    @Test func `the model, short and long`() throws {
        #expect(try configuration(with: "model: logistic_regression").model == configuration(with: "").model)
        let read = try configuration(
            with: "model: {type: logistic_regression, C: 1e-3, class_weight: balanced, threshold: 0.3}")
        #expect(
            read.model
                == ModelConfiguration(
                    type: .logisticRegression, inverseRegularization: 0.001, classWeight: .balanced, threshold: 0.3))
    }

    @Test func `the evaluation and the engine`() throws {
        let read = try configuration(with: "evaluation: {bootstrap: 0}\nengine: {threads: 2, memory_limit: 2GB}\n")
        #expect(read.evaluation == EvaluationConfiguration(bootstrap: 0))
        #expect(read.engine == EngineConfiguration(threads: 2, memoryLimit: "2GB"))
    }

    @Test func `the engine is no part of what makes a run reproducible`() throws {
        let one = try configuration(with: "engine: {threads: 1}")
        let two = try configuration(with: "engine: {threads: 2}")
        #expect(try ArtifactCoding.encode(one) == ArtifactCoding.encode(two))
        #expect(one != two)
    }

    @Test func `every key of a configuration is encoded as it is written`() throws {
        let read = try configuration(
            with: "features: {impute_numeric: {constant: 1}, impute_categorical: {constant: x}}\nname: n\n")
        let text = String(decoding: try ArtifactCoding.encode(read), as: UTF8.self)
        for key in [
            "name", "source", "target", "features", "split", "validation", "model", "evaluation", "seed", "drop",
            "numeric",
            "categorical", "impute_numeric", "impute_categorical", "scale", "max_categories", "test_share", "min_rows",
            "warn_null_share", "schema_severity", "columns", "type", "C", "class_weight", "threshold", "bootstrap",
            "constant",
            "skip_lines", "trim", "null_values", "quote", "path", "column",
        ] { #expect(text.contains("\"\(key)\" :"), "no key \(key)") }
    }

    // MARK: Files

    @Test func `a file is read by its path`() throws {
        let folder = try TemporaryFolder()
        try FileSystem.write(Array("source: a.csv\ntarget: y\n".utf8), to: folder / "leeway.yaml")
        #expect(try ConfigurationReader.read(folder / "leeway.yaml").target.column == "y")
    }

    @Test func `no file`() throws {
        let path = try TemporaryFolder() / "leeway.yaml"
        let expected = LeewayError(
            .invalidConfiguration, "There is no \(path).",
            hint: "Make one with 'leeway init data.csv --target COLUMN', or name another with --config.")
        #expect(throws: expected) { try ConfigurationReader.read(path) }
    }

    @Test func `a folder`() throws {
        let folder = try TemporaryFolder()
        let expected = LeewayError(.fileNotAccessible, "\(folder.path) is a folder where a file is needed.")
        #expect(throws: expected) { try ConfigurationReader.read(folder.path) }
    }

    @Test(arguments: [[0xFF, 0xFE, 0x73, 0x00], [0x73, 0x3A, 0xC3, 0x28]] as [[UInt8]])
    func `a file that is not UTF-8`(bytes: [UInt8]) throws {
        let folder = try TemporaryFolder()
        try FileSystem.write(bytes, to: folder / "leeway.yaml")
        let expected = LeewayError(.invalidConfiguration, "\(folder / "leeway.yaml"): the file is not UTF-8 text.")
        #expect(throws: expected) { try ConfigurationReader.read(folder / "leeway.yaml") }
    }

    @Test func `a byte order mark and Windows line ends are fine`() throws {
        let folder = try TemporaryFolder()
        try FileSystem.write(
            [0xEF, 0xBB, 0xBF] + Array("source: a.csv\r\ntarget: y\r\n".utf8), to: folder / "leeway.yaml")
        let read = try ConfigurationReader.read(folder / "leeway.yaml")
        #expect(read.target.column == "y" && read.source.files[0].path == "a.csv")
    }
}
