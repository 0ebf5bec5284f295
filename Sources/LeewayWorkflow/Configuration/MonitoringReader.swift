import LeewayCore
import LeewayMonitor
import Yams

/// Reads the section `monitoring`.
enum MonitoringReader {
    static func read(_ top: inout YAMLSection) throws(LeewayError) -> MonitoringConfiguration {
        var monitoring = MonitoringConfiguration()
        guard var section = try top.section("monitoring") else { return monitoring }
        monitoring.drift = try drift(&section)
        monitoring.window =
            try section.duration("window", in: .seconds(3600)...(.seconds(3660 * 86_400))) ?? monitoring.window
        monitoring.minimumRows = try section.int("min_rows", in: 2...1_000_000_000) ?? monitoring.minimumRows
        if var own = try section.section("sequential") { monitoring.sequential = try sequential(&own) }
        monitoring.harmTolerance =
            try section.double("harm_tolerance", "a number from 0 to 1", where: { (0...1).contains($0) })
            ?? monitoring.harmTolerance
        monitoring.settling =
            try section.duration("settling", in: .zero...(.seconds(86_400))) ?? monitoring.settling
        monitoring.alerts = try AlertReader.read(&section)
        try section.finish()
        return monitoring
    }

    private static func drift(_ section: inout YAMLSection) throws(LeewayError) -> DriftSettings {
        let policy = try section.choice("policy", DriftSettings.Policy.self) ?? .standard
        var drift = policy == .classic ? DriftSettings.classic : DriftSettings()
        drift.level =
            try section.double("level", "a number between 0 and 1", where: { $0 > 0 && $0 < 1 }) ?? drift.level
        drift.correction = try section.choice("correction", Correction.self) ?? drift.correction
        drift.effectFloor = try effectFloor(&section) ?? drift.effectFloor
        drift.datasetRule = try datasetRule(&section) ?? drift.datasetRule
        drift.bins = try section.int("bins", in: 2...1000) ?? drift.bins
        if var tests = try section.section("tests") {
            if let own = try self.tests("numeric", of: &tests, among: DriftMethod.numeric) {
                (drift.numericTest, drift.numericExtras) = own
            }
            if let own = try self.tests("categorical", of: &tests, among: DriftMethod.categorical) {
                (drift.categoricalTest, drift.categoricalExtras) = own
            }
            try tests.finish()
        }
        return drift
    }

    /// A number of standard deviations, or another method's threshold: `{psi: 0.25}`.
    private static func effectFloor(_ section: inout YAMLSection) throws(LeewayError) -> Double? {
        guard let node = section.node("effect_floor") else { return nil }
        guard case .mapping = node else {
            return try section.double("effect_floor", "a number from 0 to 10", where: { (0...10).contains($0) })
        }
        var own = try YAMLSection(node, path: section.full("effect_floor"), file: section.file)
        let entries = try own.entries()
        guard entries.count == 1, let (key, value) = entries.first, let method = DriftMethod(rawValue: key),
            let threshold = value.float, threshold >= 0, threshold.isFinite
        else {
            throw section.failure(
                node,
                "'monitoring.effect_floor' must be a number of standard deviations, or one method and its threshold.",
                hint: "Such as {psi: 0.25}. Methods: \(DriftMethod.numeric.map(\.rawValue).joined(separator: ", ")).")
        }
        return ShiftScale.shift(of: threshold, by: method)
    }

    private static func datasetRule(_ section: inout YAMLSection) throws(LeewayError) -> DriftSettings.DatasetRule? {
        guard let node = section.node("dataset") else { return nil }
        if node.string == "any" { return .any }
        if case .mapping = node {
            var own = try YAMLSection(node, path: section.full("dataset"), file: section.file)
            let share = try own.double("share", "a number above 0, at most 1", where: { $0 > 0 && $0 <= 1 })
            let count = try own.int("count", in: 1...100_000)
            try own.finish()
            if let share, count == nil { return .share(share) }
            if let count, share == nil { return .count(count) }
        }
        throw section.failure(node, "'monitoring.dataset' must be any, {share: NUMBER} or {count: NUMBER}.")
    }

    /// The test that decides, which is the first, and the others.
    private static func tests(
        _ key: String, of section: inout YAMLSection, among known: [DriftMethod]
    ) throws(LeewayError) -> (DriftMethod, [DriftMethod])? {
        guard let node = section.node(key), let names = try section.strings(key) else { return nil }
        var methods: [DriftMethod] = []
        for name in names {
            guard let method = DriftMethod(rawValue: name), known.contains(method) else {
                let all = known.map(\.rawValue)
                throw section.failure(
                    node, "'\(section.full(key))' names an unknown test.",
                    hint: NearestName.of(name, among: all).map { "Did you mean '\($0)'?" }
                        ?? "Tests: \(all.joined(separator: ", ")).")
            }
            methods.append(method)
        }
        guard let first = methods.first else {
            throw section.failure(node, "'\(section.full(key))' must name a test.")
        }
        return (first, Array(methods.dropFirst()))
    }

    private static func sequential(
        _ section: inout YAMLSection
    ) throws(LeewayError) -> MonitoringConfiguration.Sequential {
        var sequential = MonitoringConfiguration.Sequential()
        let node = section.node("level")
        let rows = try section.int("rows_per_false_alarm", in: 100...1_000_000_000)
        let level = try section.double("level", "a number between 0 and 1", where: { $0 > 0 && $0 < 1 })
        if let node, rows != nil {
            throw section.failure(
                node, "'monitoring.sequential' takes 'rows_per_false_alarm' or 'level', not both.")
        }
        if let rows { sequential.contract = .rowsPerFalseAlarm(rows) }
        if let level { sequential.contract = .level(level) }
        sequential.block = try block(&section, &sequential.contract, isGiven: rows != nil)
        try section.finish()
        return sequential
    }

    /// Blocks that a promise in rows is at least long.
    private static let fewestBlocks = 20
    /// Blocks between two false alarms where the user says nothing.
    private static let usualBlocks = 200

    /// The rows of a block, with a promise that so long blocks can keep.
    private static func block(
        _ section: inout YAMLSection, _ contract: inout MonitoringConfiguration.Sequential.Contract, isGiven: Bool
    ) throws(LeewayError) -> Int? {
        guard let node = section.node("block"), let block = try section.int("block", in: 2...1_000_000) else {
            return nil
        }
        guard case .rowsPerFalseAlarm(let rows) = contract else { return block }
        guard isGiven else {
            contract = .rowsPerFalseAlarm(max(rows, usualBlocks * block))
            return block
        }
        guard rows / block >= fewestBlocks else {
            throw section.failure(
                node, "'monitoring.sequential.block' is too long for one false alarm in \(rows.grouped) rows.",
                hint: "A promise must be \(fewestBlocks) blocks long at least: "
                    + "blocks of \((rows / fewestBlocks).grouped) rows, or one false alarm in \((fewestBlocks * block).grouped)."
            )
        }
        return block
    }
}
