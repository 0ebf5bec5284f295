package import LeewayCore
package import LeewayValidate

/// The replies of our own prediction protocol, and its problems (RFC 9457).
package struct PredictionReply: Sendable {
    /// Why a row got its probability.
    package struct Explanation: Sendable {
        package let intercept: Double
        /// What each field adds, in log-odds.
        package let contributions: [(field: String, logOdds: Double)]

        package init(intercept: Double, contributions: [(field: String, logOdds: Double)]) {
            (self.intercept, self.contributions) = (intercept, contributions)
        }
    }

    private let head: [UInt8]
    private let labels: (negative: [UInt8], positive: [UInt8])

    package init(model: String, version: Int, labels: (negative: String, positive: String)) {
        var writer = JSONWriter()
        writer.raw(#"{"model":"#)
        writer.text(model)
        writer.raw(#","version":"#)
        writer.integer(version)
        writer.raw(#","predictions":["#)
        head = writer.bytes
        self.labels = (JSONWriter.fragment(of: labels.negative), JSONWriter.fragment(of: labels.positive))
    }

    /// `{"model":"m","version":1,"predictions":[{"id":"…","label":"yes","probability":0.5}]}`.
    package func bytes(
        ids: [UUIDv7], probabilities: [Double], isPositive: [Bool], explanations: [Explanation] = [],
        notes: [Violation] = []
    ) -> [UInt8] {
        var writer = JSONWriter(
            capacity: head.count + probabilities.count * (96 + (explanations.isEmpty ? 0 : 800)) + 8)
        writer.raw(head)
        for row in probabilities.indices {
            if row > 0 { writer.raw(UInt8(ascii: ",")) }
            writer.raw(#"{"id":""#)
            writer.uuid(ids[row])
            writer.raw(#"","label":"#)
            writer.raw(isPositive[row] ? labels.positive : labels.negative)
            writer.raw(#","probability":"#)
            writer.number(probabilities[row])
            if !explanations.isEmpty { append(explanations[row], to: &writer) }
            writer.raw(UInt8(ascii: "}"))
        }
        writer.raw(UInt8(ascii: "]"))
        if !notes.isEmpty {
            writer.raw(#","warnings":"#)
            Problem.append(notes, to: &writer)
        }
        writer.raw(UInt8(ascii: "}"))
        return writer.bytes
    }

    private func append(_ explanation: Explanation, to writer: inout JSONWriter) {
        writer.raw(#","explanation":{"unit":"log-odds","intercept":"#)
        writer.number(explanation.intercept)
        writer.raw(#","contributions":["#)
        // The largest first; equal ones in the model's order.
        let sorted = explanation.contributions.enumerated().sorted {
            (-$0.element.logOdds.magnitude, $0.offset) < (-$1.element.logOdds.magnitude, $1.offset)
        }
        for (place, contribution) in sorted.enumerated() {
            if place > 0 { writer.raw(UInt8(ascii: ",")) }
            writer.raw(#"{"field":"#)
            writer.text(contribution.element.field)
            writer.raw(#","log_odds":"#)
            writer.number(contribution.element.logOdds)
            writer.raw(UInt8(ascii: "}"))
        }
        writer.raw("]}")
    }
}

extension JSONWriter {
    /// Appends the 36 characters of a UUID, without quotes.
    package mutating func uuid(_ id: UUIDv7) {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: UUIDv7.textLength) { buffer in
            id.write(to: buffer)
            bytes.append(contentsOf: UnsafeBufferPointer(buffer))
        }
    }
}
