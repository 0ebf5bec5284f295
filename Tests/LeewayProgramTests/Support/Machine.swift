import Foundation
import Testing

/// What the machine that runs the tests allows.
enum Machine {
    static let isLinux: Bool = {
        #if os(Linux)
            return true
        #else
            return false
        #endif
    }()

    /// A library of the system that is no query engine.
    static var someLibrary: String? {
        ["/lib/x86_64-linux-gnu/libm.so.6", "/lib/aarch64-linux-gnu/libm.so.6", "/lib64/libm.so.6"]
            .first { FileManager.default.fileExists(atPath: $0) }
    }

    /// Whether this is Linux and we are root: then a test may mount a small disk, or run the program as nobody.
    static let isLinuxRoot = isLinux && geteuid() == 0

    /// Why a test is left out where we are not root.
    static let needsRoot: Comment = "Left out: it needs root on Linux, to mount a disk or to be another user."

    /// Runs a command as the user who may do nothing.
    static let asNobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]

    /// Makes files and folders readable and writable for all, or not.
    static func setPermissions(_ permissions: Int, of url: URL) throws {
        try FileManager.default.setAttributes([.posixPermissions: permissions], ofItemAtPath: url.path)
    }

    /// Whether nobody may run the program: not where it lies in root's own folder.
    static let letsNobodyRun: Bool = {
        guard isLinuxRoot else { return false }
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = asNobody + ["test", "-x", Program.path, "-a", "-r", Program.driverPath]
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }()

    /// Whether a disk can be mounted: a container's root may not.
    static let letsMount: Bool = {
        guard isLinuxRoot, let workspace = try? Workspace() else { return false }
        return (try? SmallDisk(at: workspace.url("disk"), kilobytes: 64)) != nil
    }()
}
