import LeewayCore
import LeewayWorkflow
import Logging
import ServiceLifecycle

/// What a server does beside answering: it notices moved aliases and tokens, puts counts into the registry, tidies up.
struct Housekeeping: Service {
    let session: ServingSession
    let access: AccessControl
    let gates: [AdmissionGate]
    let logger: Logger
    let seconds: @Sendable () -> Double

    /// How long between two looks at the registry.
    private static let pause = Duration.milliseconds(250)
    /// Window counts are put into the registry every so many looks.
    private static let looksPerCheckpoint = 20
    /// How long between two looks for the logs of servers that were killed.
    private static let recoveryPause = Duration.seconds(60)
    /// How long between two looks for requests that have waited too long.
    private static let expiryPause = Duration.milliseconds(100)

    func run() async throws {
        await cancelWhenGracefulShutdown {
            async let tidying: Void = LogHousekeeping(session: session, logger: logger).run()
            async let recovering: Void = keepRecovering()
            async let expiring: Void = keepExpiring()
            await keepLooking()
            _ = await (tidying, recovering, expiring)
        }
    }

    private func keepLooking() async {
        let work = BlockingWork("housekeeping")
        var (looks, wasFailing) = (0, false)
        while !Task.isCancelled {
            try? await Task.sleep(for: Self.pause)
            let changes = await attempt("look into the registry", work) { () throws(LeewayError) in
                let changes = try session.refresh()
                access.update(try session.tokens())
                return changes
            }
            tell(changes ?? [])
            looks += 1
            if looks % Self.looksPerCheckpoint == 0 {
                await attempt("put the window counts into the registry", work) { () throws(LeewayError) in
                    try session.checkpoint()
                }
            }
            let log = session.logState
            if log.isFailing != wasFailing { tell(log) }
            wasFailing = log.isFailing
        }
    }

    private func keepExpiring() async {
        while !Task.isCancelled {
            try? await Task.sleep(for: Self.expiryPause)
            for gate in gates { gate.expire(now: seconds()) }
        }
    }

    /// Finishes what servers left that were killed, at the start and whenever another one is.
    private func keepRecovering() async {
        let work = BlockingWork("recovery")
        while !Task.isCancelled {
            let recovery = await attempt("finish the log of a server that was killed", work) {
                () throws(LeewayError) in try session.recover()
            }
            if let recovery, !recovery.isEmpty { tell(recovery) }
            try? await Task.sleep(for: Self.recoveryPause)
        }
    }

    @discardableResult
    private func attempt<R: Sendable>(
        _ what: String, _ thread: BlockingWork, _ work: @escaping @Sendable () throws(LeewayError) -> R
    ) async -> R? {
        do throws(LeewayError) {
            return try await thread.run(work)
        } catch {
            logger.error("could not \(what)", metadata: ["code": "\(error.code)", "reason": "\(error.message)"])
            return nil
        }
    }

    private func tell(_ recovery: LogRecovery) {
        logger.notice(
            "finished the log of a server that was killed",
            metadata: [
                "segments": "\(recovery.sealedSegments)", "torn_bytes": "\(recovery.cutBytes)",
                "rows_counted": "\(recovery.recountedRows)", "damaged_lines": "\(recovery.damagedLines)",
            ])
        for failure in recovery.failures {
            logger.error(
                "a segment of the log could not be finished",
                metadata: ["code": "\(failure.code)", "reason": "\(failure.message)"])
        }
    }

    private func tell(_ log: LogState) {
        guard log.isFailing else { return logger.notice("the prediction log can be written again") }
        logger.error(
            "the prediction log can't be written",
            metadata: ["reason": "\(log.lastFailure?.message ?? "not known")"])
    }

    private func tell(_ changes: [ModelCatalog.Change]) {
        for change in changes {
            switch change {
            case .swapped(let model, let from, let to):
                var metadata: Logger.Metadata = ["model": "\(model)", "to": "\(to)"]
                if let from { metadata["from"] = "\(from)" }
                logger.info("champion swapped", metadata: metadata)
            case .failed(let version, let error):
                logger.error(
                    "a version can't be loaded; what answered before still does",
                    metadata: [
                        "model": "\(version.model)", "version": "\(version.number)", "code": "\(error.code)",
                        "reason": "\(error.message)",
                    ])
            case .gone(let model): logger.warning("model is served no more", metadata: ["model": "\(model)"])
            }
        }
    }
}
