import LeewayCore
import LeewayStore
import LeewayTestSupport
import Testing

@Suite struct LogFolderLinesTests {
    typealias Log = SegmentedLog<Int>

    private let folder: TemporaryFolder
    private let clock = LogClock()
    private let logFolder: LogFolder

    init() throws {
        folder = try TemporaryFolder()
        logFolder = LogFolder(folder.path)
    }

    private func log(_ segmentBytes: Int = 1 << 20) throws -> Log {
        try Log(
            folder: folder.path, options: .init(segmentBytes: segmentBytes), now: clock.now, random: LogClock.random)
    }

    private func numbers(_ lines: [LogFolder.Line]) throws -> [Int] {
        try lines.map { try LogSample.parse($0.bytes).number }
    }

    // MARK: The last lines

    @Test func `the last lines, newest first, of two servers over two days`() async throws {
        let logs = try [log(3000), log(5000)]
        for number in 0..<1000 {
            clock.step(seconds: number == 700 ? 86_400 : 0.002)
            _ = try await logs[number % 3 == 0 ? 1 : 0].append(line: LogSample.line(number), 0)
        }
        for count in [0, 1, 2, 10, 299, 300, 301, 1000, 2000] {
            let lines = try logFolder.lastLines(count)
            #expect(try numbers(lines) == Array((0..<1000).reversed().prefix(count)))
        }
        let newest = try #require(try logFolder.lastLines(1).first)
        #expect(try logFolder.segment(of: LogSample.parse(newest.bytes).id)?.name == newest.segment)
        for log in logs { await log.close() }
        #expect(try numbers(logFolder.lastLines(1000)) == Array((0..<1000).reversed()))
    }

    @Test func `a torn line is never among the last`() async throws {
        let log = try log()
        _ = try await log.append(LogSample.lines(0..<3), 0)
        let path = try #require(try logFolder.segments().first).path
        let bytes = try FileSystem.read(path)
        for torn in ["{", "{\"id\":\"0", String(repeating: "x", count: 100_000)] {
            try FileSystem.write(bytes + Array(torn.utf8), to: path)
            #expect(try numbers(logFolder.lastLines(9)) == [2, 1, 0])
        }
        await log.close()
    }

    // MARK: Following

    @Test(arguments: [1, 100, 1000, 1 << 20])
    func `who follows gets each line once`(limit: Int) async throws {
        let logs = try [log(3000), log(5000)]
        var position = logFolder.start
        var seen: [Int] = []
        for number in 0..<1500 {
            // Three days; some segments are sealed between two looks.
            clock.step(seconds: number % 600 == 599 ? 86_400 : 0.002)
            _ = try await logs[number % 3 == 0 ? 1 : 0].append(line: LogSample.line(number), 0)
            if number % 50 == 0 { seen += try numbers(logFolder.lines(after: &position, limit: limit)) }
            if number % 400 == 0 { logs[0].rotate() }
        }
        while true {
            let lines = try numbers(logFolder.lines(after: &position, limit: limit))
            if lines.isEmpty { break }
            seen += lines
        }
        #expect(seen.count == 1500)
        #expect(seen.sorted() == Array(0..<1500))
        for log in logs { await log.close() }
        #expect(try logFolder.lines(after: &position).isEmpty)
    }

    @Test func `who follows from the end gets what is new, and never a torn line`() async throws {
        let log = try log(3000)
        for number in 0..<100 { _ = try await log.append(line: LogSample.line(number), 0) }
        var position = try logFolder.end()
        #expect(try logFolder.lines(after: &position).isEmpty)
        for number in 100..<300 {
            _ = try await log.append(line: LogSample.line(number), 0)
            #expect(try numbers(logFolder.lines(after: &position)) == [number])
        }
        let path = try #require(try logFolder.segments().last).path
        let bytes = try FileSystem.read(path)
        let line = LogSample.line(7)
        for cut in [1, 20, line.count - 1] {
            try FileSystem.write(bytes + line.prefix(cut), to: path)
            #expect(try logFolder.lines(after: &position).isEmpty)
        }
        try FileSystem.write(bytes + line + [0x7B], to: path)
        #expect(try logFolder.lines(after: &position).map(\.bytes) == [Array(line.dropLast())])
        await log.close()
    }
}
