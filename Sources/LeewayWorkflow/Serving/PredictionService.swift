package import LeewayCore
import LeewayMonitor
import LeewayStore
package import LeewayValidate
import LeewayWire
import Synchronization

/// Answers rows: scores them, puts them into the log, counts them, in that order.
package final class PredictionService: Sendable {
    /// Who asked, and since when.
    package struct Request: Sendable {
        package let id: String
        /// The W3C trace, 32 hexadecimal digits; nil where there is none.
        package let trace: String?
        /// Seconds of the monotonic clock at which it arrived.
        package let start: Double

        package init(id: String, trace: String?, start: Double) {
            (self.id, self.trace, self.start) = (id, trace, start)
        }
    }

    /// What becomes of a request whose rows can't be logged.
    package enum LogFailurePolicy: String, Sendable, Codable, CaseIterable {
        /// It gets an error.
        case refuse
        /// It gets its answer, and the rows are counted as lost.
        case serve
    }

    /// What rows were answered with.
    package struct Answer: Sendable {
        package let ids: [UUIDv7]
        package let scores: ServedModel.Scores
    }

    /// What the service has done since it began.
    package struct Counts: Sendable {
        package struct Model: Sendable {
            package var rows = 0
            package var positives = 0
            package var requests = 0
            package var refused = 0
            /// Requests whose rows could not be logged, and so were not answered.
            package var failed = 0

            fileprivate mutating func add(rows count: Int, positives positiveCount: Int, requests requestCount: Int) {
                rows += count
                positives += positiveCount
                requests += requestCount
            }
        }

        package struct Key: Hashable, Sendable {
            package let model: String
            package let version: Int
        }

        package var models: [Key: Model] = [:]
        /// Violations by model and rule, those let through included.
        package var rules: [String: [Violation.Rule: Int]] = [:]
        /// Rows that were answered and could not be logged.
        package var lostRows = 0
    }

    private let log: SegmentedLog<CountedRows>
    private let policy: LogFailurePolicy
    private let sample: Double
    private let keeper: WindowKeeper
    private let environment: Environment
    private let state = Mutex(Counts())

    init(
        _ log: SegmentedLog<CountedRows>, onLogFailure policy: LogFailurePolicy, sample: Double,
        keeper: WindowKeeper, environment: Environment
    ) {
        (self.log, self.policy, self.sample) = (log, policy, sample)
        (self.keeper, self.environment) = (keeper, environment)
    }

    package var counts: Counts { state.withLock { $0 } }

    /// Answers rows that keep to the contract; what is not in the log afterwards is not answered.
    ///
    /// Of a request whose rows come in several parts only the first is counted as a request.
    /// - Throws: `diskFull`, `logNotWritable`, unless the policy is to serve nevertheless.
    package func answer(
        _ rows: ContractRows, by model: ServedModel, _ request: Request, isFirst: Bool = true
    ) async throws(LeewayError) -> Answer {
        let scores = model.score(rows)
        let now = environment.now()
        let microseconds = Int((environment.seconds() - request.start) * 1e6)
        let about = PredictionLineFormat.Request(
            time: now, latencyMicroseconds: microseconds, id: request.id, trace: request.trace)
        let payload = CountedRows(model: model, rows: rows, scores: scores, hour: now.hour)
        let ids: [UUIDv7]
        do throws(LeewayError) {
            ids = sample >= 1 ? try await log(payload, about) : try await logSample(payload, about)
        } catch {
            guard policy == .serve else {
                state.withLock { state in
                    let key = Counts.Key(model: model.version.model, version: model.version.number)
                    state.models[key, default: .init()].failed += 1
                }
                throw error
            }
            ids = (0..<rows.count).map { _ in newID(now) }
            state.withLock { $0.lostRows += rows.count }
        }
        let positives = scores.isPositive.count { $0 }
        state.withLock { state in
            let key = Counts.Key(model: model.version.model, version: model.version.number)
            state.models[key, default: .init()].add(
                rows: rows.count, positives: positives, requests: isFirst ? 1 : 0)
        }
        if !rows.ruleCounts.isEmpty { note(rows, model) }
        return Answer(ids: ids, scores: scores)
    }

    private func log(
        _ answered: CountedRows, _ about: PredictionLineFormat.Request
    ) async throws(LeewayError) -> [UUIDv7] {
        var writer = JSONWriter(capacity: answered.rows.count * 640)
        var starts: [Int] = []
        starts.reserveCapacity(answered.rows.count)
        answered.model.line.append(
            answered.rows, probabilities: answered.scores.probabilities, isPositive: answered.scores.isPositive,
            about, shadow: answered.model.shadowScores(answered.rows), to: &writer, starts: &starts)
        return try await log.append(LogLines(bytes: writer.bytes, starts: starts), answered)
    }

    /// Logs a share of the rows; all of them are counted.
    private func logSample(
        _ answered: CountedRows, _ about: PredictionLineFormat.Request
    ) async throws(LeewayError) -> [UUIDv7] {
        let isLogged = (0..<answered.rows.count).map { _ in
            Double(environment.random() >> 11) * 0x1p-53 < sample
        }
        var ids = isLogged.map { _ in newID(about.time) }
        guard isLogged.contains(true) else {
            keeper.commitUnlogged(answered)
            return ids
        }
        var writer = JSONWriter(capacity: answered.rows.count * 640)
        var starts: [Int] = []
        answered.model.line.append(
            answered.rows, probabilities: answered.scores.probabilities, isPositive: answered.scores.isPositive,
            about, shadow: answered.model.shadowScores(answered.rows), to: &writer, starts: &starts,
            where: { isLogged[$0] })
        let logged = try await log.append(LogLines(bytes: writer.bytes, starts: starts), answered)
        var next = logged.makeIterator()
        for row in ids.indices where isLogged[row] { ids[row] = next.next() ?? ids[row] }
        return ids
    }

    /// Checks that rows keep to the contract, for protocols whose errors are a text.
    ///
    /// - Throws: `contractViolated` with the first problems.
    package func requireKept(_ rows: ContractRows, by model: ServedModel) throws(LeewayError) {
        guard rows.violationCount > 0 else { return }
        refuse(rows, by: model)
        throw LeewayError(.contractViolated, ViolationText.sentence(rows))
    }

    /// Counts rows that were refused.
    package func refuse(_ rows: ContractRows, by model: ServedModel, isFirst: Bool = true) {
        let key = Counts.Key(model: model.version.model, version: model.version.number)
        if isFirst { state.withLock { $0.models[key, default: .init()].refused += 1 } }
        note(rows, model)
    }

    private func note(_ rows: ContractRows, _ model: ServedModel) {
        state.withLock { state in
            for (rule, count) in rows.ruleCounts {
                state.rules[model.version.model, default: [:]][rule, default: 0] += count
            }
        }
    }

    private func newID(_ time: Timestamp) -> UUIDv7 {
        UUIDv7(time, random: (environment.random(), environment.random()))
    }
}
