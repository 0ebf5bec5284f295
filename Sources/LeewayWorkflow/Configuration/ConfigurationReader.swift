package import LeewayCore
import LeewayStore
import LeewayValidate
import Yams

/// Reads `leeway.yaml`.
package enum ConfigurationReader {
    /// The configuration of a file.
    ///
    /// - Throws: `fileNotAccessible`; `invalidConfiguration` with the line and the key.
    package static func read(_ path: String) throws(LeewayError) -> ProjectConfiguration {
        guard FileSystem.kind(of: path) != nil else {
            throw LeewayError(
                .invalidConfiguration, "There is no \(path).",
                hint: "Make one with 'leeway init data.csv --target COLUMN', or name another with --config.")
        }
        return try parse(try text(of: path), file: path)
    }

    /// The section `serving` of a file, and nothing else of it; all defaults where there is no file, or no such section.
    ///
    /// - Throws: `fileNotAccessible`; `invalidConfiguration` with the line and the key.
    package static func readServing(_ path: String) throws(LeewayError) -> ServingConfiguration {
        guard FileSystem.kind(of: path) != nil else { return ServingConfiguration() }
        return try parseServing(try text(of: path), file: path)
    }

    /// The section `serving` that a text says; `file` names it in errors.
    ///
    /// - Throws: `invalidConfiguration` with the line and the key.
    package static func parseServing(_ text: String, file: String) throws(LeewayError) -> ServingConfiguration {
        try section(of: text, file: file, ServingReader.read) ?? ServingConfiguration()
    }

    /// The section `monitoring` of a file, and nothing else of it; all defaults where there is no file, or no such section.
    ///
    /// - Throws: `fileNotAccessible`; `invalidConfiguration` with the line and the key.
    package static func readMonitoring(_ path: String) throws(LeewayError) -> MonitoringConfiguration {
        guard FileSystem.kind(of: path) != nil else { return MonitoringConfiguration() }
        return try parseMonitoring(try text(of: path), file: path)
    }

    /// The section `monitoring` that a text says; `file` names it in errors.
    ///
    /// - Throws: `invalidConfiguration` with the line and the key.
    package static func parseMonitoring(_ text: String, file: String) throws(LeewayError) -> MonitoringConfiguration {
        try section(of: text, file: file, MonitoringReader.read) ?? MonitoringConfiguration()
    }

    /// The section `retraining` of a file, and nothing else of it; all defaults where there is no file, or no such section.
    ///
    /// - Throws: `fileNotAccessible`; `invalidConfiguration` with the line and the key.
    package static func readRetraining(_ path: String) throws(LeewayError) -> RetrainingConfiguration {
        guard FileSystem.kind(of: path) != nil else { return RetrainingConfiguration() }
        return try parseRetraining(try text(of: path), file: path)
    }

    /// The section `retraining` that a text says; `file` names it in errors.
    ///
    /// - Throws: `invalidConfiguration` with the line and the key.
    package static func parseRetraining(_ text: String, file: String) throws(LeewayError) -> RetrainingConfiguration {
        try section(of: text, file: file, RetrainingReader.read) ?? RetrainingConfiguration()
    }

    /// One section alone: what the others hold is not looked at, but a slip in this one must not go unseen.
    private static func section<Section>(
        of text: String, file: String, _ read: (inout YAMLSection) throws(LeewayError) -> Section
    ) throws(LeewayError) -> Section? {
        guard let root = try root(of: text, file: file) else { return nil }
        var top = try YAMLSection(root, path: "", file: file)
        let section = try read(&top)
        for section in ProjectConfiguration.sections { _ = top.node(section) }
        try top.finish()
        return section
    }

    /// The configuration that a text says; `file` names it in errors.
    ///
    /// - Throws: `invalidConfiguration` with the line and the key.
    package static func parse(_ text: String, file: String) throws(LeewayError) -> ProjectConfiguration {
        guard let root = try root(of: text, file: file) else {
            throw YAMLSection.failure(
                file, nil, "the file is empty.", hint: "It needs at least 'source:' and 'target:'.")
        }
        var top = try YAMLSection(root, path: "", file: file)
        let target = try targetConfiguration(&top)
        let configuration = ProjectConfiguration(
            name: try modelName(&top), source: try SourceReader.read(&top), target: target,
            features: try featureConfiguration(&top), split: try splitConfiguration(&top),
            validation: try ValidationReader.read(&top), model: try modelConfiguration(&top),
            evaluation: try evaluationConfiguration(&top), seed: try top.int("seed", in: 0...Int.max) ?? 42,
            engine: try engineConfiguration(&top), serving: try ServingReader.read(&top),
            monitoring: try MonitoringReader.read(&top), retraining: try RetrainingReader.read(&top))
        try top.finish()
        return configuration
    }

    private static func text(of path: String) throws(LeewayError) -> String {
        let bytes = try FileSystem.read(path)
        // Some editors put a byte order mark before the text.
        let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        guard let text = String(validating: bytes[start...], as: UTF8.self) else {
            throw YAMLSection.failure(path, nil, "the file is not UTF-8 text.")
        }
        return text
    }

    /// The top of a text's YAML; nil where nothing stands in it.
    private static func root(of text: String, file: String) throws(LeewayError) -> Node? {
        do {
            let root = try Yams.compose(yaml: text)
            return root?.scalar?.string.isEmpty == true ? nil : root
        } catch let error as YamlError {
            throw yamlFailure(error, file)
        } catch {
            throw YAMLSection.failure(file, nil, "the file is no YAML.")
        }
    }

    private static func modelName(_ top: inout YAMLSection) throws(LeewayError) -> String {
        guard let node = top.node("name"), let name = try top.string("name") else { return "model" }
        guard isModelName(name) else {
            throw top.failure(
                node, "'name' must be 1 to 100 letters, digits, '-', '_' or '.', and not begin with '.'.")
        }
        return name
    }

    /// Whether a text may be the name of a model: a path and an address can hold it as it is.
    static func isModelName(_ name: String) -> Bool {
        let isFine = name.utf8.allSatisfy {
            (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0)
                || [0x2D, 0x2E, 0x5F].contains($0)
        }
        return isFine && (1...100).contains(name.utf8.count) && !name.hasPrefix(".")
    }

    private static func targetConfiguration(_ top: inout YAMLSection) throws(LeewayError) -> TargetConfiguration {
        guard let node = top.node("target") else {
            throw top.missing("target", hint: "Name the column to predict: 'target: COLUMN'.")
        }
        if case .scalar(let scalar) = node { return TargetConfiguration(column: scalar.string) }
        var section = try YAMLSection(node, path: "target", file: top.file)
        guard let column = try section.string("column") else {
            throw section.missing("column", hint: "Name the column to predict.")
        }
        // An ending of nothing stands at the end of every text, and takes all of it off.
        let suffix = try section.string("strip_suffix").flatMap { $0.isEmpty ? nil : $0 }
        let target = TargetConfiguration(
            column: column, positive: try section.string("positive"), stripSuffix: suffix)
        try section.finish()
        return target
    }

    private static func featureConfiguration(_ top: inout YAMLSection) throws(LeewayError) -> FeatureConfiguration {
        var features = FeatureConfiguration(
            drop: [], numeric: [], categorical: [], numericFill: .median, categoryFill: .mostFrequent,
            scaling: .standard, maximumCategories: 1000)
        guard var section = try top.section("features") else { return features }
        features.drop = try section.strings("drop") ?? []
        features.numeric = try section.strings("numeric") ?? []
        features.categorical = try section.strings("categorical") ?? []
        if let fill = section.node("impute_numeric") { features.numericFill = try numericFill(fill, section) }
        if let fill = section.node("impute_categorical") { features.categoryFill = try categoryFill(fill, section) }
        features.scaling = try section.choice("scale", FeatureConfiguration.Scaling.self) ?? .standard
        features.maximumCategories = try section.int("max_categories", in: 1...65_536) ?? 1000
        try section.finish()
        return features
    }

    private static func numericFill(
        _ node: Node, _ parent: YAMLSection
    ) throws(LeewayError) -> FeatureConfiguration.NumericFill {
        switch node.string {
        case "median": return .median
        case "mean": return .mean
        default:
            if case .mapping = node {
                var section = try YAMLSection(node, path: "features.impute_numeric", file: parent.file)
                let value = try section.double("constant", "a number", where: { _ in true })
                try section.finish()
                if let value { return .constant(value) }
            }
            throw parent.failure(node, "'features.impute_numeric' must be median, mean or {constant: NUMBER}.")
        }
    }

    private static func categoryFill(
        _ node: Node, _ parent: YAMLSection
    ) throws(LeewayError) -> FeatureConfiguration.CategoryFill {
        switch node.string {
        case "most_frequent": return .mostFrequent
        case "keep": return .keep
        default:
            if case .mapping = node {
                var section = try YAMLSection(node, path: "features.impute_categorical", file: parent.file)
                let value = try section.string("constant")
                try section.finish()
                if let value { return .constant(value) }
            }
            throw parent.failure(
                node, "'features.impute_categorical' must be most_frequent, keep or {constant: TEXT}.")
        }
    }

    private static func splitConfiguration(_ top: inout YAMLSection) throws(LeewayError) -> SplitConfiguration {
        guard var section = try top.section("split") else { return SplitConfiguration(testShare: 0.2) }
        let node = section.node("test_rows")
        let rows = try section.string("test_rows")
        let share = try section.double("test_share", "a number between 0 and 1", where: { $0 > 0 && $0 < 1 })
        try section.finish()
        if let node, share != nil {
            throw section.failure(node, "'split' takes 'test_share' or 'test_rows', not both.")
        }
        return SplitConfiguration(testShare: share ?? 0.2, testRows: rows)
    }

    private static func modelConfiguration(_ top: inout YAMLSection) throws(LeewayError) -> ModelConfiguration {
        var model = ModelConfiguration(
            type: .logisticRegression, inverseRegularization: 1, classWeight: .none, threshold: 0.5)
        guard let node = top.node("model") else { return model }
        if case .scalar = node {
            model.type = try top.choice("model", ModelConfiguration.Kind.self) ?? .logisticRegression
            return model
        }
        var section = try YAMLSection(node, path: "model", file: top.file)
        model.type = try section.choice("type", ModelConfiguration.Kind.self) ?? .logisticRegression
        model.inverseRegularization = try section.double("C", "a number above 0", where: { $0 > 0 }) ?? 1
        model.classWeight = try section.choice("class_weight", ModelConfiguration.ClassWeight.self) ?? .none
        model.threshold =
            try section.double("threshold", "a number between 0 and 1", where: { $0 > 0 && $0 < 1 }) ?? 0.5
        try section.finish()
        return model
    }

    private static func evaluationConfiguration(_ top: inout YAMLSection) throws(LeewayError) -> EvaluationConfiguration
    {
        guard var section = try top.section("evaluation") else { return EvaluationConfiguration(bootstrap: 1000) }
        let evaluation = EvaluationConfiguration(bootstrap: try section.int("bootstrap", in: 0...100_000) ?? 1000)
        try section.finish()
        return evaluation
    }

    private static func engineConfiguration(_ top: inout YAMLSection) throws(LeewayError) -> EngineConfiguration {
        guard var section = try top.section("engine") else { return EngineConfiguration() }
        let engine = EngineConfiguration(
            threads: try section.int("threads", in: 1...1024), memoryLimit: try section.string("memory_limit"))
        try section.finish()
        return engine
    }

    private static func yamlFailure(_ error: YamlError, _ file: String) -> LeewayError {
        switch error {
        case .parser(_, let problem, let mark, _) where problem.hasPrefix("Maximum nesting level"):
            YAMLSection.failure(file, mark.line, "this is nested too deeply.")
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            YAMLSection.failure(
                file, mark.line, "this is no YAML: \(problem).",
                hint: "Quote texts that hold ':', '#', '>' or quotes.")
        case .duplicatedKeysInMapping(let keys, let context):
            YAMLSection.failure(
                file, context.mark.line, "the key \(keys.map { "'\($0)'" }.joined(separator: ", ")) stands twice.")
        case .reader: YAMLSection.failure(file, nil, "this is no YAML: a control character stands in the text.")
        default: YAMLSection.failure(file, nil, "this is no YAML.")
        }
    }
}
