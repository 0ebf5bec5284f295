import LeewayWire

/// Whether a value is valid by a JSON Schema: the keywords of draft 2020-12 that our schemas use, and no others.
struct SchemaVerdict {
    /// Where references lead.
    var document: JSONValue = .object([])

    func isValid(_ value: JSONValue, _ schema: JSONValue) throws -> Bool {
        guard case .object(let keywords) = schema else { throw Unknown(keyword: "a schema that is no object") }
        return try keywords.allSatisfy { keyword, argument in try holds(keyword, argument, value, schema) }
    }

    struct Unknown: Error { let keyword: String }

    /// What a reference leads to.
    func resolve(_ schema: JSONValue) throws -> JSONValue {
        guard case .text(let reference)? = schema["$ref"] else { return schema }
        var found = document
        for part in reference.split(separator: "/").dropFirst() {
            guard let next = found[String(part)] else { throw Unknown(keyword: reference) }
            found = next
        }
        return found
    }

    private func holds(
        _ keyword: String, _ argument: JSONValue, _ value: JSONValue, _ schema: JSONValue
    ) throws -> Bool {
        switch (keyword, argument, value) {
        case ("title", _, _), ("description", _, _), ("examples", _, _), ("default", _, _), ("$schema", _, _): true
        case ("format", .text("uuid"), .text(let text)): text.count == 36
        case ("format", _, _): true
        case ("$ref", _, _): try isValid(value, resolve(schema))
        case ("type", .text(let type), _): Self.isOf(type, value)
        case ("type", .array(let types), _):
            types.contains { if case .text(let type) = $0 { Self.isOf(type, value) } else { false } }
        case ("const", _, _): argument == value
        case ("enum", .array(let values), _): values.contains(value)
        case ("anyOf", .array(let schemas), _): try schemas.contains { try isValid(value, $0) }
        case ("oneOf", .array(let schemas), _): try schemas.filter { try isValid(value, $0) }.count == 1
        case ("allOf", .array(let schemas), _): try schemas.allSatisfy { try isValid(value, $0) }
        case ("not", _, _): try !isValid(value, argument)
        case ("minimum", .number(let limit), .number(let number)): number >= limit
        case ("maximum", .number(let limit), .number(let number)): number <= limit
        case ("pattern", .text(let pattern), .text(let text)): text.contains(try Regex(pattern))
        case ("minItems", .number(let limit), .array(let items)): items.count >= Int(limit)
        case ("maxItems", .number(let limit), .array(let items)): items.count <= Int(limit)
        case ("items", _, .array(let items)): try items.allSatisfy { try isValid($0, argument) }
        case ("required", .array(let names), .object):
            names.allSatisfy { if case .text(let name) = $0 { value[name] != nil } else { false } }
        case ("properties", .object, .object(let members)):
            try members.allSatisfy { name, member in try argument[name].map { try isValid(member, $0) } ?? true }
        case ("additionalProperties", .boolean(let isAllowed), .object(let members)):
            isAllowed || members.allSatisfy { schema["properties"]?[$0.0] != nil }
        case ("minimum", _, _), ("maximum", _, _), ("pattern", _, _), ("minItems", _, _), ("maxItems", _, _),
            ("items", _, _), ("required", _, _), ("properties", _, _), ("additionalProperties", _, _):
            true
        default: throw Unknown(keyword: keyword)
        }
    }

    private static func isOf(_ type: String, _ value: JSONValue) -> Bool {
        switch (type, value) {
        case ("object", .object), ("array", .array), ("string", .text), ("number", .number), ("boolean", .boolean),
            ("null", .null):
            true
        case ("integer", .number(let number)): number == number.rounded()
        default: false
        }
    }
}

extension JSONValue {
    /// The members of an object, or none.
    var members: [(String, JSONValue)] { if case .object(let members) = self { members } else { [] } }

    /// The elements of an array, or none.
    var elements: [JSONValue] { if case .array(let elements) = self { elements } else { [] } }

    var text: String? { if case .text(let text) = self { text } else { nil } }
}
