import Foundation
import Testing

/// A file system of a few pages, mounted at a folder until this value is gone.
final class LogDisk: Sendable {
    /// The mount failed.
    struct Unmountable: Error {}

    /// Why a test is left out.
    static let needsMount: Comment = "Left out: it needs a user who may mount a disk, on Linux."

    /// Whether this user may mount.
    static let isMountable: Bool = {
        let path = NSTemporaryDirectory() + "/leeway-mount-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: path) }
        return (try? LogDisk(at: path, kilobytes: 16)) != nil
    }()

    let path: String

    /// Makes the folder and mounts an empty file system there.
    init(at path: String, kilobytes: Int) throws {
        self.path = path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        guard Self.run("mount", ["-t", "tmpfs", "-o", "size=\(kilobytes)k", "tmpfs", path]) else {
            throw Unmountable()
        }
    }

    deinit { _ = Self.run("umount", ["--lazy", path]) }

    /// Makes it so large.
    func resize(kilobytes: Int) throws { try remount("size=\(kilobytes)k") }

    /// Lets nobody write, or everybody again.
    func setReadOnly(_ isReadOnly: Bool) throws { try remount(isReadOnly ? "ro" : "rw") }

    private func remount(_ option: String) throws {
        guard Self.run("mount", ["-o", "remount,\(option)", path]) else { throw Unmountable() }
    }

    private static func run(_ command: String, _ arguments: [String]) -> Bool {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [command] + arguments
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }
}
