import HTTPTypes
import Hummingbird
import LeewayCore
import LeewayWorkflow

/// What stands before every route: request id, trace, tokens, admission, errors as problem details, metrics.
struct EdgeResponder: HTTPResponder {
    typealias Context = ServerContext

    let routes: RouteTable
    let bodyLimit: Int
    let budget: BodyBudget
    let access: AccessControl
    let metrics: RequestMetrics
    let accessLog: AccessLog
    let environment: LeewayWorkflow.Environment
    let ids: IDSource

    func respond(to request: Request, context: ServerContext) async throws -> Response {
        let start = environment.seconds()
        let id = requestID(request)
        let trace = request.headers[.traceparent].flatMap { TraceContext($0) }
        let target = request.head.path ?? "/"
        let path = target.utf8.firstIndex(of: UInt8(ascii: "?")).map { target[..<$0] } ?? target[...]
        // What GET answers, HEAD answers without the body.
        let isHead = request.method == .head
        let match = routes.find(isHead ? .get : request.method, path)
        var route: Int?
        var response: Response
        switch match {
        case .found(let place, let open):
            route = place
            let query = path.endIndex < target.endIndex ? Query.parse(target[path.endIndex...].dropFirst()) : [:]
            let call = Call(
                request: request, id: id, trace: trace, start: start, parameters: open, query: query,
                bodyLimit: bodyLimit, budget: budget)
            response = try await answer(routes.routes[place], call, context)
        case .otherMethods(let methods):
            response = ErrorStyle(path: path).response(
                LeewayError(.methodNotAllowed, "\(request.method.rawValue) is not answered here."), id)
            let all = methods.contains(.get) ? methods + [.head] : methods
            response.headers[.allow] = all.map(\.rawValue).joined(separator: ", ")
        case .unknown:
            response = ErrorStyle(path: path).response(
                LeewayError(.unknownPath, "There is nothing here.", hint: "/openapi.json lists what there is."), id)
        }
        if isHead { response = response.createHeadResponse() }
        response.headers[.requestID] = id
        if let trace { response.headers[.traceparent] = trace.header(span: ids.next()) }
        let seconds = environment.seconds() - start
        metrics.add(route: route, status: response.status.code, seconds: seconds)
        accessLog.record(request.method, route.map { routes.routes[$0].name }, response.status.code, seconds, id, trace)
        return response
    }

    private func answer(_ route: Route, _ call: Call, _ context: ServerContext) async throws -> Response {
        do {
            var call = call
            if let scope = route.scope {
                call.client = try access.check(call.request.headers[.authorization], for: scope)
            }
            return try await route.handler(call)
        } catch let error as LeewayError {
            return route.style.response(error, call.id)
        } catch let error as any HTTPResponseError {
            return try error.response(from: call.request, context: context)
        } catch {
            // The client went away, or sent what is no HTTP: Hummingbird ends the connection.
            accessLog.failure(call.id, error)
            throw error
        }
    }

    /// The client's own id where it is short and printable, else a new one.
    private func requestID(_ request: Request) -> String {
        if let given = request.headers[.requestID], !given.isEmpty, given.utf8.count <= 128,
            given.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
        {
            return given
        }
        return UUIDv7(environment.now(), random: (ids.next(), ids.next())).description
    }
}

extension HTTPField.Name {
    static let requestID = known("X-Request-ID")
    static let traceparent = known("traceparent")

    /// A name that is written here and thus is one.
    static func known(_ name: String) -> HTTPField.Name {
        guard let field = HTTPField.Name(name) else { preconditionFailure("'\(name)' is no name of a header.") }
        return field
    }
}
