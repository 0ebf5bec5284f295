import HTTPTypes
import Hummingbird
import Testing

@testable import LeewayServer

@Suite struct RouteTableTests {
    private static let table = RouteTable(
        [
            (.get, "/"), (.get, "/v1/models"), (.get, "/v1/models/:model"), (.post, "/v1/models/:model/predictions"),
            (.get, "/v1/models/:model/versions/:version"), (.put, "/v1/models/:model/versions/:version"),
            (.get, "/v1/:kind/special"),
        ].map { (method: HTTPRequest.Method, path: String) in
            Route(method, path, scope: nil) { _ in Response(status: .ok) }
        })

    private static func find(_ method: HTTPRequest.Method, _ path: String) -> String {
        switch table.find(method, path[...]) {
        case .found(let place, let open): "\(table.routes[place].name) \(open.joined(separator: "|"))"
        case .otherMethods(let methods): methods.map(\.rawValue).joined(separator: ", ")
        case .unknown: "unknown"
        }
    }

    @Test(
        arguments: [
            ("/", "/ "), ("", "/ "), ("/v1/models", "/v1/models "), ("/v1/models/", "/v1/models "),
            ("//v1//models", "/v1/models "), ("/v1/models/credit", "/v1/models/:model credit"),
            ("/v1/models/special", "/v1/models/:model special"), ("/v1/others/special", "/v1/:kind/special others"),
            ("/v1/models/caf\u{E9} %20", "/v1/models/:model caf\u{E9} %20"),
            ("/v1/models/a/versions/2", "/v1/models/:model/versions/:version a|2"),
            ("/v1/models/:model/versions/:version", "/v1/models/:model/versions/:version :model|:version"),
            ("/v2/models", "unknown"), ("/V1/models", "unknown"), ("/v1/models/a/b", "unknown"),
            ("/v1/models/a/versions/2/3", "unknown"), ("/v1/models/a/predictions", "POST"),
        ])
    func `finds the route of a path, and what it leaves open`(path: String, found: String) {
        #expect(Self.find(.get, path) == found)
    }

    @Test func `tells the methods of a path that is there`() {
        #expect(Self.find(.delete, "/v1/models/a/versions/2") == "GET, PUT")
        #expect(Self.find(.put, "/v1/models/a/versions/2").hasPrefix("/v1/models/:model/versions/:version"))
        #expect(Self.find(.post, "/v1/models/special") == "GET, GET" && Self.find(.post, "/nothing") == "unknown")
        #expect(Self.find(.init("BREW") ?? .get, "/v1/models") == "GET")
    }

    @Test func `a route is named by its path`() {
        #expect(
            Self.table.routes.map(\.name).prefix(4) == ["/", "/v1/models", "/v1/models/:model"] + [
                "/v1/models/:model/predictions"
            ])
    }
}
