import HTTPTypes
import Logging

/// Tells which requests were answered, and how: never what was in them.
struct AccessLog: Sendable {
    /// Which requests are told.
    enum Coverage: String, Sendable {
        case none
        /// Those with a status of 500 or more, and those that were turned away.
        case errors
        case all
    }

    let coverage: Coverage
    let logger: Logger

    @inline(__always)
    func record(
        _ method: HTTPRequest.Method, _ route: String?, _ status: Int, _ seconds: Double, _ id: String,
        _ trace: TraceContext?
    ) {
        guard coverage != .none, coverage == .all || status >= 500 || status == 429 else { return }
        write(method, route, status, seconds, id, trace)
    }

    private func write(
        _ method: HTTPRequest.Method, _ route: String?, _ status: Int, _ seconds: Double, _ id: String,
        _ trace: TraceContext?
    ) {
        var metadata: Logger.Metadata = [
            "method": .string(method.rawValue), "route": .string(route ?? "unknown"),
            "status": .stringConvertible(status),
            "duration_us": .stringConvertible(Int(seconds * 1e6)), "request_id": .string(id),
        ]
        if let trace { metadata["trace_id"] = .string(trace.trace) }
        logger.log(level: status >= 500 ? .error : .info, "request answered", metadata: metadata)
    }

    /// Tells of a request that came to no answer.
    func failure(_ id: String, _ error: any Error) {
        logger.debug(
            "request ended without an answer", metadata: ["request_id": .string(id), "error": "\(type(of: error))"])
    }
}
