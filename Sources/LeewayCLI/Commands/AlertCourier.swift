import LeewayCore
import LeewayWorkflow
import Synchronization

/// Sends the alerts that wait, and says who was told and who could not be.
final class AlertCourier: Sendable {
    private let delivery: AlertDelivery
    private let style: (output: Style, errors: Style)
    private let isQuiet: Bool
    private let isBusy = Mutex(false)

    /// Takes how results look on stdout and what goes wrong on stderr; quiet, it says on stdout nothing.
    init(_ delivery: AlertDelivery, style: Style, errorStyle: Style, isQuiet: Bool) {
        (self.delivery, self.isQuiet, self.style) = (delivery, isQuiet, (style, errorStyle))
    }

    /// Sends what is due; what can't be sent now stays, and is no error.
    @discardableResult
    func run() async -> [AlertDelivery.Report] {
        do throws(LeewayError) {
            let reports = try await delivery.run()
            Terminal.standardError.write(MonitorText(style: style.errors, width: 100).untold(reports))
            if !isQuiet { Terminal.standardOutput.write(MonitorText(style: style.output, width: 100).told(reports)) }
            return reports
        } catch {
            Terminal.standardError.print(error: error)
            return []
        }
    }

    /// Sends what is due beside everything else; where it is being sent already the next check sees to it.
    func start(in group: inout DiscardingTaskGroup) {
        let isFree = isBusy.withLock { isBusy in
            defer { isBusy = true }
            return !isBusy
        }
        guard isFree else { return }
        group.addTask {
            await self.run()
            self.isBusy.withLock { $0 = false }
        }
    }
}
