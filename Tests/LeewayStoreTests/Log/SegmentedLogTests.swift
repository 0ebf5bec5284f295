import LeewayCore
import LeewayStore
import LeewayTestSupport
import Testing

@Suite struct SegmentedLogTests {
    typealias Log = SegmentedLog<Int>

    private let folder: TemporaryFolder
    private let clock = LogClock()
    private let commits = LogCommits()
    private let seals = LogSeals()

    init() throws { folder = try TemporaryFolder() }

    private func log(_ options: Log.Options = .init()) throws -> Log {
        try Log(
            folder: folder.path, options: options, now: clock.now, random: LogClock.random, onCommit: commits.add,
            onSeal: seals.add)
    }

    // MARK: Many at once

    /// Every line once, ids unique and ascending over all files, payloads in the files' order, positions that agree.
    @Test(arguments: Log.Durability.allCases)
    func `eight tasks append at once`(durability: Log.Durability) async throws {
        let log = try Log(
            folder: folder.path, options: .init(durability: durability, segmentBytes: 1 << 20), now: LogClock.system,
            random: LogClock.random, onCommit: commits.add, onSeal: seals.add)
        let perTask = durability == .fsync ? 300 : 20_000
        var all: Set<UUIDv7> = []
        try await withThrowingTaskGroup(of: [UUIDv7].self) { [commits] group in
            for task in 0..<8 {
                group.addTask { try await Self.append(perTask, by: task, to: log, commits) }
            }
            for try await ids in group {
                #expect(zip(ids, ids.dropFirst()).allSatisfy { $0 < $1 })
                all.formUnion(ids)
            }
        }
        #expect(all.count == 8 * perTask)
        await log.close()
        let files = try LogSample.files(in: folder.path)
        var last: UUIDv7?
        for file in files {
            #expect(file.numbers == commits[file.name])
            for id in [file.name.id] + file.ids {
                #expect(last.map { $0 < id } ?? true)
                last = id
            }
        }
        #expect(Set(files.flatMap(\.ids)) == all)
        #expect(files.flatMap(\.numbers).sorted() == Array(0..<8 * perTask))
        #expect(files.count > 1 || durability == .fsync)
        #expect(seals.all.map(\.path) == files.map(\.path))
        #expect(log.state.lines == 8 * perTask)
        #expect(log.state.pendingBytes == 0)
        #expect(log.state.lag == 0)
    }

    private static func append(
        _ count: Int, by task: Int, to log: Log, _ commits: LogCommits
    ) async throws -> [UUIDv7] {
        var ids: [UUIDv7] = []
        var number = task * count
        let end = number + count
        while number < end {
            ids.append(try await log.append(line: LogSample.line(number), number))
            number += 1
            if number % 97 == 0 {
                log.atRest { name, bytes in #expect(bytes == commits[name].count * LogSample.length) }
            }
        }
        return ids
    }

    @Test(arguments: Log.Durability.allCases)
    func `a batch stands together and in its order`(durability: Log.Durability) async throws {
        let log = try log(.init(durability: durability))
        try await withThrowingTaskGroup(of: Void.self) { group in
            for task in 0..<4 {
                group.addTask {
                    for turn in 0..<20 {
                        let first = task * 100_000 + turn * 1000
                        let ids = try await log.append(LogSample.lines(first..<first + 50), first)
                        #expect(ids.count == 50)
                        #expect(zip(ids, ids.dropFirst()).allSatisfy { $0 < $1 })
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(try await log.append(LogLines(), 7) == [])
        await log.close()
        let numbers = try #require(LogSample.files(in: folder.path).first).numbers
        let firsts = commits.all
        #expect(firsts.count == 80)
        #expect(numbers == firsts.flatMap { Array($0..<$0 + 50) })
    }

    // MARK: Ids and names

    @Test func `the line has the id that was returned and nothing else is changed`() async throws {
        let log = try log()
        let line = LogLines.prefix + LogLines.placeholder + Array("\",\"text\":\"é {\\\"id\\\":\\\"\"}\n".utf8)
        let id = try await log.append(line: line, 0)
        let shortest = LogLines.prefix + LogLines.placeholder + Array("\"}\n".utf8)
        let ids = try await log.append(LogLines(bytes: shortest + line, starts: [0, shortest.count]), 1)
        await log.close()
        let path = try #require(LogFolder(folder.path).segments().first).path
        let expected =
            "{\"id\":\"\(id)\",\"text\":\"é {\\\"id\\\":\\\"\"}\n{\"id\":\"\(ids[0])\"}\n"
            + "{\"id\":\"\(ids[1])\",\"text\":\"é {\\\"id\\\":\\\"\"}\n"
        #expect(try String(decoding: FileSystem.read(path), as: UTF8.self) == expected)
    }

    @Test func `ids ascend while the clock steps back by an hour`() async throws {
        let log = try log()
        var ids: [UUIDv7] = []
        for turn in 0..<300 {
            if turn == 100 { clock.step(seconds: -3600) }
            if turn == 200 { clock.step(seconds: 3601) }
            ids.append(try await log.append(line: LogSample.line(turn), turn))
        }
        await log.close()
        #expect(zip(ids, ids.dropFirst()).allSatisfy { $0 < $1 })
        let noon = Timestamp(milliseconds: LogClock.noon)
        #expect(ids[..<200].allSatisfy { $0.time == noon })
        #expect(ids[200...].allSatisfy { $0.time.milliseconds == LogClock.noon + 1000 })
        #expect(try LogFolder(folder.path).contains(ids: ids) == [Bool](repeating: true, count: 300))
    }

    @Test func `two logs share a folder and no id`() async throws {
        let logs = try [log(), log()]
        var ids: [UUIDv7] = []
        for turn in 0..<500 {
            for log in logs { ids.append(try await log.append(line: LogSample.line(turn), turn)) }
        }
        #expect(Set(ids).count == 1000)
        let open = try LogFolder(folder.path).segments()
        #expect(open.map(\.state) == [.open, .open])
        #expect(try LogFolder(folder.path).recover().recovered.isEmpty)
        for log in logs { await log.close() }
        #expect(try LogFolder(folder.path).segments().map(\.state) == [.sealed, .sealed])
        #expect(try LogFolder(folder.path).contains(ids: ids).allSatisfy { $0 })
    }

    // MARK: Segments

    @Test func `a segment is sealed before it grows too long`() async throws {
        let log = try log(.init(segmentBytes: LogSample.length * 10))
        for number in 0..<95 { _ = try await log.append(line: LogSample.line(number), number) }
        // A group that is too long for any segment gets one of its own.
        _ = try await log.append(LogSample.lines(95..<120), 95)
        _ = try await log.append(line: LogSample.line(120), 120)
        await log.close()
        let counts = try LogSample.files(in: folder.path).map(\.numbers.count)
        #expect(counts == [Int](repeating: 10, count: 9) + [5, 25, 1])
        #expect(seals.all.map(\.bytes) == counts.map { $0 * LogSample.length })
    }

    @Test func `a segment is sealed when it is old`() async throws {
        let log = try log(.init(segmentSeconds: 60))
        _ = try await log.append(line: LogSample.line(0), 0)
        clock.step(seconds: 59)
        _ = try await log.append(line: LogSample.line(1), 1)
        clock.step(seconds: 1)
        _ = try await log.append(line: LogSample.line(2), 2)
        await log.close()
        #expect(try LogSample.files(in: folder.path).map(\.numbers) == [[0, 1], [2]])
    }

    @Test(arguments: Log.Durability.allCases)
    func `midnight begins a folder`(durability: Log.Durability) async throws {
        let log = try log(.init(durability: durability, segmentSeconds: 1_000_000))
        clock.step(seconds: 43_199.999)
        _ = try await log.append(line: LogSample.line(0), 0)
        clock.step(seconds: 0.001)
        _ = try await log.append(line: LogSample.line(1), 1)
        // Back across midnight: ids don't follow, and neither do lines.
        clock.step(seconds: -0.001)
        _ = try await log.append(line: LogSample.line(2), 2)
        await log.close()
        let files = try LogSample.files(in: folder.path)
        #expect(files.map(\.numbers) == [[0], [1, 2]])
        let noon = Timestamp(milliseconds: LogClock.noon).description.prefix(10)
        let next = Timestamp(milliseconds: LogClock.noon + 86_400_000).description.prefix(10)
        #expect(try FileSystem.names(in: folder.path) == ["date=\(noon)", "date=\(next)"])
        #expect(try LogFolder(folder.path).segments().map(\.date) == [String(noon), String(next)])
        for file in files {
            for id in file.ids { #expect(file.path.contains("date=" + id.time.description.prefix(10) + "/")) }
        }
    }

    @Test func `an empty segment gives way without a trace`() async throws {
        let log = try log()
        log.rotate()
        clock.step(seconds: 86_400)
        _ = try await log.append(line: LogSample.line(0), 0)
        log.rotate()
        log.rotate()
        let names = log.atRest { name, bytes in [name: bytes] }
        #expect(names.values.first == 0)
        await log.close()
        #expect(seals.all.count == 1)
        #expect(try LogFolder(folder.path).segments().map(\.state) == [.sealed])
    }

    @Test func `a sealed segment has its ids beside it`() async throws {
        let log = try log()
        let ids = try await log.append(LogSample.lines(0..<1000), 0)
        log.rotate()
        await log.close()
        let segment = try #require(seals.all.first)
        #expect(segment.state == .sealed)
        let bytes = ids.flatMap { id in
            [id.high, id.low].flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> (56 - 8 * $0)) } }
        }
        #expect(try FileSystem.read(segment.idsPath) == bytes)
        #expect(FileSystem.kind(of: segment.path) != nil)
    }

    @Test func `files are for their owner alone`() async throws {
        let log = try Log(folder: folder / "new/log", now: clock.now, random: LogClock.random, onSeal: seals.add)
        _ = try await log.append(line: LogSample.line(0), 0)
        await log.close()
        let segment = try #require(seals.all.first)
        #expect(try [segment.path, segment.idsPath].map(LogSample.permissions) == [0o600, 0o600])
        #expect(try [segment.folder, folder / "new/log"].map(LogSample.permissions) == [0o700, 0o700])
    }

    // MARK: The end

    @Test(arguments: Log.Durability.allCases)
    func `nothing is appended after the end`(durability: Log.Durability) async throws {
        let log = try log(.init(durability: durability))
        _ = try await log.append(line: LogSample.line(0), 0)
        await log.close()
        await log.close()
        let expected = LeewayError(
            .logNotWritable, "The log \(folder.path) is closed.", hint: "The server is about to end; ask again.")
        await #expect(throws: expected) { try await log.append(line: LogSample.line(1), 1) }
        #expect(commits.all == [0])
    }

    @Test func `with no durability all is written at the end`() async throws {
        let log = try log(.init(durability: .none))
        for number in 0..<50_000 { _ = try await log.append(line: LogSample.line(number), number) }
        await log.close()
        #expect(commits.all == Array(0..<50_000))
        #expect(try LogSample.files(in: folder.path).flatMap(\.numbers) == Array(0..<50_000))
    }

    @Test(arguments: ["", "{\"id\":\"", "no line at all, though it is long enough to be one of them\n"])
    func `what is no line ends the program`(text: String) async {
        await #expect(processExitsWith: .failure) { [text, path = folder.path as String] in
            let log = try Log(folder: path, now: LogClock.system, random: LogClock.random)
            _ = try await log.append(line: Array(text.utf8), 0)
        }
    }
}
