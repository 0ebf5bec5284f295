import LeewayLearn
import LeewayMonitor

/// What a check found, as JSON.
package struct DriftDocument: Encodable, Sendable {
    private let findings: DriftFindings

    package init(_ findings: DriftFindings) { self.findings = findings }

    private enum Key: String, CodingKey {
        case verdict
        case drifted
        case driftedShare = "drifted_share"
        case reference
        case window
        case settings
        case hypotheses
        case columns
        case together
        case segments
        case performance
        case notes
    }

    package func encode(to encoder: any Encoder) throws {
        let report = findings.report
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(report.verdict, forKey: .verdict)
        try container.encode(report.drifted.map(\.name), forKey: .drifted)
        try container.encode(report.driftedShare, forKey: .driftedShare)
        try container.encode(findings.reference, forKey: .reference)
        try container.encode(findings.current, forKey: .window)
        try container.encode(Settings(report.settings), forKey: .settings)
        try container.encode(report.hypotheses, forKey: .hypotheses)
        try container.encode(
            report.columns.map { Column($0, findings.newCategories[$0.name] ?? []) }, forKey: .columns)
        if let together = findings.together {
            try container.encode(Together(together, report.together), forKey: .together)
            try container.encode(together.segments.segments.map(Segment.init), forKey: .segments)
        }
        try container.encodeIfPresent(findings.performance, forKey: .performance)
        try container.encode(findings.notes, forKey: .notes)
    }

    private struct Settings: Encodable {
        let policy: DriftSettings.Policy
        let level: Double
        let correction: Correction
        let effectFloor: Double

        enum CodingKeys: String, CodingKey {
            case policy
            case level
            case correction
            case effectFloor = "effect_floor"
        }

        init(_ settings: DriftSettings) {
            (policy, level) = (settings.policy, settings.level)
            (correction, effectFloor) = (settings.correction, settings.effectFloor)
        }
    }

    private struct Column: Encodable {
        let name: String
        let role: ColumnDrift.Role
        let kind: ColumnDrift.Kind
        let importance: Double?
        let drift: Bool
        let rows: ColumnDrift.Sides
        let values: Finding
        let missing: Finding?
        let tests: [Result]
        let newCategories: [NewCategory]?
        let newCategoriesTest: NewCategories?
        let vanishedCategories: [CategoryChange.Vanished]?
        let shape: ColumnShape?

        enum CodingKeys: String, CodingKey {
            case name
            case role
            case kind
            case importance
            case drift
            case rows
            case values
            case missing
            case tests
            case newCategories = "new_categories"
            case newCategoriesTest = "new_categories_test"
            case vanishedCategories = "vanished_categories"
            case shape
        }

        init(_ column: ColumnDrift, _ new: [(text: String, count: Int)]) {
            (name, role, kind, importance) = (column.name, column.role, column.kind, column.importance)
            (drift, rows, shape) = (column.isDrift, column.sides, column.shape)
            values = Finding(column.values)
            missing = column.missing.map(Finding.init)
            tests = column.extras.map { Result($0) }
            newCategories = new.isEmpty ? nil : new.prefix(100).map { NewCategory(category: $0.text, rows: $0.count) }
            newCategoriesTest = column.categories.flatMap { $0.new.rows > 0 ? $0.new : nil }
            vanishedCategories = column.categories.flatMap { $0.vanished.isEmpty ? nil : $0.vanished }
        }
    }

    private struct NewCategory: Encodable {
        let category: String
        let rows: Int
    }

    /// What tests of all columns together found.
    private struct Together: Encodable {
        let domainClassifier: Finding?
        let reconstructionError: Finding?
        let columnShares: [ColumnShare]
        let referenceRows: Int
        let windowRows: Int

        enum CodingKeys: String, CodingKey {
            case domainClassifier = "domain_classifier"
            case reconstructionError = "reconstruction_error"
            case columnShares = "column_shares"
            case referenceRows = "reference_rows"
            case windowRows = "window_rows"
        }

        init(_ found: TogetherFindings, _ findings: [ColumnDrift.Finding]) {
            domainClassifier = findings.first.map(Finding.init)
            reconstructionError = findings.count > 1 ? Finding(findings[1]) : nil
            columnShares = found.classifier.columns
            (referenceRows, windowRows) = (found.classifier.referenceRows, found.classifier.windowRows)
        }
    }

    private struct Segment: Encodable {
        let text: String
        let segment: DriftSegment

        init(_ segment: DriftSegment) { (text, self.segment) = (segment.description, segment) }

        private enum Key: String, CodingKey { case text }

        func encode(to encoder: any Encoder) throws {
            try segment.encode(to: encoder)
            var container = encoder.container(keyedBy: Key.self)
            try container.encode(text, forKey: .text)
        }
    }

    /// A result or the reason why there is none, with what the verdict made of it.
    private struct Finding: Encodable {
        let finding: ColumnDrift.Finding

        init(_ finding: ColumnDrift.Finding) { self.finding = finding }

        private enum Key: String, CodingKey {
            case drift
            case adjustedPValue = "adjusted_p_value"
            case noEvidence = "no_evidence"
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: Key.self)
            try container.encode(finding.isDrift, forKey: .drift)
            try container.encodeIfPresent(finding.adjustedPValue, forKey: .adjustedPValue)
            switch finding.outcome {
            case .noEvidence(let reason): try container.encode(reason, forKey: .noEvidence)
            case .tested(let result): try Result(result).encode(to: encoder)
            }
        }
    }

    private struct Result: Encodable {
        let method: DriftMethod
        let statistic: Double
        let pValue: Double?
        let distance: Double
        let noise: Double
        let interval: ConfidenceInterval
        let shift: Double
        let shiftInterval: ConfidenceInterval

        enum CodingKeys: String, CodingKey {
            case method
            case statistic
            case pValue = "p_value"
            case distance
            case noise
            case interval
            case shift
            case shiftInterval = "shift_interval"
        }

        init(_ result: DriftResult) {
            (method, statistic, pValue) = (result.method, result.statistic, result.pValue)
            (distance, noise, interval) = (result.distance, result.noise, result.interval)
            (shift, shiftInterval) = (result.shift, result.shiftInterval)
        }
    }
}
