package import LeewayCore
package import LeewayValidate

/// What a line of the prediction log says, but for its inputs.
package struct PredictionLine: Sendable, Equatable {
    package var id: UUIDv7
    package var time: Timestamp
    package var model: String
    package var version: Int
    package var probability: Double
    package var label: String
    package var latencyMicroseconds: Int
    package var requestID: String

    /// Reads a line, and its inputs into what a contract holds, if there is one for its model and version.
    ///
    /// - Throws: `damagedArtifact` for a line that the log did not write.
    package init(
        _ bytes: UnsafeBufferPointer<UInt8>,
        inputs reader: (_ model: String, _ version: Int) -> ContractReader? = { _, _ in nil },
        take: (ContractReader) -> Void = { _ in }
    ) throws(LeewayError) {
        var fields = Fields()
        do throws(JSONFailure) {
            var json = JSONReader(bytes)
            try json.beginObject()
            while let key = try json.nextKey() {
                guard json.withBytes(of: key, { $0.elementsEqual("inputs".utf8) }),
                    var rows = fields.model.flatMap({ model in fields.version.flatMap { reader(model, $0) } })
                else {
                    try fields.read(json.string(key), &json)
                    continue
                }
                try Self.readInputs(&json, into: &rows)
                take(rows)
            }
            try json.finish()
        } catch {
            throw LeewayError(
                .damagedArtifact,
                "A line of the prediction log can't be read at byte \(error.offset): \(error.message).")
        }
        guard let id = fields.id, let time = fields.time, let model = fields.model, let version = fields.version,
            let probability = fields.probability, let label = fields.label
        else {
            throw LeewayError(.damagedArtifact, "A line of the prediction log lacks a field that every line has.")
        }
        (self.id, self.time, self.model, self.version) = (id, time, model, version)
        (self.probability, self.label) = (probability, label)
        (latencyMicroseconds, requestID) = (fields.latency ?? 0, fields.requestID ?? "")
    }

    private struct Fields {
        var id: UUIDv7?
        var time: Timestamp?
        var model: String?
        var version: Int?
        var probability: Double?
        var label: String?
        var latency: Int?
        var requestID: String?

        mutating func read(_ key: String, _ json: inout JSONReader) throws(JSONFailure) {
            switch key {
            case "id": id = UUIDv7(json.string(try json.readText()))
            case "time": time = Timestamp(json.string(try json.readText()))
            case "model": model = json.string(try json.readText())
            case "label": label = json.string(try json.readText())
            case "request_id": requestID = json.string(try json.readText())
            case "version": version = Int(exactly: try json.readNumber().value)
            case "latency_us": latency = Int(exactly: try json.readNumber().value)
            case "probability": probability = try json.readNumber().value
            default: try json.skipValue()
            }
        }
    }

    /// Takes the inputs as they were answered: what is in the log was held to the contract before.
    private static func readInputs(
        _ json: inout JSONReader, into reader: inout ContractReader
    ) throws(JSONFailure) {
        try json.beginObject()
        reader.beginRow()
        while let key = try json.nextKey() {
            let names = reader.contract.names
            guard let place = json.withBytes(of: key, { names.find($0) }) else {
                try json.skipValue()
                continue
            }
            switch try json.peek() {
            case .number: reader.keepLogged(try json.readNumber().value, place)
            case .string:
                let text = try json.readText()
                json.withBytes(of: text) { reader.keepLogged($0, place) }
            default: try json.skipValue()
            }
        }
    }
}
