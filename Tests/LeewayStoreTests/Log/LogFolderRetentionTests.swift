import LeewayCore
import LeewayStore
import LeewayTestSupport
import Testing

@Suite struct LogFolderRetentionTests {
    typealias Log = SegmentedLog<Int>

    private let folder: TemporaryFolder
    private let clock = LogClock()
    private let logFolder: LogFolder

    init() throws {
        folder = try TemporaryFolder()
        logFolder = LogFolder(folder.path)
    }

    /// Five days with a segment of ten lines each, and an open one.
    private func fill() async throws -> (log: Log, segments: [Segment]) {
        let log = try Log(folder: folder.path, now: clock.now, random: LogClock.random)
        for day in 0..<6 {
            // No step after the last day: the log's own thread would see it and end the segment.
            if day > 0 { clock.step(seconds: 86_400) }
            _ = try await log.append(LogSample.lines(day * 10..<day * 10 + 10), day)
        }
        // The sealer's thread has done its work when all are sealed.
        while log.state.unsealed > 0 { await Task.yield() }
        let segments = try logFolder.segments()
        #expect(segments.map(\.state) == [Segment.State](repeating: .sealed, count: 5) + [.open])
        return (log, segments)
    }

    @Test func `segments without a line since a time go`() async throws {
        let (log, segments) = try await fill()
        let time = Timestamp(milliseconds: LogClock.noon + 2 * 86_400_000)
        #expect(try logFolder.remove(olderThan: time) == Array(segments[..<2]))
        #expect(try logFolder.segments() == Array(segments[2...]))
        #expect(try FileSystem.names(in: folder.path).count == 4)
        #expect(try logFolder.remove(olderThan: time).isEmpty)
        // One millisecond later the third goes too.
        let later = Timestamp(milliseconds: time.milliseconds + 1)
        #expect(try logFolder.remove(olderThan: later) == [segments[2]])
        #expect(try logFolder.remove(olderThan: Timestamp(milliseconds: .max >> 16)) == Array(segments[3..<5]))
        #expect(try logFolder.segments() == [segments[5]])
        await log.close()
    }

    @Test func `the oldest go while the whole is too long`() async throws {
        let (log, segments) = try await fill()
        let each = 10 * (LogSample.length + 16)
        let all = 5 * each + 10 * LogSample.length
        #expect(try logFolder.remove(keepingAtMost: all).isEmpty)
        #expect(try logFolder.remove(keepingAtMost: all - 1) == [segments[0]])
        #expect(try logFolder.remove(keepingAtMost: all - 3 * each) == Array(segments[1..<3]))
        #expect(try logFolder.remove(keepingAtMost: 0) == Array(segments[3..<5]))
        #expect(try logFolder.segments() == [segments[5]])
        await log.close()
        #expect(try logFolder.remove(keepingAtMost: 0).count == 1)
        #expect(try FileSystem.names(in: folder.path).isEmpty)
    }

    @Test func `without its ids a segment's age is that of its last line`() async throws {
        let (log, segments) = try await fill()
        FileSystem.remove(segments[0].idsPath)
        try FileSystem.move(segments[1].path, to: "\(segments[1].folder)/\(segments[1].name).parquet")
        let time = Timestamp(milliseconds: LogClock.noon + 2 * 86_400_000)
        #expect(try logFolder.remove(olderThan: time).map(\.name) == segments[..<2].map(\.name))
        #expect(try logFolder.segments() == Array(segments[2...]))
        await log.close()
    }

    @Test func `an abandoned segment is not removed`() async throws {
        let (log, segments) = try await fill()
        let bytes = try FileSystem.read(segments[5].path)
        FileSystem.remove(segments[5].path)
        try FileSystem.write(bytes, to: segments[5].path)
        #expect(try logFolder.remove(keepingAtMost: 0).count == 5)
        #expect(try logFolder.segments().map(\.state) == [.abandoned])
        await log.close()
    }

    @Test func `nothing is asked, nothing is removed`() async throws {
        let (log, segments) = try await fill()
        #expect(try logFolder.remove().isEmpty)
        #expect(try logFolder.segments() == segments)
        await log.close()
    }
}
