import HTTPTypes
import Hummingbird
import LeewayCore

/// A path and method that the server answers.
struct Route: Sendable {
    typealias Handler = @Sendable (Call) async throws -> Response

    let method: HTTPRequest.Method
    /// The path's parts; one that begins with `:` stands for anything.
    let path: [Substring]
    /// What a token must allow; nil for what anybody may see.
    let scope: TokenScope?
    /// How its errors look.
    let style: ErrorStyle
    let handler: Handler

    init(
        _ method: HTTPRequest.Method, _ path: String, scope: TokenScope?, style: ErrorStyle = .problem,
        handler: @escaping Handler
    ) {
        self.method = method
        self.path = path.split(separator: "/")
        (self.scope, self.style, self.handler) = (scope, style, handler)
    }

    /// The path as the metrics name it.
    var name: String { "/" + path.joined(separator: "/") }
}

/// Finds the route of a request.
struct RouteTable: Sendable {
    enum Match {
        /// The route, and the parts of the path that it leaves open.
        case found(Int, [Substring])
        /// The path is there, with other methods.
        case otherMethods([HTTPRequest.Method])
        case unknown
    }

    let routes: [Route]
    private let byLength: [Int: [Int]]

    init(_ routes: [Route]) {
        self.routes = routes
        byLength = Dictionary(grouping: routes.indices, by: { routes[$0].path.count })
    }

    /// Finds a path, which must have no query any more.
    func find(_ method: HTTPRequest.Method, _ path: Substring) -> Match {
        let parts = path.utf8.split(separator: UInt8(ascii: "/")).map { Substring($0) }
        var others: [HTTPRequest.Method] = []
        for place in byLength[parts.count] ?? [] {
            guard let open = Self.match(routes[place].path, parts) else { continue }
            if routes[place].method == method { return .found(place, open) }
            others.append(routes[place].method)
        }
        return others.isEmpty ? .unknown : .otherMethods(others)
    }

    private static func match(_ pattern: [Substring], _ parts: [Substring]) -> [Substring]? {
        var open: [Substring] = []
        for (wanted, part) in zip(pattern, parts) {
            if wanted.utf8.first == UInt8(ascii: ":") {
                open.append(part)
            } else if wanted != part {
                return nil
            }
        }
        return open
    }
}
