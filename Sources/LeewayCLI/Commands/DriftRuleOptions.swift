import ArgumentParser
import LeewayMonitor

/// The rules by which drift is decided, where the command line says other ones than leeway.yaml.
struct DriftRuleOptions: ParsableArguments {
    @Option(help: "standard or classic.")
    var policy: DriftSettings.Policy?

    @Option(help: "The chance of a false alarm that is accepted in a quiet window.")
    var level: Double?

    @Option(help: "holm, benjamini_hochberg, bonferroni or none.")
    var correction: Correction?

    @Option(
        help: ArgumentHelp(
            "The smallest shift that matters: in standard deviations, or another method's threshold, such as psi=0.25.",
            valueName: "shift"))
    var effectFloor: String?

    @Option(help: "Columns that are not looked at.")
    var drop: [String] = []

    func validate() throws {
        guard level.map({ $0 > 0 && $0 < 1 }) ?? true else {
            throw ValidationError("--level must lie between 0 and 1.")
        }
        guard effectFloor == nil || floor != nil else {
            throw ValidationError(
                "--effect-floor must be a number from 0 to 10, or a method and its threshold, such as psi=0.25.")
        }
    }

    /// The configuration's settings, with what the command line says.
    func settings(_ configured: DriftSettings) -> DriftSettings {
        var settings = configured
        if let policy, policy != configured.policy { settings = policy == .classic ? .classic : DriftSettings() }
        settings.level = level ?? settings.level
        settings.correction = correction ?? settings.correction
        settings.effectFloor = floor ?? settings.effectFloor
        return settings
    }

    private var floor: Double? {
        guard let effectFloor else { return nil }
        let parts = effectFloor.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard let number = parts.last.flatMap({ Double($0) }), number >= 0, number.isFinite else { return nil }
        guard parts.count == 2 else { return number <= 10 ? number : nil }
        return DriftMethod(rawValue: String(parts[0])).map { ShiftScale.shift(of: number, by: $0) }
    }
}

extension DriftSettings.Policy: ExpressibleByArgument {}
extension Correction: ExpressibleByArgument {}
