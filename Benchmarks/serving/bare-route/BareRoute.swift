import Hummingbird

/// The ceiling that `leeway serve` is measured against: a Hummingbird route that answers a fixed body and looks at nothing.
@main
struct BareRoute {
    static func main() async throws {
        let arguments = CommandLine.arguments
        let port = arguments.count > 1 ? Int(arguments[1]) ?? 8081 : 8081
        let reply = ByteBuffer(
            string: #"{"model":"adult","version":1,"predictions":[{"id":"01a2092a-0a0f-7bc4-8c86-46c204531bbf","#
                + #""label":"<=50K","probability":0.3129769629937048}]}"#)
        let router = Router()
        router.post("v1/models/adult/predict") { _, _ in
            Response(status: .ok, headers: [.contentType: "application/json"], body: .init(byteBuffer: reply))
        }
        let app = Application(
            router: router, configuration: .init(address: .hostname("127.0.0.1", port: port)))
        try await app.runService()
    }
}
