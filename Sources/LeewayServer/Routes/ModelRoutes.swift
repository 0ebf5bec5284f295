import HTTPTypes
import Hummingbird
import LeewayCore
import LeewayStore
import LeewayValidate
import LeewayWire
import LeewayWorkflow

/// `GET /v1/models…`: what is served, and what it expects.
struct ModelRoutes: Sendable {
    let session: ServingSession

    var routes: [Route] {
        [
            Route(.get, "/v1/models", scope: .read) { _ in list() },
            Route(.get, "/v1/models/:model", scope: .read) { call in
                Response(json: try describe(String(call.parameters[0])))
            },
            Route(.get, "/v1/models/:model/versions/:version", scope: .read) { call in
                let model = try session.catalog.find(String(call.parameters[0]), String(call.parameters[1]))
                var writer = JSONWriter()
                write(model, to: &writer)
                return Response(json: writer.bytes)
            },
            Route(.get, "/v1/models/:model/schema", scope: .read) { call in
                let model = try session.catalog.find(String(call.parameters[0]))
                return Response(json: ContractSchema.row(model.contract), mediaType: "application/schema+json")
            },
            Route(.put, "/v1/models/:model/aliases/:alias", scope: .admin) { call in try await moveAlias(call) },
        ]
    }

    private func list() -> Response {
        let catalog = session.catalog
        var writer = JSONWriter()
        writer.raw(#"{"models":["#)
        for (place, name) in catalog.snapshot.names.enumerated() {
            guard let model = catalog.champion(of: name) else { continue }
            if place > 0 { writer.raw(UInt8(ascii: ",")) }
            write(model, to: &writer)
        }
        writer.raw("]}")
        return Response(json: writer.bytes)
    }

    /// A model: its champion, and the versions that there are.
    private func describe(_ name: String) throws(LeewayError) -> [UInt8] {
        let champion = try session.catalog.find(name)
        var writer = JSONWriter()
        writer.raw(#"{"name":"#)
        writer.text(name)
        writer.raw(#","champion":"#)
        write(champion, to: &writer)
        writer.raw(#","versions":["#)
        for (place, version) in session.catalog.snapshot.versions.filter({ $0.model == name }).enumerated() {
            if place > 0 { writer.raw(UInt8(ascii: ",")) }
            writer.raw("{")
            Self.write(version, to: &writer)
            writer.raw("}")
        }
        writer.raw("]}")
        return writer.bytes
    }

    /// A version with its contract.
    private func write(_ model: ServedModel, to writer: inout JSONWriter) {
        writer.raw("{")
        Self.write(model.version, to: &writer)
        writer.raw(#","classes":{"positive":"#)
        writer.text(model.classes.positive)
        writer.raw(#","negative":"#)
        writer.text(model.classes.negative)
        writer.raw(#"},"threshold":"#)
        writer.number(model.threshold)
        writer.raw(#","contract":"#)
        writer.text(model.contract.mode.rawValue)
        writer.raw(#","fields":["#)
        for (place, field) in model.contract.fields.enumerated() {
            if place > 0 { writer.raw(UInt8(ascii: ",")) }
            Self.write(field, to: &writer)
        }
        writer.raw("]}")
    }

    private static func write(_ version: ModelVersion, to writer: inout JSONWriter) {
        writer.raw(#""model":"#)
        writer.text(version.model)
        writer.raw(#","version":"#)
        writer.integer(version.number)
        writer.raw(#","aliases":["#)
        for (place, alias) in version.aliases.enumerated() {
            if place > 0 { writer.raw(UInt8(ascii: ",")) }
            writer.text(alias)
        }
        writer.raw(#"],"run_id":"#)
        writer.text(version.runID)
        writer.raw(#","content_hash":"#)
        writer.text(version.contentHash)
        writer.raw(#","created_at":"#)
        writer.text(version.createdAt)
    }

    private static func write(_ field: Contract.Field, to writer: inout JSONWriter) {
        writer.raw(#"{"name":"#)
        writer.text(field.name)
        writer.raw(#","type":"#)
        writer.text(field.type.rawValue)
        writer.raw(#","required":"#)
        writer.boolean(field.isRequired)
        writer.raw(#","nullable":"#)
        writer.boolean(field.isNullable)
        writer.raw(#","feature":"#)
        writer.boolean(field.isFeature)
        if let minimum = field.minimum {
            writer.raw(#","minimum":"#)
            writer.number(minimum)
        }
        if let maximum = field.maximum {
            writer.raw(#","maximum":"#)
            writer.number(maximum)
        }
        if field.isClosed {
            writer.raw(#","values":["#)
            for (place, category) in field.categories.enumerated() {
                if place > 0 { writer.raw(UInt8(ascii: ",")) }
                writer.text(category)
            }
            writer.raw("]")
        }
        writer.raw("}")
    }

    /// Moves an alias, as `leeway models promote` does: `{"version": 2, "reason": "…"}`.
    private func moveAlias(_ call: Call) async throws -> Response {
        let (name, alias) = (String(call.parameters[0]), String(call.parameters[1]))
        try call.requireJSON()
        let bytes = try await call.withBody { Array($0.readableBytesView) }
        let value: JSONValue
        do {
            value = try JSONValue(parsing: bytes)
        } catch {
            throw LeewayError(error)
        }
        guard case .object(let members) = value, case .number(let number)? = value["version"],
            let version = Int(exactly: number), members.allSatisfy({ ["version", "reason"].contains($0.0) })
        else {
            throw LeewayError(
                .malformedRequest,
                "The body must be an object with the number of a version under 'version', and a 'reason' if you like.")
        }
        var reason = "request \(call.id)"
        switch value["reason"] {
        case .text(let given)?: reason = given
        case nil: break
        default: throw LeewayError(.malformedRequest, "The reason must be a text.")
        }
        let move = try await session.moveAlias(alias, of: name, to: version, reason: reason)
        var writer = JSONWriter()
        writer.raw(#"{"model":"#)
        writer.text(name)
        writer.raw(#","alias":"#)
        writer.text(alias)
        writer.raw(#","from":"#)
        if let from = move.from { writer.integer(from) } else { writer.null() }
        writer.raw(#","to":"#)
        writer.integer(move.to)
        writer.raw(#","moved":"#)
        writer.boolean(move.isMoved)
        writer.raw("}")
        return Response(json: writer.bytes)
    }
}
