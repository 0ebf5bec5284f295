import LeewayCore
import LeewayStore
import LeewayTestSupport
import Testing

/// Damaged files give fewer lines, never a stop, an endless search or a line that is not there.
@Suite struct LogDamageTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func damage(_ bytes: [UInt8], with generator: inout TestGenerator) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<Int.random(in: 1...6, using: &generator) where !bytes.isEmpty {
            let place = bytes.indices.randomElement(using: &generator) ?? 0
            let length = min(bytes.count - place, 1 << Int.random(in: 0...10, using: &generator))
            switch Int.random(in: 0..<7, using: &generator) {
            case 0: bytes[place] = UInt8.random(in: 0...255, using: &generator)
            case 1: bytes.removeSubrange(place..<place + length)
            case 2: bytes.replaceSubrange(place..<place + length, with: [UInt8](repeating: 0, count: length))
            case 3: bytes.insert(contentsOf: bytes[place..<place + length], at: bytes.count / 2)
            case 4: bytes.removeLast(length)
            case 5: bytes[place] = 0x0A
            default: bytes.insert(0x0A, at: place)
            }
        }
        return bytes
    }

    @Test(arguments: 0..<60) func `readers live with what they find`(seed: UInt64) async throws {
        var generator = TestGenerator(seed: seed)
        let clock = LogClock()
        let log = try SegmentedLog<Int>(
            folder: folder.path, options: .init(segmentBytes: 6000), now: clock.now, random: LogClock.random)
        var ids: [UUIDv7] = []
        for number in 0..<300 {
            clock.step(seconds: 0.001)
            ids.append(try await log.append(line: LogSample.line(number), number))
        }
        await log.close()
        let logFolder = LogFolder(folder.path)
        for segment in try logFolder.segments() {
            let bytes = damage(try FileSystem.read(segment.path), with: &generator)
            try FileSystem.write(bytes, to: segment.path)
            switch Int.random(in: 0..<4, using: &generator) {
            case 0:
                try FileSystem.move(segment.path, to: "\(segment.folder)/\(segment.name).open.jsonl")
                FileSystem.remove(segment.idsPath)
            case 1:
                let ids = damage(try FileSystem.read(segment.idsPath), with: &generator)
                try FileSystem.write(ids, to: segment.idsPath)
            case 2: FileSystem.remove(segment.idsPath)
            default: break
            }
        }
        for _ in 0..<2 {
            try read(logFolder, ids)
            _ = try logFolder.recover()
        }
        #expect(try logFolder.segments().allSatisfy { $0.state == .sealed })
        _ = try logFolder.remove(olderThan: clock.now())
        _ = try logFolder.remove(keepingAtMost: 0)
        #expect(try logFolder.segments().isEmpty)
    }

    private func read(_ logFolder: LogFolder, _ ids: [UUIDv7]) throws {
        #expect(try logFolder.contains(ids: ids).count == ids.count)
        for id in ids.prefix(40) {
            if let line = try logFolder.line(of: id) { #expect(line.starts(with: "{\"id\":\"\(id)".utf8)) }
        }
        let last = try logFolder.lastLines(.max)
        #expect(last.count < 500)
        for line in last { #expect(line.bytes.starts(with: LogLines.prefix) && !line.bytes.contains(0x0A)) }
        var position = logFolder.start
        var count = 0
        while true {
            let lines = try logFolder.lines(after: &position, limit: 1000)
            if lines.isEmpty { break }
            count += lines.count
            try #require(count < 1000)
        }
        #expect(try logFolder.lines(after: &position).isEmpty)
        _ = try logFolder.end()
    }
}
