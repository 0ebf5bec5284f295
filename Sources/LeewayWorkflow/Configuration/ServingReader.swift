import LeewayCore
import LeewayValidate
import LeewayWire
import Yams

/// Reads the section `serving`.
enum ServingReader {
    static func read(_ top: inout YAMLSection) throws(LeewayError) -> ServingConfiguration {
        var serving = ServingConfiguration()
        guard var section = try top.section("serving") else { return serving }
        serving.host = try host(&section) ?? serving.host
        serving.port = try section.int("port", in: 0...65_535) ?? serving.port
        serving.models = try models(&section)
        serving.defaultModel = try defaultModel(&section, of: serving.models)
        serving.contract = try section.choice("contract", Contract.Mode.self) ?? serving.contract
        serving.rangeSlack =
            try section.double("range_slack", "a number from 0 to 10", where: { (0...10).contains($0) })
            ?? serving.rangeSlack
        serving.columns = try columns(&section)
        if var log = try section.section("log") { serving.log = try self.log(&log) }
        if var limits = try section.section("limits") { serving.limits = try self.limits(&limits) }
        if var tls = try section.section("tls") { serving.tls = try self.tls(&tls) }
        serving.accessLog = try section.choice("access_log", ServingConfiguration.AccessLog.self) ?? serving.accessLog
        serving.logLevel = try section.choice("log_level", ServingConfiguration.LogLevel.self) ?? serving.logLevel
        try section.finish()
        return serving
    }

    private static func host(_ section: inout YAMLSection) throws(LeewayError) -> String? {
        guard let node = section.node("host"), let host = try section.string("host") else { return nil }
        let isFine = host.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F } && (1...255).contains(host.utf8.count)
        guard isFine, !host.contains("/") else {
            throw section.failure(
                node, "'serving.host' must be an address or a name of this machine.",
                hint: "127.0.0.1 is for this machine alone, 0.0.0.0 for every network it is on.")
        }
        return host
    }

    private static func models(_ section: inout YAMLSection) throws(LeewayError) -> [String] {
        guard let node = section.node("models"), let models = try section.strings("models") else { return [] }
        for (place, name) in models.enumerated() {
            guard ConfigurationReader.isModelName(name) else {
                throw section.failure(node, "'serving.models' must be names of models.")
            }
            guard !models[..<place].contains(name) else {
                throw section.failure(node, "'serving.models' names '\(name)' twice.")
            }
        }
        return models
    }

    private static func defaultModel(
        _ section: inout YAMLSection, of models: [String]
    ) throws(LeewayError) -> String? {
        guard let node = section.node("default_model"), let name = try section.string("default_model") else {
            return nil
        }
        guard ConfigurationReader.isModelName(name) else {
            throw section.failure(node, "'serving.default_model' must be the name of a model.")
        }
        guard models.isEmpty || models.contains(name) else {
            throw section.failure(
                node, "'serving.default_model' is none of 'serving.models'.",
                hint: NearestName.of(name, among: models).map { "Did you mean '\($0)'?" }
                    ?? "They are: \(models.joined(separator: ", ")).")
        }
        return name
    }

    private static func columns(_ section: inout YAMLSection) throws(LeewayError) -> [ServingConfiguration.Column] {
        guard var names = try section.section("columns") else { return [] }
        var columns: [ServingConfiguration.Column] = []
        for (name, node) in try names.entries() {
            var rule = try YAMLSection(node, path: names.full(name), file: section.file)
            let column = ServingConfiguration.Column(
                name: name, minimum: try rule.double("min", "a number", where: { _ in true }),
                maximum: try rule.double("max", "a number", where: { _ in true }), values: try rule.strings("values"),
                isNullable: try rule.bool("nullable"), isRequired: try rule.bool("required"))
            try rule.finish()
            if let minimum = column.minimum, let maximum = column.maximum, minimum > maximum {
                throw rule.failure(node, "the 'min' of '\(rule.path)' is above its 'max'.")
            }
            if column.values?.isEmpty == true {
                throw rule.failure(node, "'\(rule.full("values"))' names no value.")
            }
            columns.append(column)
        }
        return columns
    }

    private static func log(_ section: inout YAMLSection) throws(LeewayError) -> PredictionLogConfiguration {
        var log = PredictionLogConfiguration()
        log.durability =
            try section.choice("durability", PredictionLogConfiguration.Durability.self) ?? log.durability
        log.onFailure = try section.choice("on_log_failure", PredictionLogConfiguration.Failure.self) ?? log.onFailure
        log.sample =
            try section.double("sample", "a number from 0 to 1", where: { (0...1).contains($0) }) ?? log.sample
        if var columns = try section.section("redact") { log.redact = try redactions(&columns) }
        log.segmentSize =
            try section.size("segment_size", in: .init(bytes: 4000) ... .init(bytes: 16_000_000_000))
            ?? log.segmentSize
        log.segmentAge = try section.duration("segment_age", in: .seconds(1)...days(365)) ?? log.segmentAge
        if let age = try section.durationOrNone("retain_age", in: .seconds(1)...days(36_500)) {
            log.retainAge = age.value
        }
        if let size = try section.sizeOrNone(
            "retain_size", in: .init(bytes: 4000) ... .init(bytes: 1_000_000_000_000_000))
        {
            log.retainSize = size.value
        }
        if let age = try section.durationOrNone("compact_after", in: .zero...days(36_500)) {
            log.compactAfter = age.value
        }
        try section.finish()
        return log
    }

    private static func redactions(
        _ columns: inout YAMLSection
    ) throws(LeewayError) -> [String: Redaction] {
        var redactions: [String: Redaction] = [:]
        for (name, node) in try columns.entries() {
            guard let way = try columns.choice(name, Redaction.self) else {
                throw columns.failure(node, "'\(columns.full(name))' must be hash or drop.")
            }
            redactions[name] = way
        }
        return redactions
    }

    private static func limits(_ section: inout YAMLSection) throws(LeewayError) -> ServingLimits {
        var limits = ServingLimits()
        limits.body =
            try section.size("body", in: .init(bytes: 1000) ... .init(bytes: 2_000_000_000)) ?? limits.body
        limits.rows = try section.int("rows", in: 1...10_000_000) ?? limits.rows
        limits.labelsPerMinute =
            try section.int("labels_per_minute", in: 1...1_000_000_000) ?? limits.labelsPerMinute
        limits.concurrency = try section.int("concurrency", in: 1...100_000) ?? limits.concurrency
        limits.queue = try section.int("queue", in: 0...1_000_000) ?? limits.queue
        limits.connections = try section.int("connections", in: 1...1_000_000) ?? limits.connections
        let (moment, day) = (Duration.milliseconds(1), days(1))
        limits.queueTimeout = try section.duration("queue_timeout", in: .zero...day) ?? limits.queueTimeout
        limits.headerTimeout = try section.duration("header_timeout", in: moment...day) ?? limits.headerTimeout
        limits.bodyTimeout = try section.duration("body_timeout", in: moment...day) ?? limits.bodyTimeout
        limits.idleTimeout = try section.duration("idle_timeout", in: moment...day) ?? limits.idleTimeout
        limits.shutdownTimeout = try section.duration("shutdown_timeout", in: .zero...day) ?? limits.shutdownTimeout
        try section.finish()
        return limits
    }

    private static func tls(_ section: inout YAMLSection) throws(LeewayError) -> ServingConfiguration.TLS {
        let hint = "TLS needs both: 'certificate', a PEM file with the chain, and 'key', its private key."
        guard let certificate = try section.string("certificate"), !certificate.isEmpty else {
            throw section.missing("certificate", hint: hint)
        }
        guard let key = try section.string("key"), !key.isEmpty else { throw section.missing("key", hint: hint) }
        try section.finish()
        return ServingConfiguration.TLS(certificate: certificate, key: key)
    }

    private static func days(_ count: Int) -> Duration { .seconds(count * 86_400) }
}
