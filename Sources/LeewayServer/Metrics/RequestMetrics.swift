import Synchronization

/// What the server counts of requests.
final class RequestMetrics: Sendable {
    private struct State {
        /// By route, then by status.
        var requests: [[Int: Int]]
        var durations: [LatencyHistogram]
        /// Requests to no route of ours.
        var unknown: [Int: Int] = [:]
    }

    private let names: [(method: String, path: String)]
    private let state: Mutex<State>

    /// Takes the routes, by method and path.
    init(_ names: [(method: String, path: String)]) {
        self.names = names
        state = Mutex(
            State(
                requests: Array(repeating: [:], count: names.count),
                durations: Array(repeating: LatencyHistogram(), count: names.count)))
    }

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
        let (requests, durations, unknown) = state.withLock { ($0.requests, $0.durations, $0.unknown) }
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
