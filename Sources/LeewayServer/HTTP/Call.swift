import HTTPTypes
import Hummingbird
import LeewayCore
import LeewayWire
import NIOCore

/// A request on its way through the server.
struct Call: Sendable {
    let request: Request
    /// What the client calls it, or else a UUID of ours.
    let id: String
    /// The W3C trace that it belongs to; nil where the client sent none.
    let trace: TraceContext?
    /// Seconds of the monotonic clock at which it arrived.
    let start: Double
    /// The parts of the path that stand for something, by the names of the route.
    let parameters: [Substring]
    let query: [Substring: String]
    let bodyLimit: Int
    let budget: BodyBudget
    /// The id of the token that it came with; nil where none was needed.
    var client: String?

    /// The media type of the body, in lower case and without parameters; empty where there is none.
    ///
    /// - Throws: `unsupportedMediaType` for a text that is not UTF-8.
    func mediaType() throws(LeewayError) -> String {
        guard let value = request.headers[.contentType] else { return "" }
        // What nearly everybody sends is seen at once.
        if value == "application/json", request.headers[.contentEncoding] == nil { return value }
        if let encoding = request.headers[.contentEncoding], encoding.lowercased() != "identity" {
            throw LeewayError(.unsupportedMediaType, "Compressed bodies are not read.", hint: "Send the body as it is.")
        }
        let parts = value.lowercased().split(separator: ";").map { String($0).trimmingSpaces }
        if let charset = parts.dropFirst().first(where: { $0.hasPrefix("charset=") }),
            !["charset=utf-8", "charset=\"utf-8\"", "charset=us-ascii"].contains(charset)
        {
            throw LeewayError(.unsupportedMediaType, "Only UTF-8 is read.", hint: "Send the body as UTF-8.")
        }
        return parts.first ?? ""
    }

    /// Whether a query parameter is on: `?explain` or `?explain=true`.
    ///
    /// - Throws: `malformedRequest` for anything but true, false and nothing.
    func isOn(_ name: String) throws(LeewayError) -> Bool {
        switch query[name[...]] {
        case nil, "false": return false
        case "", "true": return true
        default: throw LeewayError(.malformedRequest, "The parameter '\(name)' must be true or false.")
        }
    }

    /// Checks that the body says to be JSON, or says nothing.
    ///
    /// - Throws: `unsupportedMediaType`.
    func requireJSON() throws(LeewayError) {
        guard ["application/json", ""].contains(try mediaType()) else {
            throw LeewayError(
                .unsupportedMediaType, "The body's content type is not read.", hint: "Send application/json.")
        }
    }

    /// Lends the whole body.
    ///
    /// - Throws: `requestTooLarge`; `overloaded` where the bodies of all requests together are too large; what `work` throws.
    func withBody<R>(_ work: (ByteBuffer) async throws -> R) async throws -> R {
        let length = request.headers[.contentLength].flatMap { Int($0) }
        if let length, length > bodyLimit { throw tooLarge }
        var body = ByteBuffer()
        var room = 0
        defer { budget.give(back: room) }
        for try await var part in request.body {
            let count = part.readableBytes
            guard room + count <= bodyLimit else { throw tooLarge }
            guard budget.take(count) else {
                throw LeewayError(
                    .overloaded, "The bodies of all requests together are larger than the server takes.",
                    hint: "Ask again in a second.")
            }
            room += count
            if body.readableBytes == 0 { body = part } else { body.writeBuffer(&part) }
        }
        return try await work(body)
    }

    private var tooLarge: LeewayError {
        LeewayError(
            .requestTooLarge, "The body is larger than \(bodyLimit) bytes.",
            hint: "Send it in several requests, or raise serving.limits.body.")
    }
}

extension String {
    fileprivate var trimmingSpaces: String {
        String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}
