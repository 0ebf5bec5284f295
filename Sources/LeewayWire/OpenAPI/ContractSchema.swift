package import LeewayValidate

/// A contract as JSON Schema, draft 2020-12.
///
/// In a strict contract a row is valid exactly where it is answered; what no schema can say is that a field stands but
/// once. In the other modes no row is called invalid that is answered, while a few that are called valid are refused:
/// numbers written as texts are not held to the range.
package enum ContractSchema {
    /// The schema of one row, as a document of its own.
    package static func row(_ contract: Contract) -> [UInt8] {
        var writer = JSONWriter(capacity: 4096)
        let head: JSONValue = [
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": "A row without its '\(contract.target)'",
        ]
        writer.value(head.adding(value(contract)))
        return writer.bytes
    }

    /// The schema of one row, to stand within another document.
    static func value(_ contract: Contract) -> JSONValue {
        let fields = contract.fields.map { ($0.name, FieldSchema($0, contract).value) }
        var members: [(String, JSONValue)] = [
            ("type", "object"), ("description", .text(description(contract))), ("properties", .object(fields)),
        ]
        if contract.mode != .lenient {
            let required = contract.fields.filter(\.isRequired).map(\.name)
            if !required.isEmpty { members.append(("required", .texts(required))) }
            members.append(("additionalProperties", .boolean(contract.mode != .strict)))
        }
        members.append(("examples", [example(contract)]))
        return .object(members)
    }

    private static func description(_ contract: Contract) -> String {
        switch contract.mode {
        case .strict:
            "A row as the model's training data had them: types are exact, and no other field may stand in it."
        case .coerce:
            "A row as the model's training data had them. Types are converted where nothing is lost by it; other fields are ignored."
        case .lenient:
            "A row, whatever it holds: what the training data had not is answered with a warning, and counts as missing where it is no value of the field."
        }
    }

    /// A row that keeps to the contract, made up from it: the middle of a range, the first category.
    package static func example(_ contract: Contract) -> JSONValue {
        .object(
            contract.fields.filter { $0.isRequired || $0.isFeature }
                .map { ($0.name, FieldSchema($0, contract).example) })
    }
}
