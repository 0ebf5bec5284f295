import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A command that is given some bytes on its standard input; what it prints goes nowhere, but for errors where asked.
package struct CommandRun: Sendable {
    /// How it ended.
    package enum Ending: Sendable, Equatable {
        case exited(Int32)
        case killed(signal: Int32)
        /// It took too long, and was killed with all that it had started.
        case timedOut
        /// It could not be started, for this reason of the system's.
        case notStarted(String)
    }

    /// The program, looked for along `PATH` where it has no slash, and its arguments; no shell reads them.
    private let arguments: [String]
    private let timeout: Duration
    private let inheritsErrors: Bool

    /// With `inheritsErrors`, what it says on its standard error goes where ours goes.
    package init(_ arguments: [String], timeout: Duration, inheritsErrors: Bool = false) {
        (self.arguments, self.timeout, self.inheritsErrors) = (arguments, timeout, inheritsErrors)
    }

    /// Runs it to its end, or to the end of its time; a task that is cancelled ends it, too.
    package func run(input: [UInt8]) async -> Ending {
        let child: Child
        switch start(input) {
        case .failure(let reason): return .notStarted(reason.text)
        case .success(let started): child = started
        }
        return await withTaskGroup(of: Ending?.self) { group in
            group.addTask { await child.ending() }
            group.addTask { [timeout] in
                try? await Task.sleep(for: timeout)
                return Task.isCancelled ? nil : .timedOut
            }
            let first = await withTaskCancellationHandler {
                await group.next() ?? nil
            } onCancel: {
                child.kill()
            }
            child.kill()
            group.cancelAll()
            let second = await group.next() ?? nil
            return first ?? second ?? .timedOut
        }
    }

    private struct Reason: Error { let text: String }

    private func start(_ input: [UInt8]) -> Result<Child, Reason> {
        let descriptor: Int32
        switch Self.file(holding: input) {
        case .success(let opened): descriptor = opened
        case .failure(let reason): return .failure(reason)
        }
        defer { close(descriptor) }
        var (actions, attributes) = (posix_spawn_file_actions_t(), posix_spawnattr_t())
        posix_spawn_file_actions_init(&actions)
        posix_spawnattr_init(&attributes)
        defer {
            posix_spawn_file_actions_destroy(&actions)
            posix_spawnattr_destroy(&attributes)
        }
        posix_spawn_file_actions_adddup2(&actions, descriptor, 0)
        for output: Int32 in inheritsErrors ? [1] : [1, 2] {
            posix_spawn_file_actions_addopen(&actions, output, "/dev/null", O_WRONLY, 0)
        }
        // Nothing else that is open here is its business.
        #if canImport(Glibc)
            let flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK
            for open in Self.inheritedDescriptors() { posix_spawn_file_actions_addclose(&actions, open) }
        #else
            let flags =
                POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_CLOEXEC_DEFAULT
        #endif
        // A group of its own, so that what it starts ends with it; and signals as they are by nature: we ignore some.
        var (usual, none) = (sigset_t(), sigset_t())
        sigfillset(&usual)
        sigemptyset(&none)
        posix_spawnattr_setsigdefault(&attributes, &usual)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setpgroup(&attributes, 0)
        posix_spawnattr_setflags(&attributes, Int16(flags))
        let words = arguments.map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        var process: pid_t = 0
        let failure = posix_spawnp(&process, arguments[0], &actions, &attributes, words, environ)
        guard failure == 0 else { return .failure(Reason(text: String(cString: strerror(failure)))) }
        return .success(Child(process))
    }

    #if canImport(Glibc)
        /// What is open and would stay so in a child, but for input, output and errors.
        private static func inheritedDescriptors() -> [Int32] {
            let names = (try? FileSystem.names(in: "/proc/self/fd")) ?? []
            return names.compactMap { Int32($0) }.filter { descriptor in
                guard descriptor > 2 else { return false }
                let flags = fcntl(descriptor, F_GETFD)
                return flags >= 0 && flags & FD_CLOEXEC == 0
            }
        }
    #endif

    /// A file without a name that holds the bytes, read from its start: a reader that ends early breaks no pipe.
    private static func file(holding bytes: [UInt8]) -> Result<Int32, Reason> {
        let folder = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var name = Array("\(folder)/leeway-input-XXXXXX".utf8CString)
        let descriptor = mkstemp(&name)
        guard descriptor >= 0 else { return .failure(Reason(text: "no temporary file can be made")) }
        unlink(name)
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        var written = 0
        while written < bytes.count {
            let count = bytes[written...].withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else {
                close(descriptor)
                return .failure(Reason(text: "no temporary file can be written"))
            }
            written += count
        }
        lseek(descriptor, 0, SEEK_SET)
        return .success(descriptor)
    }

    /// A process that runs, and the group that it leads.
    private final class Child: Sendable {
        private let process: pid_t
        private let isOver = Mutex(false)

        init(_ process: pid_t) { self.process = process }

        /// Waits for its end, on a thread of its own.
        func ending() async -> Ending {
            await withCheckedContinuation { continuation in
                let isStarted = PlainThread.start { [self] in continuation.resume(returning: wait()) }
                if !isStarted {
                    kill()
                    continuation.resume(returning: wait())
                }
            }
        }

        /// Kills the group; a process that is over has given up its number, which may be another's.
        func kill() {
            isOver.withLock { isOver in
                guard !isOver else { return }
                #if canImport(Glibc)
                    _ = Glibc.kill(-process, SIGKILL)
                #else
                    _ = Darwin.kill(-process, SIGKILL)
                #endif
            }
        }

        private func wait() -> Ending {
            // Seen first and reaped later: until then the number stays its own.
            var information = siginfo_t()
            while waitid(P_PID, id_t(process), &information, WEXITED | WNOWAIT) != 0, errno == EINTR {}
            return isOver.withLock { isOver in
                isOver = true
                var status: Int32 = 0
                while waitpid(process, &status, 0) < 0, errno == EINTR {}
                let signal = status & 0x7F
                return signal == 0 ? .exited(status >> 8 & 0xFF) : .killed(signal: signal)
            }
        }
    }
}
