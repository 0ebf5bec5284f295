import LeewayCore

/// The two classes of a target.
package struct TargetClasses: Sendable, Codable, Equatable {
    /// The class whose probability the model gives.
    package let positive: String
    package let negative: String
    /// The positive class's place among the target's categories as they were read.
    let positiveCode: Int32

    enum CodingKeys: String, CodingKey {
        case positive
        case negative
    }

    /// Names the classes: the positive one as configured, else the last by number where both are numbers, else by UTF-8 bytes.
    ///
    /// - Throws: `unusableTarget` where there are not two classes, or the configured one is none of them.
    init(of target: Categorical, _ configuration: TargetConfiguration) throws(LeewayError) {
        var isSeen = [Bool](repeating: false, count: target.categories.count)
        for code in target.codes where code >= 0 { isSeen[Int(code)] = true }
        let seen = zip(target.categories, isSeen).filter(\.1).map(\.0)
        guard seen.count == 2 else {
            throw LeewayError(
                .unusableTarget,
                "The target '\(configuration.column)' has \(seen.count) \(seen.count == 1 ? "class" : "classes") where two are needed."
            )
        }
        let sorted = seen.sorted { left, right in
            if let first = Double(left), let second = Double(right), first < second || first > second {
                return first < second
            }
            return left.utf8.lexicographicallyPrecedes(right.utf8)
        }
        let positive = configuration.positive ?? sorted[1]
        guard sorted.contains(positive) else {
            throw LeewayError(
                .unusableTarget, "'target.positive' is none of the two classes of '\(configuration.column)'.",
                hint: "See target.classes in ingestion_report.json.")
        }
        self.positive = positive
        negative = sorted[0] == positive ? sorted[1] : sorted[0]
        positiveCode = Int32(target.categories.firstIndex(of: positive) ?? 0)
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        positive = try container.decode(String.self, forKey: .positive)
        negative = try container.decode(String.self, forKey: .negative)
        positiveCode = 1
    }
}
