package import LeewayCore
import LeewayValidate
import LeewayWire

/// Loads two versions as a server would, and lets both answer the same requests: what a process of its own does before
/// a challenger is promoted.
package struct SandboxTrial: Sendable {
    /// What came of it.
    package struct Report: Sendable, Codable, Equatable {
        /// Requests that were tried.
        package let rows: Int
        /// Requests that the champion answers and the challenger refuses.
        package let refused: Int
        /// The middle of the times that a request took, in microseconds.
        package let championMicroseconds: Double
        package let challengerMicroseconds: Double
        /// How the challenger's contract is narrower.
        package let contractProblems: [String]

        enum CodingKeys: String, CodingKey {
            case rows
            case refused
            case championMicroseconds = "champion_us"
            case challengerMicroseconds = "challenger_us"
            case contractProblems = "contract_problems"
        }
    }

    private let project: Project
    private let configuration: ServingConfiguration
    private let seconds: @Sendable () -> Double

    package init(_ project: Project, _ configuration: ServingConfiguration, seconds: @escaping @Sendable () -> Double) {
        (self.project, self.configuration, self.seconds) = (project, configuration, seconds)
    }

    /// Each request is timed so often.
    private static let repetitions = 5

    /// Tries both versions on requests, a JSON object a line.
    ///
    /// - Throws: what loading throws; `malformedRequest`; `malformedDataset` where the challenger's answer is no probability.
    package func run(
        champion: ModelVersion, challenger: ModelVersion, requests: [UInt8]
    ) throws(LeewayError) -> Report {
        let loading = try ModelLoading(project, configuration)
        let (old, new) = (try loading.load(champion), try loading.load(challenger))
        var (oldTimes, newTimes) = ([Double](), [Double]())
        var (rows, refused) = (0, 0)
        for line in requests.split(separator: 0x0A) where !line.isEmpty {
            rows += 1
            var answers = (old: true, new: true)
            for _ in 0..<Self.repetitions {
                // In turn, so that both have the same machine.
                (answers.old, _) = try timed(old, line, &oldTimes)
                let probability: Double?
                (answers.new, probability) = try timed(new, line, &newTimes)
                guard probability.map((0...1).contains) ?? true else {
                    throw LeewayError(.malformedDataset, "The challenger answers with what is no probability.")
                }
            }
            if answers.old, !answers.new { refused += 1 }
        }
        return Report(
            rows: rows, refused: refused, championMicroseconds: Self.middle(oldTimes),
            challengerMicroseconds: Self.middle(newTimes),
            contractProblems: ContractComparison.problems(champion: old.contract, challenger: new.contract))
    }

    /// Whether a model takes a request, and with which probability; how long that took goes to `times`.
    private func timed(
        _ model: ServedModel, _ line: ArraySlice<UInt8>, _ times: inout [Double]
    ) throws(LeewayError) -> (isTaken: Bool, probability: Double?) {
        let start = seconds()
        var reader = NDJSONRowReader(model.contract)
        let result = line.withUnsafeBufferPointer { line in
            Result { () throws(LeewayError) in
                try reader.feed(line)
                try reader.finish()
            }
        }
        try result.get()
        let rows = reader.take()
        guard rows.badRowCount == 0, rows.count == 1 else { return (false, nil) }
        let scores = model.score(rows)
        times.append((seconds() - start) * 1e6)
        return (true, scores.probabilities.first)
    }

    private static func middle(_ times: [Double]) -> Double {
        times.isEmpty ? 0 : times.sorted()[times.count / 2]
    }
}

/// Runs a trial in a process of its own, or where the caller is.
package protocol Sandbox: Sendable {
    /// - Throws: why the challenger can't be loaded and asked.
    func run(
        champion: ModelVersion, challenger: ModelVersion, requests: [UInt8]
    ) async throws(LeewayError) -> SandboxTrial.Report
}
