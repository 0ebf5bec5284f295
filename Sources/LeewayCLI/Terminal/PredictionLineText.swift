import LeewayCore
import LeewayWire
import LeewayWorkflow

/// Lines of the prediction log as a person reads them.
struct PredictionLineText {
    /// The model whose lines are wanted; nil for all.
    let model: String?
    let style: Style

    /// Whether a line is one to show; what can't be read is shown, unless one model is asked for.
    func isWanted(_ line: [UInt8]) -> Bool {
        guard let model else { return true }
        return parse(line)?.model == model
    }

    /// The line's text: time, model and version, label, probability, latency, and the end of the id.
    func line(_ line: [UInt8]) -> String {
        guard let parsed = parse(line) else { return style.bad("a line that can't be read") + "\n" }
        let time = String(parsed.time.description.dropLast()).replacing("T", with: " ")
        let name = "\(TextTable.clipped(parsed.model, to: 24)):\(parsed.version)"
        let label = TextTable.clipped(parsed.label, to: 20)
        return "\(style.dim(time))  \(padded(name, to: 14))  \(style.bold(padded(label, to: 10)))  "
            + "\(NumberFormat.fixed(parsed.probability, 4))  \(latency(parsed.latencyMicroseconds))  "
            + "\(style.dim("…" + parsed.id.description.suffix(12)))\n"
    }

    private func parse(_ line: [UInt8]) -> PredictionLine? { line.withUnsafeBufferPointer { try? PredictionLine($0) } }

    private func latency(_ microseconds: Int) -> String {
        let text = NumberFormat.microseconds(microseconds)
        return String(repeating: " ", count: max(0, 9 - text.count)) + text
    }

    private func padded(_ text: String, to width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - TextTable.width(text)))
    }
}

extension NumberFormat {
    /// A time such as `85 µs`, `3.21 ms` or `1.20 s`.
    static func microseconds(_ count: Int) -> String {
        switch count {
        case ..<1000: "\(count) µs"
        case ..<1_000_000: fixed(Double(count) / 1e3, 2) + " ms"
        default: fixed(Double(count) / 1e6, 2) + " s"
        }
    }
}
