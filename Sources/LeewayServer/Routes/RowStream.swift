import HTTPTypes
import Hummingbird
import LeewayCore
import LeewayValidate
import LeewayWire
import LeewayWorkflow
import NIOCore

/// Answers rows that come as CSV or JSON Lines, of which there may be more than a body may hold otherwise.
///
/// Rows are answered as they come, some at a time; the reply has a line a row, in their order. A row that breaks the
/// contract gets its problems instead of a prediction and spoils no other. The reply is sent when all rows were read:
/// most clients read nothing before they have sent everything.
struct RowStream<Reader: RowStreamReader>: Sendable {
    /// How many rows are answered at once, or somewhat more.
    private static var batch: Int { 1000 }
    /// The largest reply, in bytes.
    private static var replyLimit: Int { 256 << 20 }

    let service: PredictionService
    let admission: Admission

    func respond(_ model: ServedModel, _ call: Call) async throws -> Response {
        guard try !call.isOn("explain") else {
            throw LeewayError(.malformedRequest, "Rows of a stream can't be explained.", hint: "Send them as JSON.")
        }
        var reader = Reader(model.contract)
        var reply = StreamReply(model.classes)
        var answered = 0
        var room = 0
        defer { call.budget.give(back: room) }
        do {
            for try await chunk in call.request.body {
                try chunk.withUnsafeReadableBytes { try reader.feed($0.bindMemory(to: UInt8.self)) }
                if let refusal = refusal(&reader, model, call) { return refusal }
                guard reader.rowCount - answered >= Self.batch else { continue }
                try await answer(&reader, &answered, model, call, &reply)
                let growth = reply.byteCount - room
                guard reply.byteCount <= Self.replyLimit, call.budget.take(growth) else {
                    throw LeewayError(
                        .requestTooLarge, "The reply is larger than the server can hold now.",
                        hint: "Send the rows in several requests.")
                }
                room += growth
            }
            try reader.finish()
            if let refusal = refusal(&reader, model, call) { return refusal }
            try await answer(&reader, &answered, model, call, &reply)
        } catch let error as LeewayError {
            // Where rows were answered the client must get to know of them.
            guard answered > 0 else { throw error }
            if error.code == .malformedRequest { try? await answer(&reader, &answered, model, call, &reply) }
            reply.add(error)
        }
        if let problem = reply.problem(call.id) { return Response(problem) }
        return Response(json: reply.bytes, mediaType: "application/x-ndjson")
    }

    /// Refuses the whole where the header has columns that a strict contract has not; they are noted at the first row.
    private func refusal(_ reader: inout Reader, _ model: ServedModel, _ call: Call) -> Response? {
        guard model.contract.mode == .strict, reader.unknownColumnCount > 0, reader.rowCount > 0 else { return nil }
        let rows = reader.take()
        service.refuse(rows, by: model)
        let extra = rows.violations.filter { $0.rule == .extra }
        return Response(
            Problem(extra, count: extra.count, badRows: rows.count, rows: rows.count, requestID: call.id))
    }

    private func answer(
        _ reader: inout Reader, _ answered: inout Int, _ model: ServedModel, _ call: Call, _ reply: inout StreamReply
    ) async throws {
        let first = answered
        let rows = reader.take()
        guard rows.count > 0 else { return }
        let good = rows.good(model.contract)
        if good.count > 0 {
            let result = try await admission.run {
                try await service.answer(
                    good, by: model,
                    .init(id: call.id, trace: call.trace?.trace, start: admission.seconds()), isFirst: first == 0)
            }
            reply.add(rows, result, firstRow: first)
        } else {
            service.refuse(rows, by: model, isFirst: first == 0)
            reply.add(rows, nil, firstRow: first)
        }
        answered += rows.count
    }
}

/// The lines of a stream's reply.
private struct StreamReply {
    private var writer = JSONWriter(capacity: 4096)
    private let labels: (negative: [UInt8], positive: [UInt8])
    private var answeredCount = 0
    private var refused = (rows: 0, violations: 0)
    /// The first problems, while no row was answered.
    private var violations: [Violation] = []

    init(_ classes: TargetClasses) {
        labels = (JSONWriter.fragment(of: classes.negative), JSONWriter.fragment(of: classes.positive))
    }

    var bytes: [UInt8] { writer.bytes }
    var byteCount: Int { writer.bytes.count }

    /// The problem of a stream none of whose rows keeps to the contract; nil for all others.
    func problem(_ id: String) -> Problem? {
        guard answeredCount == 0, refused.rows > 0 else { return nil }
        return Problem(
            violations, count: refused.violations, badRows: refused.rows, rows: refused.rows, requestID: id)
    }

    /// A line a row: `{"id":"…","label":"yes","probability":0.5}`, with `warnings` where there are any, or `{"row":3,"errors":[…]}`.
    mutating func add(_ rows: ContractRows, _ answer: PredictionService.Answer?, firstRow: Int) {
        answeredCount += answer?.ids.count ?? 0
        refused.rows += rows.badRowCount
        refused.violations += rows.violationCount
        let room = ContractReader.listLimit - violations.count
        violations = answeredCount == 0 ? violations + rows.violations.prefix(room) : []
        var (bad, own, notes, place) = (rows.badRows[...], rows.violations[...], rows.notes[...], 0)
        for row in 0..<rows.count {
            if bad.first == row {
                bad = bad.dropFirst()
                let problems = own.prefix { $0.row == firstRow + row }
                own = own.dropFirst(problems.count)
                writer.raw(#"{"row":"#)
                writer.integer(firstRow + row)
                writer.raw(#","errors":"#)
                Problem.append(Array(problems), to: &writer)
                // A batch lists so many problems and no more.
                if problems.isEmpty { writer.raw(#","truncated":true"#) }
                writer.raw("}\n")
                continue
            }
            guard let answer else { continue }
            writer.raw(#"{"id":""#)
            writer.uuid(answer.ids[place])
            writer.raw(#"","label":"#)
            writer.raw(answer.scores.isPositive[place] ? labels.positive : labels.negative)
            writer.raw(#","probability":"#)
            writer.number(answer.scores.probabilities[place])
            let warnings = notes.prefix { $0.row <= firstRow + row }
            if !warnings.isEmpty {
                notes = notes.dropFirst(warnings.count)
                writer.raw(#","warnings":"#)
                Problem.append(Array(warnings), to: &writer)
            }
            writer.raw("}\n")
            place += 1
        }
    }

    /// The last line of a stream that ends early: `{"error":{…}}`.
    mutating func add(_ error: LeewayError) {
        writer.raw(#"{"error":{"code":"#)
        writer.text(error.code.description)
        writer.raw(#","detail":"#)
        writer.text(error.message + (error.hint.map { " \($0)" } ?? ""))
        writer.raw("}}\n")
    }
}
