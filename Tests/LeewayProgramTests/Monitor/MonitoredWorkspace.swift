import Foundation
import Testing

/// A project whose model was trained once for all tests, and what it is asked.
enum MonitoredWorkspace {
    /// People of 20 to 79 years in three cities, of whom those from 50 on have a high income, but for every tenth.
    struct Person {
        let age: Int
        let hours: Int
        let city: String
        let income: String

        init(_ number: Int, ages: Range<Int> = 20..<80) {
            var bits = UInt64(number + 1)
            func draw(below limit: Int) -> Int {
                // Sebastiano Vigna's splitmix64: a number of its own for each person and question.
                bits &+= 0x9E37_79B9_7F4A_7C15
                var mixed = (bits ^ bits >> 30) &* 0xBF58_476D_1CE4_E5B9
                mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
                return Int((mixed ^ mixed >> 31) % UInt64(limit))
            }
            bits = UInt64(draw(below: 1 << 30)) << 20 | UInt64(number)
            age = ages.lowerBound + draw(below: ages.count)
            hours = draw(below: 50)
            city = ["Bergen", "Oslo", "Tromsø"][draw(below: 3)]
            income = (age >= 50) != (draw(below: 10) == 0) ? "high" : "low"
        }
    }

    private static let trained = Task {
        let workspace = try Workspace().keptUntilExit()
        let rows = (0..<1_000).map { Person($0) }.map { "\($0.age),\($0.hours),\($0.city),\($0.income)\n" }
        try workspace.write("age,hours,city,income\n" + rows.joined(), to: "data.csv")
        try workspace.write(Workspace.configuration, to: "leeway.yaml")
        try await workspace.leewayWorks("run", "--quiet")
        return workspace
    }

    /// A copy of the project, whose rows count as soon as they are logged, with further lines in the section `monitoring`.
    static func make(_ lines: String...) async throws -> Workspace {
        let (workspace, trained) = (try Workspace(), try await trained.value)
        try FileManager.default.copyItem(at: trained.url(".leeway"), to: workspace.url(".leeway"))
        try configure(workspace, lines.isEmpty ? ["settling: 0s"] : lines)
        return workspace
    }

    /// Writes the section `monitoring`.
    static func configure(_ workspace: Workspace, _ lines: [String]) throws {
        try workspace.write("monitoring:\n" + lines.map { "  \($0)\n" }.joined(), to: "leeway.yaml")
    }

    /// Has a server answer people, and tells it their incomes where they are known, some turned round; it has ended then.
    static func serve(
        _ people: [Person], in workspace: Workspace, labelled: Bool = false, wrongEvery: Int = .max
    ) async throws {
        let server = try await RunningServer(in: workspace.folder)
        let rows = people.map { "{\"age\":\($0.age),\"hours\":\($0.hours),\"city\":\"\($0.city)\"}" }.joined(
            separator: ",")
        let reply = try await server.post("{\"rows\":[\(rows)]}", to: "/v1/models/model/predict")
        let ids = reply["predictions"].list.compactMap(\.["id"].text)
        try #require(ids.count == people.count)
        if labelled {
            let labels = zip(ids, people).enumerated().map { number, told in
                let isTurned = number % wrongEvery == wrongEvery - 1
                let label = isTurned ? (told.1.income == "high" ? "low" : "high") : told.1.income
                return "{\"id\":\"\(told.0)\",\"label\":\"\(label)\"}"
            }
            try await server.post("{\"feedback\":[\(labels.joined(separator: ","))]}", to: "/v1/feedback")
        }
        try #require(await server.stop().status == 0)
    }

    /// People like those of the training data.
    static let quiet = (0..<600).map { Person($0 + 5_000) }
    /// People of 60 and more.
    static let old = (0..<300).map { Person($0 + 9_000, ages: 60..<80) }
}
