package import LeewayCore
package import LeewayStore

/// Held by the one process, of however many machines, that retrains a model.
///
/// On one machine a lock of the file system says so, which ends with the process; for others there is a lease in the registry,
/// which must be held again and again. Where the lock is free and the lease is of this machine, its holder was killed.
package final class RetrainLease: Sendable {
    /// How long a lease lasts unless it is held again.
    private static let length = Duration.seconds(60)
    private static let pause = Duration.seconds(15)

    private let registry: Registry
    private let name: String
    private let holder: String
    private let lock: ProcessLock
    private let environment: Environment
    private let renewal: Task<Void, Never>

    /// Takes the lease; nil where another process has it.
    ///
    /// `machine` names this machine among those that share the registry.
    /// - Throws: `registryFailed`, `diskFull`, `fileNotAccessible`.
    package init?(
        of model: String, in project: Project, _ registry: Registry, machine: String, _ environment: Environment
    ) throws(LeewayError) {
        guard let lock = try ProcessLock(on: "\(project.home)/retrain.lock", isCreated: true) else { return nil }
        let name = "retrain:\(model)"
        let now = environment.now()
        let holder = "\(machine)#\(UUIDv7(now, random: (environment.random(), environment.random())))"
        let isTaken = try registry.takeLease(
            name, holder: holder, replacing: { $0.hasPrefix("\(machine)#") }, for: Self.length, at: now)
        guard isTaken else {
            lock.release()
            return nil
        }
        (self.registry, self.name, self.holder, self.lock) = (registry, name, holder, lock)
        self.environment = environment
        renewal = Task.detached {
            while (try? await Task.sleep(for: Self.pause)) != nil {
                _ = try? registry.takeLease(name, holder: holder, for: Self.length, at: environment.now())
            }
        }
    }

    /// Lets go of the lease.
    package func release() {
        renewal.cancel()
        try? registry.releaseLease(name, holder: holder)
        lock.release()
    }
}
