import LeewayCore
import LeewayValidate
import LeewayWire
import LeewayWorkflow

/// All metrics of a server, as Prometheus reads them.
struct ServerMetrics: Sendable {
    let session: ServingSession
    let requests: RequestMetrics
    let gate: AdmissionGate
    let budget: BodyBudget
    let started: Timestamp

    var text: String {
        var text = PrometheusText()
        text.begin("leeway_build_info", "gauge", "The program's version; always 1.")
        text.sample("leeway_build_info", ["version": LeewayVersion.current], 1)
        text.single(
            "process_start_time_seconds", "gauge", "When the server began, in seconds since 1970.",
            Double(started.milliseconds) / 1000)
        if let memory = ProcessMemory.residentBytes {
            text.single("process_resident_memory_bytes", "gauge", "Memory of the process.", Double(memory))
        }
        requests.write(to: &text)
        writeGate(&text)
        writeModels(&text)
        writeContract(&text)
        writeLog(&text)
        writeFeedback(&text)
        return text.text
    }

    private func writeGate(_ text: inout PrometheusText) {
        let load = gate.load
        text.single("leeway_http_requests_active", "gauge", "Requests that are worked on.", Double(load.active))
        text.single("leeway_http_requests_waiting", "gauge", "Requests that wait for a place.", Double(load.waiting))
        text.single(
            "leeway_http_requests_turned_away_total", "counter", "Requests that found no place and got 429.",
            Double(load.turnedAway + budget.turnedAway))
    }

    private func writeModels(_ text: inout PrometheusText) {
        let catalog = session.catalog
        text.begin("leeway_model_info", "gauge", "The version that answers for a model; always 1.")
        for name in catalog.snapshot.names {
            guard let version = catalog.champion(of: name)?.version else { continue }
            text.sample(
                "leeway_model_info",
                ["model": name, "version": "\(version.number)", "content_hash": version.contentHash], 1)
        }
        text.begin("leeway_model_swaps_total", "counter", "Times that another version took over.")
        let swaps = session.swaps
        for name in catalog.snapshot.names {
            text.sample("leeway_model_swaps_total", ["model": name], Double(swaps[name] ?? 0))
        }
        let models = session.service.counts.models.sorted {
            ($0.key.model, $0.key.version) < ($1.key.model, $1.key.version)
        }
        text.begin("leeway_inference_rows_total", "counter", "Rows answered, by version.")
        for (key, counts) in models {
            text.sample(
                "leeway_inference_rows_total", ["model": key.model, "version": "\(key.version)"], Double(counts.rows))
        }
        text.begin("leeway_inference_positive_rows_total", "counter", "Rows called positive, by version.")
        for (key, counts) in models {
            text.sample(
                "leeway_inference_positive_rows_total", ["model": key.model, "version": "\(key.version)"],
                Double(counts.positives))
        }
        text.begin("leeway_inference_requests_total", "counter", "Requests answered with predictions, by version.")
        for (key, counts) in models {
            text.sample(
                "leeway_inference_requests_total", ["model": key.model, "version": "\(key.version)"],
                Double(counts.requests))
        }
    }

    private func writeContract(_ text: inout PrometheusText) {
        let counts = session.service.counts
        text.begin("leeway_contract_refused_requests_total", "counter", "Requests refused by the contract.")
        for (key, own) in counts.models.sorted(by: { ($0.key.model, $0.key.version) < ($1.key.model, $1.key.version) })
        {
            text.sample(
                "leeway_contract_refused_requests_total", ["model": key.model, "version": "\(key.version)"],
                Double(own.refused))
        }
        text.begin("leeway_contract_violations_total", "counter", "Values that broke the contract, by rule.")
        for name in session.catalog.snapshot.names {
            for rule in Violation.Rule.allCases {
                text.sample(
                    "leeway_contract_violations_total", ["model": name, "rule": rule.rawValue],
                    Double(counts.rules[name]?[rule] ?? 0))
            }
        }
    }

    private func writeLog(_ text: inout PrometheusText) {
        let log = session.logState
        text.single("leeway_log_writable", "gauge", "1 while the prediction log can be written.", log.isFailing ? 0 : 1)
        text.single("leeway_log_lines_total", "counter", "Lines written to the prediction log.", Double(log.lines))
        text.single("leeway_log_bytes_total", "counter", "Bytes written to the prediction log.", Double(log.bytes))
        text.single("leeway_log_pending_bytes", "gauge", "Bytes that wait to be written.", Double(log.pendingBytes))
        text.single("leeway_log_lag_seconds", "gauge", "Age of the oldest line that is not written yet.", log.lag)
        text.single(
            "leeway_log_failures_total", "counter", "Groups of lines that could not be written.", Double(log.failures))
        text.single(
            "leeway_log_unsealed_segments", "gauge", "Ended segments that are not sealed yet.", Double(log.unsealed))
        text.single(
            "leeway_log_lost_rows_total", "counter", "Rows that were answered and are not in the log.",
            Double(log.lostLines + session.service.counts.lostRows))
    }

    private func writeFeedback(_ text: inout PrometheusText) {
        let counts = session.feedback.counts
        text.begin("leeway_feedback_labels_total", "counter", "True labels received, by what became of them.")
        for status in FeedbackBody.Status.allCases {
            text.sample("leeway_feedback_labels_total", ["status": status.rawValue], Double(counts[status] ?? 0))
        }
    }
}
