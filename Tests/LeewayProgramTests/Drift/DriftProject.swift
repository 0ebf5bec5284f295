import Foundation
import Testing

/// A project with one version, trained once for all tests, and windows to hold against it.
enum DriftProject {
    static let header = "age,hours,city,income"

    /// Rows of a population; the same ones for the same seed.
    static func rows(_ count: Int, seed: UInt64, older years: Double = 0) -> [[String]] {
        var state = seed
        func uniform() -> Double {
            // SplitMix64.
            state &+= 0x9E37_79B9_7F4A_7C15
            var bits = state
            bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
            bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
            return Double((bits ^ (bits >> 31)) >> 11) * 0x1p-53
        }
        return (0..<count).map { _ in
            let normal = (-2 * log(1 - uniform())).squareRoot() * cos(2 * .pi * uniform())
            let age = (40 + years + 12 * normal).rounded()
            let hours = -30 * log(1 - uniform())
            let draw = uniform()
            let city = draw < 0.6 ? "Oslo" : draw < 0.9 ? "Bergen" : "Vadsø"
            let isHigh = uniform() < 1 / (1 + exp(-(age - 45) / 6))
            return ["\(Int(age))", "\((hours * 100).rounded() / 100)", city, isHigh ? "high" : "low"]
        }
    }

    static func csv(_ rows: [[String]], header: String = header) -> String {
        ([header] + rows.map { $0.joined(separator: ",") }).joined(separator: "\n") + "\n"
    }

    private static let trained = Task {
        let workspace = try Workspace(csv: csv(rows(3000, seed: 1))).keptUntilExit()
        try workspace.write("name: people\n" + Workspace.configuration, to: "leeway.yaml")
        try await workspace.leewayWorks("run", "--quiet")
        return workspace
    }

    /// A copy of the project, with a window beside it.
    static func make(window: String? = nil) async throws -> Workspace {
        let (workspace, trained) = (try Workspace(), try await trained.value)
        for name in [".leeway", "leeway.yaml", "data.csv"] {
            try FileManager.default.copyItem(at: trained.url(name), to: workspace.url(name))
        }
        if let window { try workspace.write(window, to: "new.csv") }
        return workspace
    }
}
