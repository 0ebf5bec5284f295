#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The folder where a process's query engine puts what does not fit into memory; made by the engine when it is needed.
package struct SpillFolder: Sendable {
    private static let prefix = "spill-"

    /// The folder's path: `home/spill-<process>`, or one beside where there is no such home: the engine makes no parents.
    package let path: String

    /// Names this process's folder under `home`, and removes those of processes that are no more.
    package init(in home: String) {
        let hasHome = if case .folder = FileSystem.kind(of: home) { true } else { false }
        path = (hasHome ? "\(home)/" : ".leeway-") + "\(Self.prefix)\(getpid())"
        for name in (try? FileSystem.names(in: home)) ?? [] where name.hasPrefix(Self.prefix) {
            guard let process = pid_t(name.dropFirst(Self.prefix.count)), kill(process, 0) != 0, errno == ESRCH else {
                continue
            }
            FileSystem.remove("\(home)/\(name)")
        }
    }

    /// Removes the folder and what is left in it.
    package func remove() { FileSystem.remove(path) }
}
