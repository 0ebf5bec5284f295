import LeewayCore
import LeewayStore
import LeewayTestSupport
import LeewayValidate
import LeewayWire
import Testing

@testable import LeewayWorkflow

@Suite struct ServingReaderTests {
    private static let whole = """
        serving:
          host: 0.0.0.0
          port: 0
          models: [adult, churn]
          default_model: churn
          contract: coerce
          range_slack: 0.25
          columns:
            age: {min: 16, max: 100.5, nullable: false}
            job: {values: [a, "b c"], required: no}
            any:
              nullable: true
          log:
            durability: fsync
            on_log_failure: serve
            sample: 0.5
            redact: {ssn: drop, name: hash}
            segment_size: 1MiB
            segment_age: 5m
            retain_age: none
            retain_size: 50GB
            compact_after: none
          limits:
            body: 2MB
            rows: 10
            concurrency: 8
            queue: 0
            queue_timeout: 0
            header_timeout: 500ms
            body_timeout: 5s
            idle_timeout: 1h
            connections: 100
            shutdown_timeout: 1.5s
          tls: {certificate: server.pem, key: keys/server.key}
          access_log: all
          log_level: debug
        """

    @Test func `without the section, and of an empty one, all is as documented`() throws {
        for text in [
            "", "serving:", "serving: {}", "serving: {log: , limits: {}, tls: , columns: , models: [], port: }",
        ] {
            let serving = try configuration(with: text).serving
            #expect(serving == ServingConfiguration())
        }
        let serving = ServingConfiguration()
        #expect(serving.host == "127.0.0.1" && serving.port == 8080)
        #expect(serving.models == [] && serving.defaultModel == nil && serving.columns == [] && serving.tls == nil)
        #expect(serving.contract == .strict && serving.rangeSlack == 0)
        #expect(serving.accessLog == .errors && serving.logLevel == .info)
        let log = serving.log
        #expect(log.durability == .os && log.onFailure == .refuse && log.sample == 1 && log.redact == [:])
        #expect(log.segmentSize.description == "64MB" && log.segmentAge.written == "1h")
        #expect(log.retainAge?.written == "90d" && log.retainSize == nil && log.compactAfter?.written == "1h")
        let limits = serving.limits
        #expect(limits.body.description == "16MB" && limits.rows == 100_000 && limits.connections == 10_000)
        #expect(limits.concurrency == 256 && limits.queue == 1024 && limits.queueTimeout == .seconds(1))
        #expect(limits.headerTimeout == .seconds(10) && limits.bodyTimeout == .seconds(30))
        #expect(limits.idleTimeout == .seconds(60) && limits.shutdownTimeout == .seconds(30))
    }

    @Test func `every key`() throws {
        let serving = try configuration(with: Self.whole).serving
        #expect(serving.host == "0.0.0.0" && serving.port == 0)
        #expect(serving.models == ["adult", "churn"] && serving.defaultModel == "churn")
        #expect(serving.contract == .coerce && serving.rangeSlack == 0.25)
        #expect(
            serving.columns == [
                .init(name: "age", minimum: 16, maximum: 100.5, isNullable: false),
                .init(name: "job", values: ["a", "b c"], isRequired: false), .init(name: "any", isNullable: true),
            ])
        #expect(serving.tls == .init(certificate: "server.pem", key: "keys/server.key"))
        #expect(serving.accessLog == .all && serving.logLevel == .debug)
        let log = serving.log
        #expect(log.durability == .fsync && log.onFailure == .serve && log.sample == 0.5)
        #expect(log.redact == ["ssn": .drop, "name": .hash])
        #expect(log.segmentSize.bytes == 1_048_576 && log.segmentAge == .seconds(300))
        #expect(log.retainAge == nil && log.retainSize?.bytes == 50_000_000_000 && log.compactAfter == nil)
        let limits = serving.limits
        #expect(limits.body.bytes == 2_000_000 && limits.rows == 10 && limits.connections == 100)
        #expect(limits.concurrency == 8 && limits.queue == 0 && limits.queueTimeout == .zero)
        #expect(limits.headerTimeout == .milliseconds(500) && limits.bodyTimeout == .seconds(5))
        #expect(limits.idleTimeout == .seconds(3600) && limits.shutdownTimeout == .milliseconds(1500))
    }

    @Test func `it is no part of what makes a run reproducible`() throws {
        let (plain, served) = (try configuration(with: ""), try configuration(with: Self.whole))
        #expect(try ArtifactCoding.encode(plain) == ArtifactCoding.encode(served))
        #expect(plain != served)
    }

    // MARK: Alone

    @Test func `the section is read without the others`() throws {
        let expected = try configuration(with: Self.whole).serving
        #expect(try ConfigurationReader.parseServing(Self.whole, file: "f") == expected)
        let broken = "source: [{a: b}]\nseed: soon\nmodel: forest\nengine: 7\n"
        #expect(try ConfigurationReader.parseServing(broken + Self.whole, file: "f") == expected)
        for text in ["", "# nothing\n", "source: a\ntarget: y\n"] {
            #expect(try ConfigurationReader.parseServing(text, file: "f") == ServingConfiguration())
        }
        let folder = try TemporaryFolder()
        #expect(try ConfigurationReader.readServing(folder / "leeway.yaml") == ServingConfiguration())
        try FileSystem.write([0xEF, 0xBB, 0xBF] + Array(Self.whole.utf8), to: folder / "leeway.yaml")
        #expect(try ConfigurationReader.readServing(folder / "leeway.yaml") == expected)
    }

    @Test func `read alone, a slip in its name is seen, and what is no YAML is refused`() {
        for (text, message, hint) in [
            ("servng: {port: 1}", "f, line 1: unknown key 'servng'.", "Did you mean 'serving'?"),
            ("serving: {prot: 1}", "f, line 1: unknown key 'prot' in 'serving'.", "Did you mean 'port'?"),
            ("- a", "f, line 1: the file must be a list of 'key: value' lines.", nil),
            ("a: b: c", "f, line 1: this is no YAML: mapping values are not allowed in this context.", Self.yamlHint),
        ] {
            let expected = LeewayError(.invalidConfiguration, message, hint: hint)
            #expect(throws: expected) { try ConfigurationReader.parseServing(text, file: "f") }
        }
    }

    private static let yamlHint = "Quote texts that hold ':', '#', '>' or quotes."

    // MARK: Refusals

    @Test(arguments: [
        ("{hots: a}", "unknown key 'hots' in 'serving'.", "Did you mean 'host'?"),
        ("{log: {retain: 1d}}", "unknown key 'retain' in 'serving.log'.", nil),
        ("{log: {retain_aeg: 1d}}", "unknown key 'retain_aeg' in 'serving.log'.", "Did you mean 'retain_age'?"),
        ("{limits: {row: 1}}", "unknown key 'row' in 'serving.limits'.", "Did you mean 'rows'?"),
        (
            "{columns: {age: {nulable: true}}}", "unknown key 'nulable' in 'serving.columns.age'.",
            "Did you mean 'nullable'?"
        ),
        (
            "{tls: {certificate: a, key: b, ca: c}}", "unknown key 'ca' in 'serving.tls'.",
            "Known keys: certificate, key."
        ),
    ])
    func `an unknown key`(text: String, message: String, hint: String?) {
        let error = #expect(throws: LeewayError.self) { try configuration(with: "serving: \(text)") }
        #expect(error?.message == "leeway.yaml, line 3: " + message)
        if let hint { #expect(error?.hint == hint) } else { #expect(error?.hint?.hasPrefix("Known keys: ") == true) }
    }

    @Test(arguments: [
        ("[a]", "'serving' must be a list of 'key: value' lines."),
        ("{port: -1}", "'serving.port' must be a whole number, 0 to 65535."),
        ("{port: 65536}", "'serving.port' must be a whole number, 0 to 65535."),
        ("{models: {a: b}}", "'serving.models' must be a value or a list of values."),
        ("{models: [a, b, a]}", "'serving.models' names 'a' twice."),
        ("{models: ['a b']}", "'serving.models' must be names of models."),
        ("{default_model: a/b}", "'serving.default_model' must be the name of a model."),
        ("{contract: loose}", "'serving.contract' must be strict or coerce or lenient."),
        ("{range_slack: -0.1}", "'serving.range_slack' must be a number from 0 to 10."),
        ("{range_slack: 10.5}", "'serving.range_slack' must be a number from 0 to 10."),
        ("{columns: [age]}", "'serving.columns' must be a list of 'key: value' lines."),
        ("{columns: {age: 5}}", "'serving.columns.age' must be a list of 'key: value' lines."),
        ("{columns: {age: {min: low}}}", "'serving.columns.age.min' must be a number."),
        ("{columns: {age: {min: 2, max: 1}}}", "the 'min' of 'serving.columns.age' is above its 'max'."),
        ("{columns: {age: {values: []}}}", "'serving.columns.age.values' names no value."),
        ("{columns: {age: {nullable: maybe}}}", "'serving.columns.age.nullable' must be true or false."),
        ("{log: {durability: disk}}", "'serving.log.durability' must be none or os or fsync."),
        ("{log: {on_log_failure: ignore}}", "'serving.log.on_log_failure' must be refuse or serve."),
        ("{log: {sample: 1.01}}", "'serving.log.sample' must be a number from 0 to 1."),
        ("{log: {redact: [ssn]}}", "'serving.log.redact' must be a list of 'key: value' lines."),
        ("{log: {redact: {ssn: mask}}}", "'serving.log.redact.ssn' must be hash or drop."),
        ("{log: {redact: {ssn: }}}", "'serving.log.redact.ssn' must be hash or drop."),
        ("{limits: {rows: 0}}", "'serving.limits.rows' must be a whole number, 1 to 10000000."),
        ("{limits: {concurrency: 0}}", "'serving.limits.concurrency' must be a whole number, 1 to 100000."),
        ("{limits: {queue: -1}}", "'serving.limits.queue' must be a whole number, 0 to 1000000."),
        ("{limits: {connections: many}}", "'serving.limits.connections' must be a whole number, 1 to 1000000."),
        ("{access_log: some}", "'serving.access_log' must be none or errors or all."),
        ("{log_level: trace}", "'serving.log_level' must be error or warning or info or debug."),
    ])
    func `a value that makes no sense`(text: String, message: String) {
        expectRefusal(with: "serving: \(text)", ", line 3: " + message)
    }

    @Test(arguments: ["''", "a b", "http://here", "é", "[a]"])
    func `a host that is none`(host: String) {
        let error = #expect(throws: LeewayError.self) { try configuration(with: "serving: {host: \(host)}") }
        #expect(error?.message.hasPrefix("leeway.yaml, line 3: 'serving.host' must be ") == true)
    }

    @Test func `a default model that is not served`() {
        expectRefusal(
            with: "serving: {models: [churn, adult], default_model: chrun}",
            ", line 3: 'serving.default_model' is none of 'serving.models'.", hint: "Did you mean 'churn'?")
        expectRefusal(
            with: "serving: {models: [churn, adult], default_model: x}",
            ", line 3: 'serving.default_model' is none of 'serving.models'.", hint: "They are: churn, adult.")
    }

    @Test func `half of what TLS needs`() {
        let hint = "TLS needs both: 'certificate', a PEM file with the chain, and 'key', its private key."
        expectRefusal(
            with: "serving: {tls: {certificate: a.pem}}", ", line 3: the key 'serving.tls.key' is missing.", hint: hint)
        expectRefusal(
            with: "serving: {tls: {key: a.key}}", ", line 3: the key 'serving.tls.certificate' is missing.", hint: hint)
    }

    @Test(arguments: [
        ("{limits: {body: 999}}", "limits.body' must be a size from 1KB to 2GB."),
        ("{limits: {body: 3GB}}", "limits.body' must be a size from 1KB to 2GB."),
        ("{limits: {body: 16 megabytes}}", "limits.body' must be a size from 1KB to 2GB."),
        ("{limits: {body: none}}", "limits.body' must be a size from 1KB to 2GB."),
        ("{log: {segment_size: [1MB]}}", "log.segment_size' must be a size from 4KB to 16GB."),
        ("{log: {retain_size: all}}", "log.retain_size' must be a size from 4KB to 1000TB, or none."),
    ])
    func `a size that is none`(text: String, message: String) {
        expectRefusal(
            with: "serving: \(text)", ", line 3: 'serving." + message,
            hint: "Write bytes, or a number with KB, MB, GB, KiB, MiB or GiB.")
    }

    @Test(arguments: [
        ("{limits: {idle_timeout: 60}}", "limits.idle_timeout' must be a duration from 1ms to 1d."),
        ("{limits: {idle_timeout: 0s}}", "limits.idle_timeout' must be a duration from 1ms to 1d."),
        ("{limits: {shutdown_timeout: 2d}}", "limits.shutdown_timeout' must be a duration from 0s to 1d."),
        ("{limits: {header_timeout: none}}", "limits.header_timeout' must be a duration from 1ms to 1d."),
        ("{log: {segment_age: 1y}}", "log.segment_age' must be a duration from 1s to 365d."),
        ("{log: {retain_age: {days: 1}}}", "log.retain_age' must be a duration from 1s to 36500d, or none."),
        ("{log: {compact_after: never}}", "log.compact_after' must be a duration from 0s to 36500d, or none."),
    ])
    func `a duration that is none`(text: String, message: String) {
        expectRefusal(
            with: "serving: \(text)", ", line 3: 'serving." + message, hint: "Write a number with ms, s, m, h or d.")
    }
}
