import HTTPTypes
import Hummingbird
import HummingbirdCore
import HummingbirdTLS
import LeewayCore
import LeewayStore
package import LeewayWorkflow
import Logging
import NIOCore
import NIOPosix
import NIOSSL
import ServiceLifecycle

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The prediction server: routes over a serving session, until it is asked to stop.
package struct LeewayServer: Sendable {
    private let session: ServingSession
    private let configuration: ServingConfiguration
    private let project: Project
    private let environment: LeewayWorkflow.Environment
    private let logger: Logger

    /// Takes an open session; where a person watches the log, it is text instead of JSON.
    package init(
        _ session: ServingSession, in project: Project, _ environment: LeewayWorkflow.Environment,
        isWatched: Bool = false
    ) {
        (self.session, self.project, self.environment) = (session, project, environment)
        configuration = session.configuration
        let level = Logger.Level(rawValue: configuration.logLevel.rawValue) ?? .info
        let now = environment.now
        logger = Logger(label: "leeway") { _ -> any LogHandler in
            if isWatched { return TextLogHandler(level: level, now: now) }
            return JSONLogHandler(level: level, now: now)
        }
    }

    /// Serves until the task is cancelled, then answers what has begun, and closes the session.
    ///
    /// `isReady` gets the address once requests are taken. An address that others can reach needs tokens, unless `isOpen`.
    ///
    /// - Throws: `unprotected`, `addressInUse`, `invalidConfiguration` for what TLS needs; `registryFailed` where the end could not be recorded.
    package func run(isOpen: Bool = false, isReady: @escaping @Sendable (_ address: String) -> Void) async throws {
        do {
            try await serve(isOpen: isOpen, isReady: isReady)
        } catch {
            try? await session.close()
            throw error
        }
        try await session.close()
    }

    private func serve(isOpen: Bool, isReady: @escaping @Sendable (_ address: String) -> Void) async throws {
        let limits = configuration.limits
        let gate = AdmissionGate(limit: limits.concurrency, queue: limits.queue)
        // Labels wait for the disk and for the registry: they must not take the places of predictions.
        let labelGate = AdmissionGate(limit: Self.labelsAtOnce, queue: limits.queue)
        let access = AccessControl(try session.tokens(), now: environment.now)
        if !isOpen, !access.isClosed, !Loopback.contains(configuration.host) {
            throw LeewayError(
                .unprotected,
                "Others can reach \(configuration.host), and there is no token: anybody could ask and change what is served.",
                hint: "Make one with 'leeway tokens create NAME --scope predict', or say --insecure.")
        }
        let group = MultiThreadedEventLoopGroup.singleton
        // What Hummingbird says at every start and stop is said here, in our words.
        var quiet = logger
        quiet.logLevel = max(logger.logLevel, .warning)
        let app = Application(
            responder: try responder(gate, labelGate, access), server: try serverBuilder(),
            configuration: ApplicationConfiguration(
                address: .hostname(configuration.host, port: configuration.port), backlog: 4096,
                availableConnectionsDelegate: .maximum(limits.connections, logger: logger)),
            services: [
                Housekeeping(
                    session: session, access: access, gates: [gate, labelGate], logger: logger,
                    seconds: environment.seconds)
            ],
            onServerRunning: { channel in
                let address = Self.describe(channel.localAddress, isTLS: configuration.tls != nil)
                logger.info(
                    "serving",
                    metadata: [
                        "address": "\(address)", "models": "\(session.catalog.snapshot.names.joined(separator: ","))",
                    ])
                isReady(address)
            }, eventLoopGroupProvider: .shared(group), logger: quiet)
        let services = ServiceGroup(
            configuration: .init(services: [.init(service: app)], logger: quiet))
        try await run(services)
    }

    /// How long requests that were cut off may take to notice it.
    private static let lastPatience = Duration.seconds(3)

    /// Runs the services apart from the caller's task, so that its cancellation stops them gently.
    private func run(_ services: ServiceGroup) async throws {
        let work = Task { try await services.run() }
        let first = FirstOutcome()
        Task { first.tell(await work.result) }
        let patience = configuration.limits.shutdownTimeout
        do {
            try await withTaskCancellationHandler {
                try await first.wait()
            } onCancel: {
                logger.info("stopping: requests that have begun are answered, then the log is sealed")
                session.beginClosing()
                Task { await services.triggerGracefulShutdown() }
                let cutOff = Task {
                    try await Task.sleep(for: patience)
                    logger.warning("requests were cut off: they took longer than the shutdown may")
                    work.cancel()
                    // A connection that does not even end now is left to the end of the process.
                    try await Task.sleep(for: Self.lastPatience)
                    first.tell(.failure(CancellationError()))
                }
                Task {
                    _ = await work.result
                    cutOff.cancel()
                }
            }
        } catch let error as IOError {
            throw Self.bindFailure(error.errnoCode, configuration)
        } catch is SocketAddressError.UnknownHost {
            throw Self.bindFailure(EADDRNOTAVAIL, configuration)
        } catch is CancellationError {}
    }

    private func responder(
        _ gate: AdmissionGate, _ labelGate: AdmissionGate, _ access: AccessControl
    ) throws -> EdgeResponder {
        let timeout = Double(configuration.limits.queueTimeout.wholeMilliseconds) / 1000
        let admission = Admission(gate: gate, timeout: timeout, seconds: environment.seconds)
        let labels = Admission(gate: labelGate, timeout: timeout, seconds: environment.seconds)
        let rowLimit = configuration.limits.rows
        var routes = PredictRoutes(
            catalog: session.catalog, service: session.service, admission: admission, rowLimit: rowLimit
        ).routes
        routes +=
            FeedbackRoutes(
                service: session.feedback, admission: labels, limit: rowLimit,
                budget: LabelBudget(limit: configuration.limits.labelsPerMinute, seconds: environment.seconds)
            ).routes
        routes += ModelRoutes(session: session).routes
        routes += InferenceV2Routes(session: session, admission: admission, rowLimit: rowLimit).routes
        routes += MLflowRoutes(session: session, admission: admission, rowLimit: rowLimit).routes
        routes += OpenAPIRoute(session: session, access: access).routes
        routes += HealthRoutes(session: session).routes
        let budget = BodyBudget(limit: configuration.limits.body.bytes * Self.bodiesAtOnce)
        let metrics = RequestMetrics(count: routes.count + 1)
        let all = ServerMetrics(
            session: session, requests: metrics, gate: gate, budget: budget, started: environment.now())
        routes.append(
            Route(.get, "/metrics", scope: .read) { _ in
                Response(text: all.text, mediaType: PrometheusText.mediaType)
            })
        metrics.name(routes.map { ($0.method.rawValue, $0.name) })
        return EdgeResponder(
            routes: RouteTable(routes), bodyLimit: configuration.limits.body.bytes,
            budget: budget, access: access, metrics: metrics,
            accessLog: AccessLog(
                coverage: .init(rawValue: configuration.accessLog.rawValue) ?? .errors, logger: logger),
            environment: environment, ids: IDSource(seed: environment.random()))
    }

    /// How many requests with labels are worked on at once.
    private static let labelsAtOnce = 16
    /// How many bodies of the largest size may be held at once.
    private static let bodiesAtOnce = 64

    private func serverBuilder() throws -> HTTPServerBuilder {
        let limits = configuration.limits
        let guardLimits = ConnectionGuard.Limits(
            header: .milliseconds(Int64(limits.headerTimeout.wholeMilliseconds)),
            body: .milliseconds(Int64(limits.bodyTimeout.wholeMilliseconds)),
            idle: .milliseconds(Int64(limits.idleTimeout.wholeMilliseconds)), bodyBytes: limits.body.bytes)
        let plain = HTTPServerBuilder.http1(
            configuration: .init(
                additionalChannelHandlers: [ConnectionGuard(guardLimits)],
                httpDecoderConfiguration: .init(
                    maxHeaderFieldSize: 16 << 10, maxHeaderListSize: 64 << 10, maxHeaderFieldCount: 100)))
        guard let tls = configuration.tls else { return plain }
        return try .tls(plain, tlsConfiguration: try CertificateFiles.load(tls, in: project))
    }

    private static func describe(_ address: SocketAddress?, isTLS: Bool) -> String {
        let scheme = isTLS ? "https" : "http"
        guard let address, let host = address.ipAddress, let port = address.port else { return scheme }
        return "\(scheme)://\(host.contains(":") ? "[\(host)]" : host):\(port)"
    }

    private static func bindFailure(_ code: CInt, _ configuration: ServingConfiguration) -> LeewayError {
        let place = "\(configuration.host):\(configuration.port)"
        return switch code {
        case EADDRINUSE:
            LeewayError(
                .addressInUse, "Another process listens on \(place) already.",
                hint: "End it, or take another port with --port.")
        case EACCES:
            LeewayError(
                .addressInUse, "No permission to listen on \(place).",
                hint: "Ports below 1024 are for root: take another one with --port.")
        default:
            LeewayError(
                .addressInUse, "Can't listen on \(place): it is no address of this machine.",
                hint: "127.0.0.1 is for this machine alone, 0.0.0.0 for every network it is on.")
        }
    }
}

extension LeewayError.Code {
    /// The address that the server should listen on can't be had.
    static let addressInUse = Self("address_in_use")
    /// Others could reach the server, and nothing would stop them.
    static let unprotected = Self("unprotected")
}
