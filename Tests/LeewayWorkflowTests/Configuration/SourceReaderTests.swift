import LeewayCore
import Testing

@testable import LeewayWorkflow

@Suite struct SourceReaderTests {
    private static func source(_ text: String) throws -> SourceConfiguration {
        try configuration("target: y\nsource: " + text).source
    }

    private static func options(_ change: (inout FileOptions) -> Void) -> FileOptions {
        var options = FileOptions()
        change(&options)
        return options
    }

    @Test func `one file, or a list of them`() throws {
        #expect(try Self.source("a.csv").files == [.init(path: "a.csv", options: FileOptions())])
        #expect(try Self.source("['a.csv', 'b c.csv']").files.map(\.path) == ["a.csv", "b c.csv"])
        #expect(try Self.source("{path: 'data/*.csv'}").files.map(\.path) == ["data/*.csv"])
        #expect(try Self.source("{path: [a, b]}").files.map(\.path) == ["a", "b"])
    }

    @Test func `every option`() throws {
        let text = """

              path: a.csv
              format: csv
              delimiter: ";"
              quote: "'"
              header: false
              names: [a, b]
              skip_lines: 3
              trim: true
              null_values: ["?", NA]
            """
        let expected = Self.options {
            ($0.format, $0.delimiter, $0.quote, $0.header, $0.names) = (.csv, ";", "'", false, ["a", "b"])
            ($0.skipLines, $0.trim, $0.nullValues) = (3, true, ["?", "NA"])
        }
        #expect(try Self.source(text).files == [.init(path: "a.csv", options: expected)])
    }

    @Test func `a file's options stand over those of the source`() throws {
        let text = """

              trim: true
              null_values: "?"
              files:
                - a.csv
                - path: b.parquet
                  format: parquet
                  trim: no
                - {path: c.csv, null_values: []}
            """
        let shared = Self.options { ($0.trim, $0.nullValues) = (true, ["?"]) }
        let second = Self.options { ($0.format, $0.nullValues) = (.parquet, ["?"]) }
        let third = Self.options { $0.trim = true }
        #expect(
            try Self.source(text).files == [
                .init(path: "a.csv", options: shared), .init(path: "b.parquet", options: second),
                .init(path: "c.csv", options: third),
            ])
    }

    @Test(arguments: [("'\\t'", "\t"), ("\"\\t\"", "\t"), ("'|'", "|"), ("','", ",")])
    func `a tab is written as in other languages`(text: String, delimiter: String) throws {
        #expect(try Self.source("{path: a, delimiter: \(text)}").files[0].options.delimiter == delimiter)
    }

    @Test(arguments: [("true", true), ("Yes", true), ("ON", true), ("false", false), ("no", false), ("off", false)])
    func `a switch is on or off in YAML's words`(text: String, expected: Bool) throws {
        #expect(try Self.source("{path: a, header: \(text)}").files[0].options.header == expected)
    }

    @Test func `what is wrong is told by line and key`() {
        let hint = "Name a file, a list of files or a glob: 'source: data.csv'."
        expectRefusal("source:\n  trim: true\ntarget: y", ", line 2: the key 'source.path' is missing.", hint: hint)
        expectRefusal("source: []\ntarget: y", ", line 1: 'source' names no file.", hint: hint)
        expectRefusal("source: {files: []}\ntarget: y", ", line 1: the key 'source.path' is missing.", hint: hint)
        expectRefusal("source:\n  files: a\ntarget: y", ", line 2: 'source.files' must be a list.")
        expectRefusal("source:\n  - trim: yes\ntarget: y", ", line 2: the key 'source.path' is missing.", hint: hint)
        expectRefusal("source:\n  - [a]\ntarget: y", ", line 2: 'source' must be a list of 'key: value' lines.")
        expectRefusal(
            "source:\n  files:\n    - path: a\n      trimm: yes\ntarget: y",
            ", line 4: unknown key 'trimm' in 'source.files'.",
            hint: "Did you mean 'trim'?")
        expectRefusal(
            "source:\n  path: a\n  format: cvs\ntarget: y", ", line 3: 'source.format' must be csv or parquet.",
            hint: "Did you mean 'csv'?")
        expectRefusal(
            "source:\n  path: a\n  header: maybe\ntarget: y", ", line 3: 'source.header' must be true or false.")
        expectRefusal(
            "source:\n  path: a\n  skip_lines: -1\ntarget: y",
            ", line 3: 'source.skip_lines' must be a whole number, 0 to 1000000.")
        expectRefusal(
            "source:\n  path: a\n  names: [[a]]\ntarget: y", ", line 3: 'source.names' must be a list of single values."
        )
        expectRefusal(
            "source:\n  path: a\n  null_values: {a: b}\ntarget: y",
            ", line 3: 'source.null_values' must be a value or a list of values.")
        expectRefusal(
            "source:\n  path: {a: b}\ntarget: y", ", line 2: 'source.path' must be a value or a list of values.")
    }

    @Test(arguments: ["\"''\"", "ab", "é"])
    func `a quote is one byte, or none`(quote: String) throws {
        expectRefusal(
            "source:\n  path: a\n  quote: \(quote)\ntarget: y",
            ", line 3: 'source.quote' must be one ASCII character, or '' for none.")
        #expect(try Self.source("{path: a, quote: ''}").files[0].options.quote == "")
    }

    @Test func `a delimiter is a few bytes`() throws {
        for text in ["''", "'|||||'"] {
            expectRefusal(
                "source:\n  path: a\n  delimiter: \(text)\ntarget: y",
                ", line 3: 'source.delimiter' must be 1 to 4 bytes long.")
        }
        #expect(try Self.source("{path: a, delimiter: '||'}").files[0].options.delimiter == "||")
    }
}
