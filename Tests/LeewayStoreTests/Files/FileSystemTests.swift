import LeewayCore
import LeewayStore
import LeewayTestSupport
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

@Suite struct FileSystemTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private static func noFolder(_ path: String) -> LeewayError {
        LeewayError(.fileNotFound, "There is no folder for \(path).", hint: "Make the folder, or check the path.")
    }

    private static func missing(_ path: String) -> LeewayError {
        LeewayError(.fileNotFound, "There is no \(path).", hint: "Check the path.")
    }

    private static func noPermission(_ verb: String, _ path: String) -> LeewayError {
        LeewayError(
            .fileNotAccessible, "No permission to \(verb) \(path).",
            hint: "Change its permissions, or run as a user who may.")
    }

    // MARK: Reading

    @Test(arguments: [0, 1, 4_095, 65_536, 65_537, 200_000])
    func `a file is read as it was written`(count: Int) throws {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        try FileSystem.write(bytes, to: folder / "f")
        #expect(try FileSystem.read(folder / "f") == bytes)
        guard case .file(let size)? = FileSystem.kind(of: folder / "f") else {
            Issue.record("no file")
            return
        }
        #expect(size == count)
    }

    @Test func `the start of a file is enough where a limit is given`() throws {
        try FileSystem.write([UInt8](repeating: 7, count: 100_000), to: folder / "f")
        #expect(try FileSystem.read(folder / "f", limit: 4_096) == [UInt8](repeating: 7, count: 4_096))
        #expect(try FileSystem.read(folder / "f", limit: 200_000).count == 100_000)
    }

    @Test func `a file that is not there`() {
        #expect(throws: Self.missing(folder / "no")) { try FileSystem.read(folder / "no") }
        #expect(FileSystem.kind(of: folder / "no") == nil)
        #expect(!FileSystem.isReadable(folder / "no"))
        #expect(throws: Self.noFolder(folder / "no/f")) { try FileSystem.write([1], to: folder / "no/f") }
        #expect(throws: Self.missing(folder / "no")) { try FileSystem.names(in: folder / "no") }
    }

    @Test func `a folder where a file is needed`() {
        let expected = LeewayError(.fileNotAccessible, "\(folder.path) is a folder where a file is needed.")
        #expect(throws: expected) { try FileSystem.read(folder.path) }
        #expect(throws: expected) { try FileSystem.write([1], to: folder.path) }
        #expect(throws: expected) { try FileSystem.writeAtomically([1], to: folder.path) }
    }

    @Test func `a file where a folder is needed`() throws {
        try FileSystem.write([1], to: folder / "f")
        let expected = LeewayError(
            .fileNotAccessible, "\(folder / "f") is a file where a folder is needed.", hint: "Move it out of the way.")
        #expect(throws: expected) { try FileSystem.makeFolder(folder / "f") }
        #expect(throws: Self.missing(folder / "f/x")) { try FileSystem.read(folder / "f/x") }
    }

    /// The superuser may do everything, so that nothing is refused to read.
    @Test(.enabled(if: geteuid() != 0)) func `a file that may not be read`() throws {
        try FileSystem.write([1], to: folder / "f")
        try folder.setPermissions(0, of: "f")
        #expect(throws: Self.noPermission("read", folder / "f")) { try FileSystem.read(folder / "f") }
        #expect(!FileSystem.isReadable(folder / "f"))
    }

    /// Not even the superuser makes files in the kernel's own tree.
    @Test(.enabled(if: FileSystem.kind(of: "/sys/kernel") != nil)) func `a folder that may not be written to`() {
        #expect(throws: Self.noPermission("write", "/sys/leeway")) { try FileSystem.write([1], to: "/sys/leeway") }
        #expect(throws: Self.noPermission("make", "/sys/leeway")) { try FileSystem.makeFolder("/sys/leeway") }
    }

    @Test(.enabled(if: FileSystem.kind(of: "/dev/full") != nil)) func `a full disk`() {
        let expected = LeewayError(
            .diskFull, "The disk is full: can't write /dev/full.", hint: "Free some space and run again.")
        #expect(throws: expected) { try FileSystem.write([1], to: "/dev/full") }
    }

    @Test(arguments: [
        (ENOENT, LeewayError(.fileNotFound, "There is no /x.", hint: "Check the path.")),
        (ENOTDIR, LeewayError(.fileNotFound, "There is no /x.", hint: "Check the path.")),
        (EDQUOT, LeewayError(.diskFull, "The disk is full: can't read /x.", hint: "Free some space and run again.")),
        (EACCES, noPermission("read", "/x")), (EPERM, noPermission("read", "/x")), (EROFS, noPermission("read", "/x")),
        (EIO, LeewayError(.fileNotAccessible, "Can't read /x: Input/output error.")),
    ])
    func `what the system says becomes a sentence`(number: Int32, expected: LeewayError) {
        errno = number
        #expect(FileSystem.failure("read", "/x") == expected)
    }

    // MARK: Writing

    @Test func `writing anew leaves nothing of a longer file`() throws {
        try FileSystem.write([1, 2, 3], to: folder / "f")
        try FileSystem.write([4], to: folder / "f")
        #expect(try FileSystem.read(folder / "f") == [4])
    }

    @Test func `an atomic write replaces a file and leaves nothing beside it`() throws {
        try FileSystem.writeAtomically([1, 2], to: folder / "f")
        try FileSystem.writeAtomically([3], to: folder / "f")
        #expect(try FileSystem.read(folder / "f") == [3])
        #expect(try FileSystem.names(in: folder.path) == ["f"])
    }

    /// The temporary file can't be made where a folder of its name stands.
    @Test func `an atomic write that fails leaves the old file`() throws {
        try FileSystem.write([1, 2], to: folder / "f")
        try FileSystem.makeFolder(folder / "f.part-\(getpid())")
        #expect(throws: LeewayError.self) { try FileSystem.writeAtomically([3], to: folder / "f") }
        #expect(try FileSystem.read(folder / "f") == [1, 2])
    }

    /// The last step, the rename, fails where a folder stands.
    @Test func `an atomic write that fails leaves nothing beside`() throws {
        try FileSystem.makeFolder(folder / "d/inner")
        #expect(throws: LeewayError.self) { try FileSystem.writeAtomically([3], to: folder / "d") }
        #expect(try FileSystem.names(in: folder.path) == ["d"])
    }

    // MARK: Folders

    @Test func `a folder is made with those above it, once or twice`() throws {
        try FileSystem.makeFolder(folder / "a/b/c")
        try FileSystem.makeFolder(folder / "a/b/c")
        guard case .folder? = FileSystem.kind(of: folder / "a/b/c") else {
            Issue.record("no folder")
            return
        }
    }

    @Test func `names are sorted, hidden ones too`() throws {
        for name in ["b", "a", ".h", "ü"] { try FileSystem.write([], to: folder / name) }
        #expect(try FileSystem.names(in: folder.path) == [".h", "a", "b", "ü"])
    }

    @Test func `moving keeps the content, and tells what is missing`() throws {
        try FileSystem.makeFolder(folder / "a")
        try FileSystem.write([9], to: folder / "a/f")
        try FileSystem.move(folder / "a", to: folder / "b")
        #expect(try FileSystem.read(folder / "b/f") == [9])
        #expect(throws: Self.noFolder(folder / "no/b")) { try FileSystem.move(folder / "b", to: folder / "no/b") }
    }

    @Test func `removing takes all that is in a folder, and what a link points to stays`() throws {
        try FileSystem.makeFolder(folder / "a/b")
        try FileSystem.write([9], to: folder / "a/b/f")
        try FileSystem.write([9], to: folder / "kept")
        #expect(symlink(folder / "kept", folder / "a/link") == 0)
        #expect(symlink(folder.path, folder / "a/up") == 0)
        FileSystem.remove(folder / "a")
        FileSystem.remove(folder / "never there")
        #expect(try FileSystem.names(in: folder.path) == ["kept"])
    }

    @Test func `a locked folder keeps others out, and one that can't be locked stops nobody`() async throws {
        let (path, file) = (folder.path, folder / "count")
        try FileSystem.write([0], to: file)
        try await withThrowingTaskGroup { group in
            for _ in 0..<4 {
                group.addTask {
                    for _ in 0..<50 {
                        try FileSystem.withLock(on: path) {
                            try FileSystem.write(try FileSystem.read(file).map { $0 + 1 }, to: file)
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(try FileSystem.read(file) == [200])
        #expect(FileSystem.withLock(on: folder / "no") { 7 } == 7)
    }

    @Test func `the current folder is absolute`() { #expect(FileSystem.currentFolder.hasPrefix("/")) }
}
