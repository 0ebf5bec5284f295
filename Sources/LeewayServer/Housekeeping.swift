import LeewayCore
import LeewayWorkflow
import Logging
import ServiceLifecycle

/// What a server does beside answering: it notices moved aliases and tokens, puts counts into the registry, tidies up.
struct Housekeeping: Service {
    let session: ServingSession
    let access: AccessControl
    let gate: AdmissionGate
    let logger: Logger
    let seconds: @Sendable () -> Double

    /// How long between two looks at the registry.
    private static let pause = Duration.milliseconds(250)
    /// Window counts are put into the registry every so many looks.
    private static let looksPerCheckpoint = 20

    func run() async throws {
        await cancelWhenGracefulShutdown {
            async let tidying: Void = LogHousekeeping(session: session, logger: logger).run()
            recover()
            var looks = 0
            while !Task.isCancelled {
                try? await Task.sleep(for: Self.pause)
                gate.expire(now: seconds())
                attempt("look into the registry") {
                    tell(try session.refresh())
                    access.update(try session.tokens())
                }
                looks += 1
                if looks % Self.looksPerCheckpoint == 0 {
                    attempt("put the window counts into the registry") { try session.checkpoint() }
                }
            }
            await tidying
        }
    }

    /// Finishes what servers left that were killed.
    private func recover() {
        attempt("finish the log of a server that was killed") {
            let recovery = try session.recover()
            guard !recovery.isEmpty else { return }
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
    }

    private func attempt(_ what: String, _ work: () throws -> Void) {
        do {
            try work()
        } catch let error as LeewayError {
            logger.error("could not \(what)", metadata: ["code": "\(error.code)", "reason": "\(error.message)"])
        } catch {
            logger.error("could not \(what)", metadata: ["reason": "\(type(of: error))"])
        }
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
