import LeewayCore
import LeewayStats
import Testing

@testable import LeewayWorkflow

/// What hostile and huge files do: nothing but a `LeewayError` may come of them.
@Suite struct YAMLReadingTests {
    @Test func `anchors and aliases are read`() throws {
        let read = try configuration(
            """
            source: &path data.csv
            target: {column: *path}
            features: {drop: &names [a, b], numeric: *names}
            """)
        #expect(read.target.column == "data.csv")
        #expect(read.features.numeric == ["a", "b"])
    }

    /// Each level doubles what the one below stands for: 2^60 nodes, were they ever looked at.
    @Test func `aliases of aliases of aliases cost nothing`() {
        var text = "a0: &a0 [x, x]\n"
        for level in 1...60 { text += "a\(level): &a\(level) [*a\(level - 1), *a\(level - 1)]\n" }
        expectRefusal(
            text, ", line 1: the key 'target' is missing.", hint: "Name the column to predict: 'target: COLUMN'.")
    }

    @Test func `an alias within its own anchor is refused`() {
        expectRefusal(
            "source: &a [*a]\ntarget: y", ", line 1: this is no YAML: found undefined alias.",
            hint: "Quote texts that hold ':', '#', '>' or quotes.")
    }

    @Test(arguments: ["[", "{a: ", "- ", "? ", "[{a: ", "{? "], [1_001, 100_000])
    func `deep nesting is refused`(opening: String, depth: Int) {
        let text = "source: a\ntarget: y\nname:\n  " + String(repeating: opening, count: depth)
        let error = #expect(throws: LeewayError.self) { try configuration(text) }
        #expect(error?.code == .invalidConfiguration)
        #expect(error?.message == "leeway.yaml, line 4: this is nested too deeply.")
    }

    @Test(arguments: ["\u{0}", "\u{7}", "\u{7F}", "\u{FFFE}"])
    func `a control character is refused`(character: String) {
        expectRefusal(with: "name: a\(character)b\n", ": this is no YAML: a control character stands in the text.")
    }

    @Test func `deep indentation is refused`() {
        let text = "source: a\ntarget: y\n" + (0..<2_000).map { String(repeating: " ", count: $0) + "a:\n" }.joined()
        let error = #expect(throws: LeewayError.self) { try configuration(text) }
        #expect(error?.message == "leeway.yaml, line 1002: this is nested too deeply.")
    }

    @Test func `brackets in texts are no nesting`() throws {
        let names = (0..<500).map { "'x[\($0)'" }.joined(separator: ", ")
        let read = try configuration(
            with:
                "# [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[\nfeatures: {drop: [\(names)]}"
        )
        #expect(read.features.drop.count == 500 && read.features.drop[7] == "x[7")
    }

    @Test func `a megabyte is read`() throws {
        let names = (0..<50_000).map { "    - a rather long name \($0)\n" }.joined()
        #expect(names.utf8.count > 1_000_000)
        #expect(try configuration(with: "features:\n  drop:\n" + names).features.drop.count == 50_000)
    }

    @Test func `an unknown key of a megabyte is refused`() {
        let error = #expect(throws: LeewayError.self) {
            try configuration(with: "? " + String(repeating: "k", count: 1_000_000) + "\n: 1\n")
        }
        #expect(error?.code == .invalidConfiguration)
    }

    private static let seeds = [
        """
        # A comment
        name: adult
        source:
          path: [a.csv, "b.csv"]
          null_values: ["?", NA, '']
          trim: true
          files:
            - path: c.parquet
              format: parquet
        target: {column: income, positive: ">50K", strip_suffix: .}
        """,
        """
        source: &s data.csv
        target: *s
        features:
          drop: []
          impute_numeric: {constant: 0}
          impute_categorical: keep
        model: {type: logistic_regression, C: 1e-3, class_weight: balanced}
        split: {test_share: 0.2}
        validation:
          columns:
            age: {type: integer, min: 0, max: 120, max_null_share: 0.1, severity: warn}
            ? complex key
            : {values: [a, |
                b]}
        seed: 42
        """,
        """
        source: a
        target: y
        serving:
          host: 0.0.0.0
          port: 0
          models: [adult, churn]
          default_model: adult
          contract: coerce
          range_slack: 0.1
          columns: {age: {min: 16, max: 100, nullable: false}, job: {values: [a, b], required: no}}
          log: {durability: fsync, sample: 0.5, redact: {ssn: drop}, segment_size: 1.5MB, retain_age: none}
          limits: {body: 1MiB, rows: 10, queue_timeout: 500ms, idle_timeout: 1h}
          tls: {certificate: a.pem, key: a.key}
          access_log: all
        """,
        "%YAML 1.2\n---\nsource: !!str a\ntarget: >-\n  folded\n  text\nengine: {threads: 2}\n...\n",
    ]

    private static let pieces = [
        ":", "- ", "? ", "[", "]", "{", "}", ",", "\n", "\t", " ", "  ", "&a ", "*a", "!", "!!", "|", ">", "'", "\"",
        "#",
        "%", "@", "`", "\\", "\\x", "\\u12", "---\n", "...\n", "<<: *s\n", "null", "~", "\u{0}", "\u{FEFF}", "\u{85}",
        "\u{2028}",
        "é", "😀", "\u{7F}", "1e999", "-0", "source", "target: ",
    ]

    /// 20,000 files, each a valid one with up to eight places changed, in the same order at every run.
    @Test(arguments: 0..<4) func `of a broken file comes an error or a configuration`(stream: UInt64) {
        var generator = SeededGenerator(seed: 20_261_123, stream: stream)
        var (read, refused) = (0, 0)
        for _ in 0..<5_000 {
            var text = Array(Self.seeds[generator.next(below: Self.seeds.count)].unicodeScalars)
            for _ in 0...generator.next(below: 8) { Self.mutate(&text, &generator) }
            var string = String.UnicodeScalarView()
            string.append(contentsOf: text)
            do throws(LeewayError) {
                _ = try ConfigurationReader.parse(String(string), file: "f")
                read += 1
            } catch {
                refused += 1
                if error.code != .invalidConfiguration {
                    Issue.record("\(error) of \(String(string).debugDescription)")
                }
            }
        }
        #expect(read > 100 && refused > 100)
    }

    private static func mutate(_ text: inout [Unicode.Scalar], _ generator: inout SeededGenerator) {
        let place = generator.next(below: text.count + 1)
        let end = min(text.count, place + 1 + generator.next(below: 12))
        switch generator.next(below: 5) {
        case 0: text.removeSubrange(place..<end)
        case 1: text.insert(contentsOf: pieces[generator.next(below: pieces.count)].unicodeScalars, at: place)
        case 2: text.insert(contentsOf: text[place..<end], at: generator.next(below: text.count + 1))
        case 3: if place < end { text[place] = Unicode.Scalar(UInt8(generator.next(below: 256))) }
        default:
            for _ in 0..<generator.next(below: 4) {
                text.insert(contentsOf: pieces[generator.next(below: pieces.count)].unicodeScalars, at: place)
            }
        }
    }
}
