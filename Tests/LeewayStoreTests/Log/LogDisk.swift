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

    /// Writes until nothing more fits.
    func fill() throws {
        let url = URL(filePath: path + "/filler")
        _ = FileManager.default.createFile(atPath: url.path, contents: nil)
        let file = try FileHandle(forWritingTo: url)
        defer { try? file.close() }
        while (try? file.write(contentsOf: Data(repeating: 0, count: 4096))) != nil {}
    }

    /// Makes it so large.
    func resize(kilobytes: Int) throws {
        guard Self.run("mount", ["-o", "remount,size=\(kilobytes)k", path]) else { throw Unmountable() }
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
