import HTTPTypes
import Hummingbird
import LeewayCore
import LeewayStore
import LeewayWire
import NIOCore

/// How a protocol tells errors; what status an error has is the same for all but few.
enum ErrorStyle: Sendable {
    /// Problem details, RFC 9457.
    case problem
    /// `{"error": "…"}`.
    case inferenceV2
    /// `{"error_code": "…", "message": "…"}`.
    case mlflow

    /// The style of the protocol that a path belongs to.
    init(path: Substring) {
        switch path.split(separator: "/", maxSplits: 1).first {
        case "v2": self = .inferenceV2
        case "invocations", "ping", "health", "version": self = .mlflow
        default: self = .problem
        }
    }

    func response(_ error: LeewayError, _ id: String) -> Response {
        let status = status(of: error)
        var response: Response
        switch self {
        case .problem:
            response = Response(Problem(error, status: status.code, requestID: id))
        case .inferenceV2:
            var writer = JSONWriter()
            writer.raw(#"{"error":"#)
            writer.text(Self.sentence(error))
            writer.raw("}")
            response = Response(json: writer.bytes, status: status)
        case .mlflow:
            var writer = JSONWriter()
            writer.raw(#"{"error_code":"#)
            writer.text(Self.mlflowCode(status))
            writer.raw(#","message":"#)
            writer.text(Self.sentence(error))
            writer.raw("}")
            response = Response(json: writer.bytes, status: status)
        }
        switch status {
        case .tooManyRequests, .serviceUnavailable: response.headers[.retryAfter] = "1"
        // The body was not read, and will not be.
        case .contentTooLarge: response.headers[.connection] = "close"
        case .unauthorized: response.headers[.wwwAuthenticate] = #"Bearer realm="leeway""#
        default: break
        }
        return response
    }

    /// The one table from a kind of error to a status; the other protocols know 422 not.
    private func status(of error: LeewayError) -> HTTPResponse.Status {
        switch error.code {
        case .contractViolated: self == .problem ? .unprocessableContent : .badRequest
        case .malformedRequest, .invalidSetting, .invalidUsage: .badRequest
        case .unauthenticated: .unauthorized
        case .forbidden: .forbidden
        case .unknownVersion, .unknownPath: .notFound
        case .methodNotAllowed: .methodNotAllowed
        case .requestTooLarge: .contentTooLarge
        case .unsupportedMediaType: .unsupportedMediaType
        case .overloaded: .tooManyRequests
        case .diskFull, .logNotWritable, .notReady, .registryFailed: .serviceUnavailable
        default: .internalServerError
        }
    }

    private static func sentence(_ error: LeewayError) -> String {
        error.message + (error.hint.map { " \($0)" } ?? "")
    }

    private static func mlflowCode(_ status: HTTPResponse.Status) -> String {
        switch status.kind {
        case .clientError: status == .notFound ? "RESOURCE_DOES_NOT_EXIST" : "BAD_REQUEST"
        default: status == .serviceUnavailable ? "TEMPORARILY_UNAVAILABLE" : "INTERNAL_ERROR"
        }
    }
}

extension LeewayError.Code {
    /// There is no token, or it is none that is known.
    static let unauthenticated = Self("unauthenticated")
    /// The token does not allow this.
    static let forbidden = Self("forbidden")
    static let unknownPath = Self("unknown_path")
    static let methodNotAllowed = Self("method_not_allowed")
    /// There is no place for the request now.
    static let overloaded = Self("overloaded")
    /// The server is starting or stopping.
    static let notReady = Self("not_ready")
}

extension Response {
    /// A response with a JSON body.
    init(json bytes: [UInt8], status: HTTPResponse.Status = .ok, mediaType: String = "application/json") {
        self.init(
            status: status, headers: [.contentType: mediaType],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    /// A response that tells a problem.
    init(_ problem: Problem) {
        self.init(json: problem.bytes, status: .init(code: problem.status), mediaType: Problem.mediaType)
    }

    /// A response with a text as its body.
    init(text: String, status: HTTPResponse.Status = .ok, mediaType: String = "text/plain; charset=utf-8") {
        self.init(
            status: status, headers: [.contentType: mediaType],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }
}
