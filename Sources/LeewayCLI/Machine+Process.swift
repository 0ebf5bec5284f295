#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

extension Machine {
    /// The file of this program; nil where the system does not tell.
    static var programPath: String? {
        #if canImport(Glibc)
            var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX))
            let length = readlink("/proc/self/exe", &buffer, buffer.count)
            guard length > 0, length < buffer.count else { return nil }
            return String(decoding: buffer[..<length], as: UTF8.self)
        #else
            var size = UInt32(PATH_MAX)
            var buffer = [CChar](repeating: 0, count: Int(size))
            guard _NSGetExecutablePath(&buffer, &size) == 0 else { return nil }
            return String(cString: buffer)
        #endif
    }

    /// What names this machine among those that share a project.
    static var hostName: String {
        var buffer = [UInt8](repeating: 0, count: 256)
        let isKnown = buffer.withUnsafeMutableBytes { bytes in
            guard let start = bytes.baseAddress?.assumingMemoryBound(to: CChar.self) else { return false }
            return gethostname(start, bytes.count - 1) == 0
        }
        return isKnown ? String(decoding: buffer.prefix { $0 != 0 }, as: UTF8.self) : "localhost"
    }

    /// Lets everything else on the machine go first, from now on.
    static func stepBack() {
        _ = nice(19)
        #if canImport(Glibc)
            // SCHED_IDLE: what answers requests is let through the moment it wakes.
            var parameters = sched_param()
            parameters.sched_priority = 0
            _ = sched_setscheduler(0, Int32(5), &parameters)
        #endif
    }

    /// Sets the most memory that this process may have: what goes beyond ends it rather than the machine.
    static func limitMemory(to bytes: Int) {
        #if canImport(Glibc)
            // What is mapped without a file, such as the heap; libraries and mapped files do not count.
            var limit = rlimit(rlim_cur: rlim_t(bytes), rlim_max: rlim_t(bytes))
            _ = setrlimit(__rlimit_resource_t(RLIMIT_DATA.rawValue), &limit)
        #endif
    }
}
