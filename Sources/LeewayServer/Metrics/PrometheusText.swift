/// Writes metrics in the Prometheus text format 0.0.4.
struct PrometheusText {
    static let mediaType = "text/plain; version=0.0.4; charset=utf-8"

    private(set) var text = ""

    /// Begins a metric: its help and its type stand once before its samples.
    mutating func begin(_ name: String, _ type: String, _ help: String) {
        text += "# HELP \(name) \(help)\n# TYPE \(name) \(type)\n"
    }

    mutating func sample(_ name: String, _ labels: KeyValuePairs<String, String> = [:], _ value: Double) {
        text += name
        if !labels.isEmpty {
            text += "{" + labels.map { "\($0.key)=\"\(Self.escaped($0.value))\"" }.joined(separator: ",") + "}"
        }
        text += " \(Self.number(value))\n"
    }

    /// A metric of one sample.
    mutating func single(_ name: String, _ type: String, _ help: String, _ value: Double) {
        begin(name, type, help)
        sample(name, [:], value)
    }

    /// The samples of a histogram, whose buckets are summed up here.
    mutating func histogram(_ name: String, _ labels: KeyValuePairs<String, String>, _ histogram: LatencyHistogram) {
        let prefix = labels.map { "\($0.key)=\"\(Self.escaped($0.value))\"," }.joined()
        var count = 0
        for (place, own) in histogram.counts.enumerated() {
            count += own
            let bound = place < LatencyHistogram.bounds.count ? Self.number(LatencyHistogram.bounds[place]) : "+Inf"
            text += "\(name)_bucket{\(prefix)le=\"\(bound)\"} \(count)\n"
        }
        sample("\(name)_sum", labels, histogram.sum)
        sample("\(name)_count", labels, Double(count))
    }

    private static func number(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value > 0 ? "+Inf" : "-Inf" }
        return Int(exactly: value).map(String.init) ?? "\(value)"
    }

    private static func escaped(_ value: String) -> String {
        var escaped = ""
        for character in value {
            switch character {
            case "\\": escaped += "\\\\"
            case "\"": escaped += "\\\""
            case "\n": escaped += "\\n"
            default: escaped.append(character)
            }
        }
        return escaped
    }
}
