/// One method of one path, and everything that it can answer.
struct OpenAPIOperation {
    enum Method: String { case get, post, put }

    let method: Method
    let path: String
    /// What generated clients call it.
    let id: String
    let tag: String
    let summary: String
    var description: String?
    /// What a token must allow; nil for what anybody may see.
    var scope: String?
    var parameters: [JSONValue] = []
    /// The body by media type, and its schema, example and so on.
    var body: [(mediaType: String, content: JSONValue)] = []
    /// What the body of 200 is, by media type.
    let reply: [(mediaType: String, content: JSONValue)]
    let replyDescription: String
    /// The other statuses, but 401 and 403, which every scope brings along.
    var errors: [Int] = []
    var style = OpenAPIErrors.Style.problem
    /// Responses in place of the style's own.
    var ownErrors: [Int: JSONValue] = [:]

    func value(hasTokens: Bool) -> JSONValue {
        var members: [(String, JSONValue)] = [
            ("operationId", .text(id)), ("tags", [.text(tag)]), ("summary", .text(summary)),
        ]
        if let description { members.append(("description", .text(description))) }
        if !parameters.isEmpty { members.append(("parameters", .array(parameters))) }
        if !body.isEmpty {
            members.append(
                ("requestBody", ["required": true, "content": .object(body.map { ($0.mediaType, $0.content) })]))
        }
        members.append(("responses", responses(hasTokens: hasTokens)))
        if hasTokens { members.append(("security", scope.map { [["token": [.text($0)]]] } ?? [])) }
        return .object(members)
    }

    private func responses(hasTokens: Bool) -> JSONValue {
        let ok: JSONValue = [
            "description": .text(replyDescription), "headers": OpenAPIErrors.requestID,
            "content": .object(reply.map { ($0.mediaType, $0.content) }),
        ]
        let statuses = Set(errors + ownErrors.keys + (hasTokens && scope != nil ? [401, 403] : []))
        return .object(
            [("200", ok)] + statuses.sorted().map { ("\($0)", ownErrors[$0] ?? style.reference(to: $0)) })
    }

    /// A parameter in the path.
    static func pathParameter(
        _ name: String, _ description: String, values: [String] = [], example: String
    ) -> JSONValue {
        let type: JSONValue = ["type": "string"]
        return [
            "name": .text(name), "in": "path", "required": true, "description": .text(description),
            "schema": values.isEmpty ? type : type.adding(["enum": .texts(values)]), "example": .text(example),
        ]
    }

    /// A schema of the components.
    static func schema(_ name: String) -> JSONValue { ["$ref": "#/components/schemas/\(name)"] }
}
