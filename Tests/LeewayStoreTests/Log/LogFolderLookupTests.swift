import LeewayCore
import LeewayStore
import LeewayTestSupport
import Testing

@Suite struct LogFolderLookupTests {
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

    /// Ids that are not in the log but near those that are.
    private func neighbours(of id: UUIDv7) -> [UUIDv7] {
        [
            UUIDv7(high: id.high, low: id.low - 1), UUIDv7(high: id.high, low: id.low + 1),
            UUIDv7(high: id.high + 1 << 16, low: id.low), UUIDv7(high: id.high - 1 << 16, low: id.low),
            UUIDv7(high: id.high + 86_400_000 << 16, low: id.low),
            UUIDv7(high: id.high - 86_400_000 << 16, low: id.low),
        ]
    }

    private func expectAll(_ ids: [UUIDv7], _ comment: Comment) throws {
        #expect(try logFolder.contains(ids: ids.shuffled().prefix(400) + []).allSatisfy { $0 }, comment)
        let others = ids.shuffled().prefix(40).flatMap(neighbours)
        #expect(try !logFolder.contains(ids: others.shuffled()).contains(true), comment)
    }

    @Test func `ids are found in open, abandoned, sealed and compacted segments of several days`() async throws {
        var ids: [UUIDv7] = []
        for day in 0..<3 {
            // Two servers at once, with several segments each.
            let logs = try [log(5000), log(60_000)]
            for batch in 0..<30 {
                clock.step(seconds: batch % 7 == 0 ? -2.5 : 1)
                for log in logs {
                    ids += try await log.append(LogSample.lines(batch * 20..<batch * 20 + 20), batch)
                    ids.append(try await log.append(line: LogSample.line(batch), batch))
                }
            }
            try expectAll(ids, "open")
            if day == 1 {
                // Copies of open files have no lock.
                for segment in try logFolder.segments() where segment.state == .open {
                    let bytes = try FileSystem.read(segment.path)
                    FileSystem.remove(segment.path)
                    try FileSystem.write(bytes + [0x7B], to: segment.path)
                }
                try expectAll(ids, "abandoned")
                for log in logs { await log.close() }
                #expect(try logFolder.recover().recovered.count == 2)
                try expectAll(ids, "recovered")
            }
            for log in logs { await log.close() }
            try expectAll(ids, "sealed")
            clock.step(seconds: 86_400)
        }
        let segments = try logFolder.segments()
        #expect(segments.count > 20 && segments.allSatisfy { $0.state == .sealed })
        for id in ids.shuffled().prefix(40) {
            let line = try #require(try logFolder.line(of: id))
            #expect(try LogSample.parse(line).id == id)
            let segment = try #require(try logFolder.segment(of: id))
            #expect(try FileSystem.read(segment.path).split(separator: 0x0A).contains { $0.elementsEqual(line) })
        }
        // Every other one is compacted, one in three has lost its ids.
        for (place, segment) in segments.enumerated() {
            if place % 2 == 0 {
                try FileSystem.move(segment.path, to: "\(segment.folder)/\(segment.name).parquet")
            } else if place % 3 == 0 {
                FileSystem.remove(segment.idsPath)
            }
        }
        try expectAll(ids, "compacted")
        let other = LogFolder(folder.path)
        #expect(try other.contains(ids: ids).allSatisfy { $0 })
        let formats = try other.segments().map(\.format)
        #expect(formats.count == segments.count && formats.contains(.parquet) && formats.contains(.jsonLines))
        for id in ids.shuffled().prefix(100) {
            let isParquet = try #require(try other.segment(of: id)).format == .parquet
            #expect(try other.line(of: id) == nil || !isParquet)
        }
    }

    @Test func `a segment with both formats is listed once`() async throws {
        let log = try log()
        let ids = try await log.append(LogSample.lines(0..<10), 0)
        await log.close()
        let segment = try #require(try logFolder.segments().first)
        try FileSystem.write([1, 2, 3], to: "\(segment.folder)/\(segment.name).parquet")
        let both = try logFolder.segments()
        #expect(both.map(\.format) == [.parquet] && both.map(\.bytes) == [3])
        #expect(try logFolder.contains(ids: ids).allSatisfy { $0 })
        #expect(try logFolder.remove(keepingAtMost: 0).count == 1)
        #expect(try FileSystem.names(in: folder.path).isEmpty)
    }

    @Test func `other files are no segments`() async throws {
        let log = try log()
        _ = try await log.append(line: LogSample.line(0), 0)
        await log.close()
        let segment = try #require(try logFolder.segments().first)
        let name = segment.name.description
        for name in ["x.jsonl", name + ".json", name, "a.ids", name + ".jsonl.gz"] {
            try FileSystem.write([1], to: "\(segment.folder)/\(name)")
        }
        try FileSystem.makeFolder("\(segment.folder)/\(UUIDv7(Timestamp(milliseconds: 5), random: (1, 2))).jsonl")
        try FileSystem.makeFolder(folder / "other")
        try FileSystem.write([1], to: folder / "date=f")
        #expect(try logFolder.segments() == [segment])
    }

    @Test func `lookups go on while a log is written and sealed`() async throws {
        let log = try Log(
            folder: folder.path, options: .init(segmentBytes: 4000), now: LogClock.system, random: LogClock.random)
        let logFolder = logFolder
        try await withThrowingTaskGroup(of: Void.self) { group in
            for task in 0..<4 {
                group.addTask {
                    for turn in 0..<300 {
                        let id = try await log.append(line: LogSample.line(turn), task)
                        // What was answered is found, whatever is sealed at this moment.
                        #expect(try logFolder.contains(ids: [id]) == [true])
                    }
                }
            }
            try await group.waitForAll()
        }
        await log.close()
    }
}
