import LeewayCore
import LeewayStore
import LeewayTestSupport
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

@Suite struct LogFolderRecoveryTests {
    typealias Log = SegmentedLog<Int>

    private let folder: TemporaryFolder
    private let clock = LogClock()

    init() throws { folder = try TemporaryFolder() }

    private func log(_ options: Log.Options = .init()) throws -> Log {
        try Log(folder: folder.path, options: options, now: clock.now, random: LogClock.random)
    }

    /// What a killed process leaves: an open segment without a lock, with something after its whole lines.
    private func leave(_ count: Int, then rest: [UInt8] = []) async throws -> [UUIDv7] {
        let log = try log()
        let ids = count == 0 ? [] : try await log.append(LogSample.lines(0..<count), 0)
        let open = try #require(LogFolder(folder.path).segments().first { $0.state == .open })
        let bytes = try FileSystem.read(open.path)
        // Another file of the same name and content: the lock is the first one's.
        FileSystem.remove(open.path)
        try FileSystem.write(bytes + rest, to: open.path)
        await log.close()
        return ids
    }

    // MARK: Torn lines

    @Test(arguments: [
        "", "{", "{\"id\":\"0000", "{\"id\":\"0000\"}", "{\"a\":{}\n", "{\"a\":\"}\n", "{\"a\":\"\\\"}\n", "\0\0\0\0\n",
        "\0\0\0\0", "\n", "[]\n", "{\"a\":\"\u{1}\"}\n", "{}}\n", "{\"a\":1\n{\"b\"\n", "{\"a\":1}x\n",
    ])
    func `a torn line is cut off and told`(torn: String) async throws {
        let ids = try await leave(3, then: Array(torn.utf8))
        let logFolder = LogFolder(folder.path)
        let found = try #require(logFolder.segments().first)
        #expect(found.state == .abandoned && found.bytes == 3 * LogSample.length + torn.utf8.count)
        var counted: [Int] = []
        let recovery = try logFolder.recover { segment, path in
            #expect(segment.state == .abandoned && segment.bytes == 3 * LogSample.length)
            counted.append(try FileSystem.read(path).count)
        }
        #expect(counted == [3 * LogSample.length])
        #expect(recovery.cutBytes == torn.utf8.count)
        #expect(recovery.recovered.map(\.cutBytes) == [torn.utf8.count])
        #expect(recovery.recovered.map(\.segment) == (try logFolder.segments()))
        let sealed = try #require(logFolder.segments().first)
        #expect(sealed.state == .sealed && sealed.bytes == 3 * LogSample.length)
        #expect(try LogSample.files(in: folder.path).map(\.ids) == [ids])
        #expect(try logFolder.contains(ids: ids) == [true, true, true])
        #expect(try logFolder.recover().recovered.isEmpty)
    }

    @Test(arguments: ["", "{\"id\":\"0000", "\0\0\0\0", "torn\ntorn\n"])
    func `a segment without a line is removed`(torn: String) async throws {
        _ = try await leave(0, then: Array(torn.utf8))
        let recovery = try LogFolder(folder.path).recover { _, _ in Issue.record("nothing is to be counted") }
        #expect(recovery.recovered.isEmpty && recovery.removed.count == 1)
        #expect(recovery.cutBytes == torn.utf8.count)
        #expect(try LogFolder(folder.path).segments().isEmpty)
    }

    @Test func `a line longer than every block`() async throws {
        let text = [UInt8](repeating: 0x61, count: 2_000_000)
        let long = LogLines.prefix + LogLines.placeholder + Array("\",\"t\":\"".utf8) + text + Array("\"}\n".utf8)
        let log = try log()
        let id = try await log.append(line: long, 0)
        let other = try await log.append(line: LogSample.line(1), 1)
        for state in [Segment.State.open, .sealed] {
            let logFolder = LogFolder(folder.path)
            #expect(try logFolder.segments().map(\.state) == [state])
            #expect(try logFolder.contains(ids: [id, other]) == [true, true])
            #expect(try logFolder.line(of: id)?.count == long.count - 1)
            #expect(try logFolder.lastLines(9).map(\.bytes.count) == [LogSample.length - 1, long.count - 1])
            var position = logFolder.start
            #expect(try logFolder.lines(after: &position).map(\.bytes.count) == [long.count - 1])
            #expect(try logFolder.lines(after: &position).map(\.bytes.count) == [LogSample.length - 1])
            await log.close()
        }
        _ = try await leave(2, then: text)
        #expect(try LogFolder(folder.path).recover().cutBytes == text.count)
    }

    // MARK: Who recovers

    @Test func `a segment that is not counted stays as it is`() async throws {
        _ = try await leave(3, then: [0x7B])
        struct Uncounted: Error {}
        #expect(throws: Uncounted.self) { try LogFolder(folder.path).recover { _, _ in throw Uncounted() } }
        #expect(try LogFolder(folder.path).segments().map(\.state) == [.abandoned])
        let recovery = try LogFolder(folder.path).recover()
        #expect(recovery.recovered.count == 1)
    }

    @Test func `each segment is recovered once by those who try at once`() async throws {
        for _ in 0..<12 {
            clock.step(seconds: 1)
            _ = try await leave(3, then: [0x7B])
        }
        let counted = LogSeals()
        let path = folder.path
        let recovered = try await withThrowingTaskGroup(of: [Segment.Name].self) { group in
            for _ in 0..<4 {
                group.addTask {
                    try LogFolder(path).recover { segment, _ in counted.add(segment) }
                        .recovered.map(\.segment.name)
                }
            }
            return try await group.reduce([], +)
        }
        let names = try LogFolder(folder.path).segments().map(\.name)
        #expect(names.count == 12)
        #expect(recovered.sorted() == names)
        #expect(counted.all.map(\.name).sorted() == names)
        #expect(try LogSample.files(in: folder.path).flatMap(\.numbers).count == 36)
    }

    @Test func `what an interrupted seal left is removed`() async throws {
        _ = try await leave(3)
        let segment = try #require(LogFolder(folder.path).segments().first)
        try FileSystem.write([1, 2, 3], to: segment.idsPath)
        try FileSystem.write([1, 2, 3], to: segment.idsPath + ".part-1")
        _ = try LogFolder(folder.path).recover()
        let names = try FileSystem.names(in: segment.folder)
        #expect(names == ["\(segment.name).ids", "\(segment.name).jsonl"])
        #expect(try FileSystem.read(segment.idsPath).count == 48)
    }

    @Test func `a folder that is not there has nothing`() throws {
        let logFolder = LogFolder(folder / "none")
        #expect(try logFolder.segments().isEmpty && logFolder.recover().recovered.isEmpty)
        #expect(try logFolder.contains(ids: [UUIDv7(high: 1, low: 1)]) == [false])
        #expect(try logFolder.lastLines(5).isEmpty && logFolder.remove(keepingAtMost: 0).isEmpty)
        var position = try logFolder.end()
        #expect(try logFolder.lines(after: &position).isEmpty)
    }

    // MARK: Killed processes

    /// Eight tasks append and note what was answered, until one of them kills the process in the midst of it.
    @Test(arguments: [Log.Durability.os, .fsync], [40, 1300, 7000])
    func `what was answered is there once after kill -9`(durability: Log.Durability, after count: Int) async throws {
        let path = folder.path
        let count = durability == .fsync ? count / 20 : count
        await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String, durability, count = count as Int] in
            let log = try Log(
                folder: path + "/log", options: .init(durability: durability, segmentBytes: 50_000),
                now: LogClock.system, random: LogClock.random)
            let notes = open(path + "/notes", O_WRONLY | O_CREAT | O_APPEND, 0o600)
            await withTaskGroup(of: Void.self) { group in
                for task in 0..<8 {
                    group.addTask {
                        for turn in 0..<100_000 {
                            let number = task * 100_000 + turn
                            guard (try? await log.append(line: LogSample.line(number), number)) != nil else { return }
                            var note = Int64(number)
                            write(notes, &note, 8)
                        }
                    }
                }
                group.addTask {
                    var status = stat()
                    while fstat(notes, &status) == 0, status.st_size < count * 8 { await Task.yield() }
                    kill(getpid(), SIGKILL)
                }
            }
        }
        let noted = try FileSystem.read(folder / "notes").withUnsafeBytes { Array($0.bindMemory(to: Int64.self)) }
        #expect(noted.count >= count)
        let logFolder = LogFolder(folder / "log")
        let recovery = try logFolder.recover()
        #expect(recovery.failures.isEmpty)
        #expect(try logFolder.segments().allSatisfy { $0.state == .sealed })
        let files = try LogSample.files(in: folder / "log")
        let numbers = files.flatMap(\.numbers)
        #expect(Set(numbers).count == numbers.count)
        #expect(Set(noted.map(Int.init)).isSubset(of: numbers))
        #expect(try logFolder.contains(ids: files.flatMap(\.ids)).allSatisfy { $0 })
    }
}
