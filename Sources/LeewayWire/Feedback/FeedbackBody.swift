package import LeewayCore
package import LeewayValidate

/// True labels that arrive after their predictions.
package struct FeedbackBody: Sendable, Equatable {
    /// A prediction and what turned out to be true.
    package struct Item: Sendable, Equatable {
        /// The prediction's id as the client wrote it.
        package let id: String
        /// A class; numbers and truth values as their texts.
        package let label: String
    }

    /// What became of an item.
    package enum Status: String, Sendable, CaseIterable {
        /// The label is in the log now.
        case recorded
        /// It was there before, the same.
        case duplicate
        /// Another one was there before; the new one counts.
        case corrected
        /// No prediction has this id.
        case unknown
    }

    package let items: [Item]

    /// Reads `{"id": …, "label": …}` or `{"feedback": [{…}, …]}`.
    ///
    /// - Throws: `malformedRequest` with the byte; `requestTooLarge`.
    package init(_ bytes: UnsafeBufferPointer<UInt8>, limit: Int) throws(LeewayError) {
        var items: [Item] = []
        do {
            var json = JSONReader(bytes)
            try json.beginObject()
            var single = Partial()
            while let key = try json.nextKey() {
                guard json.string(key) == "feedback", items.isEmpty, single.isEmpty else {
                    try single.read(key, &json)
                    continue
                }
                try json.beginArray()
                while try json.nextElement() {
                    if items.count >= limit { throw LeewayError.tooManyRows(limit) }
                    let start = json.position
                    var item = Partial()
                    try json.beginObject()
                    while let key = try json.nextKey() { try item.read(key, &json) }
                    items.append(try item.item(at: start))
                }
                single.isList = true
            }
            if !single.isList { items.append(try single.item(at: 0)) }
            try json.finish()
        } catch let failure as JSONFailure {
            throw LeewayError(
                failure, hint: #"Send {"id": "…", "label": "…"}, or {"feedback": [{"id": "…", "label": "…"}, …]}."#)
        } catch let error as LeewayError {
            throw error
        } catch {
            preconditionFailure("No other error is thrown here.")
        }
        self.items = items
    }

    /// The items whose labels are none of the classes.
    package func violations(_ classes: [String]) -> [Violation] {
        let known = Set(classes)
        return items.indices.filter { !known.contains(items[$0].label) }.map { row in
            Violation(
                row: row, field: "label", rule: .category,
                expected: "one of \(classes.sorted().joined(separator: ", "))")
        }
    }

    /// `{"results":[{"id":"…","status":"recorded"}]}`.
    package static func reply(_ results: [(id: String, status: Status)]) -> [UInt8] {
        var writer = JSONWriter(capacity: 16 + results.count * 72)
        writer.raw(#"{"results":["#)
        for (place, result) in results.enumerated() {
            if place > 0 { writer.raw(UInt8(ascii: ",")) }
            writer.raw(#"{"id":"#)
            writer.text(result.id)
            writer.raw(#","status":""#)
            writer.write(result.status.rawValue)
            writer.raw(#""}"#)
        }
        writer.raw("]}")
        return writer.bytes
    }

    private struct Partial {
        var id: String?
        var label: String?
        var isList = false
        var isEmpty: Bool { id == nil && label == nil && !isList }

        mutating func read(_ key: JSONText, _ json: inout JSONReader) throws(JSONFailure) {
            let start = json.keyPosition
            guard !isList else { throw JSONFailure("nothing but 'feedback' may stand in the object", at: start) }
            switch json.string(key) {
            case "id" where id == nil: id = json.string(try json.readText())
            case "label" where label == nil: label = try Self.readLabel(&json)
            case "id", "label": throw JSONFailure("a key stands twice", at: start)
            default: throw JSONFailure("only 'id' and 'label' are expected here", at: start)
            }
        }

        func item(at start: Int) throws(JSONFailure) -> Item {
            guard let id, let label, !isList else { throw JSONFailure("'id' and 'label' are expected", at: start) }
            return Item(id: id, label: label)
        }

        private static func readLabel(_ json: inout JSONReader) throws(JSONFailure) -> String {
            switch try json.peek() {
            case .boolean: return try json.readBoolean() ? "true" : "false"
            case .number:
                let number = try json.readNumber().value
                return Int(exactly: number).map(String.init) ?? "\(number)"
            default: return json.string(try json.readText())
            }
        }
    }
}
