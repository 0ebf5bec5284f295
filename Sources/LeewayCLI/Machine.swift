import LeewayCore
import LeewayStore
import LeewayWorkflow

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// What the program asks of the machine it runs on.
enum Machine {
    /// The machine's cores that are online.
    static var coreCount: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

    /// The memory of the machine, in bytes.
    static var memory: Int { sysconf(Int32(_SC_PHYS_PAGES)) * sysconf(Int32(_SC_PAGESIZE)) }

    /// The bytes that are free on the file system of a folder; nil where nobody can say.
    static func freeDisk(at path: String) -> Int? {
        var status = statvfs()
        guard statvfs(path, &status) == 0 else { return nil }
        return Int(status.f_bavail) * Int(status.f_frsize)
    }

    /// The real time, clock and randomness.
    static var environment: Environment {
        Environment(
            now: { SystemClock.now }, seconds: { SystemClock.seconds },
            random: { UInt64.random(in: .min ... .max) }, actor: userName)
    }

    private static var userName: String {
        for variable in ["LEEWAY_ACTOR", "USER", "LOGNAME"] {
            if let value = getenv(variable) { return String(cString: value) }
        }
        return getpwuid(geteuid()).map { String(cString: $0.pointee.pw_name) } ?? "unknown"
    }
}
