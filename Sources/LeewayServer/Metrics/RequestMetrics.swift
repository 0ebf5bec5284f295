import Synchronization

/// What the server counts of requests.
final class RequestMetrics: Sendable {
    private struct State {
        var names: [(method: String, path: String)]
        /// By route, then by status.
        var requests: [[Int: Int]]
        var durations: [LatencyHistogram]
        /// Requests to no route of ours.
        var unknown: [Int: Int] = [:]
    }

    private let state: Mutex<State>

    /// Counts for so many routes, which get their names later: the route of the metrics is one of them.
    init(count: Int) {
        state = Mutex(
            State(
                names: [], requests: Array(repeating: [:], count: count),
                durations: Array(repeating: LatencyHistogram(), count: count)))
    }

    /// Names the routes, by method and path.
    func name(_ names: [(method: String, path: String)]) { state.withLock { $0.names = names } }

    /// Counts a request that was answered; `route` is nil for one to no route.
    func add(route: Int?, status: Int, seconds: Double) {
        state.withLock { state in
            guard let route else {
                state.unknown[status, default: 0] += 1
                return
            }
            state.requests[route][status, default: 0] += 1
            state.durations[route].add(seconds)
        }
    }

    func write(to text: inout PrometheusText) {
        let (names, requests, durations, unknown) = state.withLock {
            ($0.names, $0.requests, $0.durations, $0.unknown)
        }
        text.begin("leeway_http_requests_total", "counter", "Requests answered, by route and status.")
        for (name, counts) in zip(names, requests) {
            for (status, count) in counts.sorted(by: { $0.key < $1.key }) {
                text.sample(
                    "leeway_http_requests_total", ["method": name.method, "route": name.path, "code": "\(status)"],
                    Double(count))
            }
        }
        for (status, count) in unknown.sorted(by: { $0.key < $1.key }) {
            text.sample("leeway_http_requests_total", ["method": "", "route": "", "code": "\(status)"], Double(count))
        }
        text.begin(
            "leeway_http_request_duration_seconds", "histogram", "Time from a request's head to its reply, by route.")
        for (name, histogram) in zip(names, durations) where histogram.count > 0 {
            text.histogram(
                "leeway_http_request_duration_seconds", ["method": name.method, "route": name.path], histogram)
        }
    }
}
