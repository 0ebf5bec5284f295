package import LeewayCore
package import LeewayValidate

/// Writes answered rows as lines of the prediction log: one JSON object a line.
///
/// `{"id":"…","time":"…","model":"m","version":1,"probability":0.5,"label":"yes","latency_us":80,"request_id":"…","inputs":{…}}`,
/// with `shadow_version` and `shadow_probability` after the label where another version scored the same rows.
package struct PredictionLineFormat: Sendable {
    /// What all rows of a request share.
    package struct Request: Sendable {
        package let time: Timestamp
        /// From the request's arrival to its record.
        package let latencyMicroseconds: Int
        /// What the client, or else the server, calls the request.
        package let id: String
        /// The W3C trace that the request belongs to: 32 hexadecimal digits.
        package let trace: String?

        package init(time: Timestamp, latencyMicroseconds: Int, id: String, trace: String?) {
            (self.time, self.latencyMicroseconds, self.id, self.trace) = (time, latencyMicroseconds, id, trace)
        }
    }

    /// What another version says of the same rows.
    package struct Shadow: Sendable {
        package let version: Int
        /// One a row.
        package let probabilities: [Double]

        package init(version: Int, probabilities: [Double]) {
            (self.version, self.probabilities) = (version, probabilities)
        }
    }

    private struct Input: Sendable {
        let name: String
        /// `,"name":` among the fragments; the first has no comma.
        let key: Range<Int>
        let storage: Contract.Field.Storage
        /// The categories as JSON strings among the fragments, by code.
        let categories: [Range<Int>]
        let names: [String]
        let isHashed: Bool
    }

    /// Where the id stands in a line.
    package static let idOffset = 7

    private let head: [UInt8]
    private let labels: (negative: [UInt8], positive: [UInt8])
    private let inputs: [Input]
    /// What is the same in many lines, in one piece.
    private let fragments: [UInt8]
    private let numberCount: Int
    private let categoryCount: Int
    private let hash: @Sendable (_ column: String, _ value: String) -> String

    /// Takes what the lines of a version say; `hash` makes a text of a value that must not be written.
    package init(
        model: String, version: Int, labels: (negative: String, positive: String), contract: Contract,
        redaction: [String: Redaction] = [:],
        hash: @escaping @Sendable (_ column: String, _ value: String) -> String = { _, _ in "" }
    ) {
        var writer = JSONWriter()
        writer.raw(#"","model":"#)
        writer.text(model)
        writer.raw(#","version":"#)
        writer.integer(version)
        writer.raw(#","probability":"#)
        head = writer.bytes
        self.labels = (JSONWriter.fragment(of: labels.negative), JSONWriter.fragment(of: labels.positive))
        var pieces = JSONWriter()
        var inputs: [Input] = []
        for field in contract.fields where redaction[field.name] != .drop {
            let start = pieces.bytes.count
            if !inputs.isEmpty { pieces.raw(UInt8(ascii: ",")) }
            pieces.text(field.name)
            pieces.raw(UInt8(ascii: ":"))
            let key = start..<pieces.bytes.count
            let categories = field.categories.map { category in
                let start = pieces.bytes.count
                pieces.text(category)
                return start..<pieces.bytes.count
            }
            inputs.append(
                Input(
                    name: field.name, key: key, storage: field.storage, categories: categories,
                    names: field.categories, isHashed: redaction[field.name] == .hash))
        }
        (self.inputs, fragments) = (inputs, pieces.bytes)
        (numberCount, categoryCount) = (contract.numberCount, contract.categoryCount)
        self.hash = hash
    }

    /// Appends a line for each row that is logged, with room for its id, and tells where each begins.
    package func append(
        _ rows: ContractRows, probabilities: [Double], isPositive: [Bool], _ request: Request,
        shadow: Shadow? = nil, to writer: inout JSONWriter, starts: inout [Int],
        where isLogged: (_ row: Int) -> Bool = { _ in true }
    ) {
        // What stands behind the row's own values, and the time before them, are the same for all rows.
        var time: [UInt8] = []
        time.reserveCapacity(Timestamp.textLength)
        request.time.append(to: &time)
        var tail = JSONWriter(capacity: 96)
        tail.raw(#","latency_us":"#)
        tail.integer(request.latencyMicroseconds)
        tail.raw(#","request_id":"#)
        tail.text(request.id)
        if let trace = request.trace {
            tail.raw(#","trace_id":"#)
            tail.text(trace)
        }
        tail.raw(#","inputs":{"#)
        var unknown = rows.unknownTexts[...]
        for row in 0..<rows.count where isLogged(row) {
            starts.append(writer.bytes.count)
            writer.raw(#"{"id":"                                    ","time":""#)
            writer.raw(time)
            writer.raw(head)
            writer.number(probabilities[row])
            writer.raw(#","label":"#)
            writer.raw(isPositive[row] ? labels.positive : labels.negative)
            if let shadow {
                writer.raw(#","shadow_version":"#)
                writer.integer(shadow.version)
                writer.raw(#","shadow_probability":"#)
                writer.number(shadow.probabilities[row])
            }
            writer.raw(tail.bytes)
            unknown = unknown.drop { $0.row < row }
            let own = unknown.prefix { $0.row == row }
            appendInputs(rows, row, own, to: &writer)
            writer.raw("}}\n")
        }
    }

    private func appendInputs(
        _ rows: ContractRows, _ row: Int, _ unknown: ArraySlice<ContractRows.UnknownText>, to writer: inout JSONWriter
    ) {
        fragments.withUnsafeBufferPointer { fragments in
            for input in inputs {
                writer.raw(UnsafeBufferPointer(rebasing: fragments[input.key]))
                switch input.storage {
                case .number(let place):
                    let value = rows.numbers[row * numberCount + place]
                    if input.isHashed, !value.isNaN {
                        writer.text(hash(input.name, "\(value)"))
                    } else {
                        writer.number(value)
                    }
                case .category(let place):
                    let code = rows.codes[row * categoryCount + place]
                    if code >= 0, !input.isHashed {
                        writer.raw(UnsafeBufferPointer(rebasing: fragments[input.categories[Int(code)]]))
                    } else if code == ContractRows.missing {
                        writer.null()
                    } else {
                        let text = code >= 0 ? input.names[Int(code)] : unknown.first { $0.place == place }?.text ?? ""
                        writer.text(input.isHashed ? hash(input.name, text) : text)
                    }
                }
            }
        }
    }
}
