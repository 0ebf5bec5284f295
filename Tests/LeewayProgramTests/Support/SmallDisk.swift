import Foundation

/// A file system of a few pages, mounted at a folder until this value is gone.
final class SmallDisk: Sendable {
    /// The mount failed.
    struct Unmountable: Error {}

    let folder: URL

    /// Makes the folder and mounts an empty file system there.
    init(at folder: URL, kilobytes: Int) throws {
        self.folder = folder
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        guard Self.run("mount", ["-t", "tmpfs", "-o", "size=\(kilobytes)k", "tmpfs", folder.path]) else {
            throw Unmountable()
        }
    }

    deinit { _ = Self.run("umount", ["--lazy", folder.path]) }

    /// Writes until nothing more fits.
    func fill() throws {
        let file = try FileHandle(forWritingTo: makeFile("filler"))
        defer { try? file.close() }
        while (try? file.write(contentsOf: Data(repeating: 0, count: 4096))) != nil {}
    }

    /// Gives so much room beside what is taken.
    func leave(kilobytes: Int) throws {
        let attributes = try FileManager.default.attributesOfFileSystem(forPath: folder.path)
        let size = (attributes[.systemSize] as? NSNumber)?.intValue ?? 0
        let free = (attributes[.systemFreeSize] as? NSNumber)?.intValue ?? 0
        let wanted = (size - free) / 1024 + kilobytes
        guard Self.run("mount", ["-o", "remount,size=\(wanted)k", folder.path]) else { throw Unmountable() }
    }

    private func makeFile(_ name: String) -> URL {
        let url = folder.appending(path: name)
        _ = FileManager.default.createFile(atPath: url.path, contents: nil)
        return url
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
