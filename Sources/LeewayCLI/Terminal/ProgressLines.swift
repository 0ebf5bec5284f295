@preconcurrency import Dispatch
import LeewayWorkflow
import Synchronization

/// A line on stderr for each stage; on a terminal a stage that takes long shows its seconds while it runs.
final class ProgressLines: RunObserver {
    private struct State {
        var running: (stage: String, ticks: Int)?
    }

    private let terminal: Terminal
    private let style: Style
    private let isQuiet: Bool
    private let state = Mutex(State())
    private let timer: (any DispatchSourceTimer)?

    init(_ terminal: Terminal, style: Style, isQuiet: Bool) {
        self.terminal = terminal
        self.style = style
        self.isQuiet = isQuiet
        timer = terminal.isInteractive && !isQuiet ? DispatchSource.makeTimerSource() : nil
        timer?.schedule(deadline: .now() + 1, repeating: 1)
        timer?.setEventHandler { [weak self] in self?.tick() }
        timer?.resume()
    }

    deinit { timer?.cancel() }

    func began(_ stage: String) {
        state.withLock { $0.running = (stage, 0) }
    }

    func ended(_ stage: String, _ summary: String, seconds: Double) {
        state.withLock { $0.running = nil }
        guard !isQuiet else { return }
        let name = stage + String(repeating: " ", count: max(0, 11 - stage.count))
        let time = NumberFormat.fixed(seconds, 2) + " s"
        let room = max(20, min(terminal.width, 100) - 24)
        let text = TextTable.clipped(summary, to: room)
        let padding = String(repeating: " ", count: max(1, room - TextTable.width(text)))
        terminal.write("\(clearing)\(style.good("✓")) \(style.bold(name)) \(text)\(padding)\(style.dim(time))\n")
    }

    func warn(_ message: String) {
        guard !isQuiet else { return }
        terminal.write("\(clearing)\(style.warning("!")) \(message)\n")
    }

    private var clearing: String { terminal.isInteractive ? "\r\u{1B}[K" : "" }

    private func tick() {
        let line: String? = state.withLock { state in
            guard let (stage, ticks) = state.running else { return nil }
            state.running = (stage, ticks + 1)
            return ticks == 0 ? nil : "\(clearing)\(style.accent("…")) \(style.bold(stage)) \(ticks) s"
        }
        if let line { terminal.write(line) }
    }
}
