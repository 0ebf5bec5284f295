import LeewayCore
import LeewayMonitor
import Yams

/// Reads the section `retraining`.
enum RetrainingReader {
    static func read(_ top: inout YAMLSection) throws(LeewayError) -> RetrainingConfiguration {
        var retraining = RetrainingConfiguration()
        guard var section = try top.section("retraining") else { return retraining }
        retraining.every = try section.duration("every", in: .seconds(1) ... .seconds(86_400)) ?? retraining.every
        retraining.policy = try section.choice("policy", RetrainingConfiguration.Policy.self) ?? retraining.policy
        retraining.rules = try rules(&section, isClassic: retraining.policy == .classic)
        retraining.material = try section.choice("data", RetrainingConfiguration.Material.self) ?? retraining.material
        retraining.time = try section.string("time")
        retraining.history = try history(&section) ?? retraining.history
        if let node = section.node("key"), let key = try section.strings("key") {
            guard !key.isEmpty else { throw section.failure(node, "'retraining.key' names no column.") }
            retraining.key = key
        }
        if var gate = try section.section("gate") { try self.gate(&gate, &retraining) }
        retraining.promotion =
            try section.choice("promote", RetrainingConfiguration.Promotion.self) ?? retraining.promotion
        if var trial = try section.section("trial") { retraining.trial = try self.trial(&trial) }
        if var probation = try section.section("probation") {
            retraining.probation = try self.probation(&probation)
        }
        retraining.memoryLimit = try section.size(
            "memory_limit", in: .init(bytes: 200_000_000) ... .init(bytes: 1_000_000_000_000_000))
        try section.finish()
        return retraining
    }

    private static func rules(_ section: inout YAMLSection, isClassic: Bool) throws(LeewayError) -> RetrainRules {
        var rules = RetrainRules()
        if isClassic {
            // Any check that says drift replaces the model.
            (rules.driftChecks, rules.minimumLabels, rules.cooldown, rules.perDay) = (1, 0, .zero, 1000)
            rules.minimumGrowth = 0
        }
        if var on = try section.section("on") {
            if let node = on.node("drift") {
                rules.driftChecks = try drift(&on, node, usual: rules.driftChecks ?? 2)
            }
            rules.onRealisedDrop = try on.bool("realised_drop") ?? rules.onRealisedDrop
            rules.onEstimatedDrop = try on.bool("estimated_drop") ?? rules.onEstimatedDrop
            rules.labels = try on.int("labels", in: 1...1_000_000_000)
            if let node = on.node("schedule"), let text = try on.string("schedule") {
                do {
                    rules.schedule = try CronSchedule(text)
                } catch {
                    throw on.failure(node, "'retraining.on.schedule': \(error.message)", hint: error.hint)
                }
            }
            try on.finish()
        }
        rules.cooldown = try section.duration("cooldown", in: .zero ... .seconds(366 * 86_400)) ?? rules.cooldown
        rules.minimumRows = try section.int("min_rows", in: 0...1_000_000_000) ?? rules.minimumRows
        rules.minimumLabels = try section.int("min_labels", in: 0...1_000_000_000) ?? rules.minimumLabels
        rules.minimumGrowth =
            try section.double("min_growth", "a number from 0 to 10", where: { (0...10).contains($0) })
            ?? rules.minimumGrowth
        rules.perDay = try section.int("per_day", in: 1...1000) ?? rules.perDay
        return rules
    }

    /// `true`, `false`, or how many checks must agree.
    private static func drift(
        _ on: inout YAMLSection, _ node: Node, usual: Int
    ) throws(LeewayError) -> Int? {
        if let count = node.int {
            guard (1...100).contains(count) else {
                throw on.failure(node, "'retraining.on.drift' must be a number of checks from 1 to 100.")
            }
            return count
        }
        guard case .scalar(let scalar) = node, ["true", "false"].contains(scalar.string.lowercased()) else {
            throw on.failure(node, "'retraining.on.drift' must be true, false or how many checks must agree.")
        }
        return scalar.string.lowercased() == "true" ? usual : nil
    }

    private static func history(
        _ section: inout YAMLSection
    ) throws(LeewayError) -> RetrainingConfiguration.History? {
        guard let node = section.node("history") else { return nil }
        if node.string == "all" { return .all }
        if case .mapping = node {
            var own = try YAMLSection(node, path: section.full("history"), file: section.file)
            let range = Duration.seconds(3600) ... .seconds(36_500 * 86_400)
            let window = try own.duration("window", in: range)
            let halfLife = try own.duration("half_life", in: range)
            try own.finish()
            if let window, halfLife == nil { return .window(window) }
            if let halfLife, window == nil { return .halfLife(halfLife) }
        }
        throw section.failure(node, "'retraining.history' must be all, {window: 90d} or {half_life: 30d}.")
    }

    private static func gate(
        _ gate: inout YAMLSection, _ retraining: inout RetrainingConfiguration
    ) throws(LeewayError) {
        var rules = GateRules()
        rules.metric = try gate.choice("metric", GateMetric.self) ?? rules.metric
        rules.tolerance = try tolerance(&gate, "tolerance")
        rules.level =
            try gate.double("level", "a number between 0 and 1", where: { $0 > 0 && $0 < 1 }) ?? rules.level
        rules.floor =
            try gate.double("min_roc_auc", "a number from 0 to 1", where: { (0...1).contains($0) }) ?? rules.floor
        rules.sliceColumns = try gate.strings("slices")
        rules.sliceRows = try gate.int("slice_rows", in: 30...1_000_000_000) ?? rules.sliceRows
        rules.sliceTolerance = try tolerance(&gate, "slice_tolerance")
        rules.calibrationTolerance = try tolerance(&gate, "calibration_tolerance") ?? rules.calibrationTolerance
        rules.latencyTolerance =
            try gate.double("latency_tolerance", "a number from 0 to 100", where: { (0...100).contains($0) })
            ?? rules.latencyTolerance
        retraining.gateRows = try gate.int("rows", in: 30...100_000_000) ?? retraining.gateRows
        try gate.finish()
        retraining.gate = rules
    }

    private static func tolerance(_ section: inout YAMLSection, _ key: String) throws(LeewayError) -> Double? {
        try section.double(key, "a number from 0 to 10", where: { (0...10).contains($0) })
    }

    private static func trial(_ section: inout YAMLSection) throws(LeewayError) -> RetrainingConfiguration.Trial {
        var trial = RetrainingConfiguration.Trial()
        trial.share =
            try section.double("share", "a number between 0 and 1", where: { $0 > 0 && $0 < 1 }) ?? trial.share
        trial.level =
            try section.double("level", "a number between 0 and 1", where: { $0 > 0 && $0 < 1 }) ?? trial.level
        trial.longest = try section.duration("at_most", in: .seconds(1) ... .seconds(366 * 86_400)) ?? trial.longest
        try section.finish()
        return trial
    }

    private static func probation(
        _ section: inout YAMLSection
    ) throws(LeewayError) -> RetrainingConfiguration.Probation {
        var probation = RetrainingConfiguration.Probation()
        probation.length = try section.duration("for", in: .zero ... .seconds(366 * 86_400)) ?? probation.length
        probation.tolerance =
            try section.double("tolerance", "a number from 0 to 1", where: { (0...1).contains($0) })
            ?? probation.tolerance
        probation.errorShare =
            try section.double("errors", "a number from 0 to 1", where: { (0...1).contains($0) })
            ?? probation.errorShare
        probation.latencyFactor =
            try section.double("latency_factor", "a number of 1 or more", where: { $0 >= 1 })
            ?? probation.latencyFactor
        try section.finish()
        return probation
    }
}
