import LeewayCore
import LeewayStore
import Synchronization
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Lines for the tests of logs, all of one length, and what files have of them.
enum LogSample {
    /// Bytes of a line.
    static let length = line(0).count

    /// A line with a number in it.
    static func line(_ number: Int) -> [UInt8] {
        let digits = String(number)
        let padded = String(repeating: "0", count: 12 - digits.count) + digits
        return LogLines.prefix + LogLines.placeholder + Array("\",\"n\":\"\(padded)\"}\n".utf8)
    }

    /// Lines with numbers in them.
    static func lines(_ numbers: some Sequence<Int>) -> LogLines {
        var lines = LogLines()
        for number in numbers {
            lines.starts.append(lines.bytes.count)
            lines.bytes += line(number)
        }
        return lines
    }

    /// The number and the id of a line, with or without its line feed.
    static func parse(_ line: some Collection<UInt8>) throws -> (id: UUIDv7, number: Int) {
        let text = String(decoding: line, as: UTF8.self)
        let id = try #require(UUIDv7(text.dropFirst(7).prefix(36)), "\(text)")
        return (id, try #require(Int(text.dropFirst(50).prefix(12)), "\(text)"))
    }

    /// Who may do what with a file.
    static func permissions(_ path: String) throws -> mode_t {
        var status = stat()
        try #require(stat(path, &status) == 0)
        return status.st_mode & 0o777
    }

    struct File {
        let name: Segment.Name
        let path: String
        var ids: [UUIDv7] = []
        var numbers: [Int] = []
    }

    /// The JSON Lines files of a log's folder by name, read without the code under test.
    static func files(in folder: String) throws -> [File] {
        var files: [File] = []
        for date in try FileSystem.names(in: folder) where date.hasPrefix("date=") {
            for name in try FileSystem.names(in: "\(folder)/\(date)") where name.hasSuffix(".jsonl") {
                let id = try #require(UUIDv7(name.prefix(36)))
                var file = File(name: Segment.Name(id), path: "\(folder)/\(date)/\(name)")
                let bytes = try FileSystem.read(file.path)
                #expect(bytes.isEmpty || bytes.last == 0x0A)
                for line in bytes.split(separator: 0x0A) {
                    let (id, number) = try parse(line)
                    file.ids.append(id)
                    file.numbers.append(number)
                }
                files.append(file)
            }
        }
        return files.sorted { $0.name < $1.name }
    }
}

/// A clock that goes only when it is told to, or the machine's.
final class LogClock: Sendable {
    private let milliseconds: Atomic<Int64>

    /// Noon of a day.
    static let noon: Int64 = 1_795_435_200_000 / 86_400_000 * 86_400_000 + 43_200_000

    init(_ milliseconds: Int64 = noon) { self.milliseconds = Atomic(milliseconds) }

    func step(seconds: Double) { milliseconds.add(Int64(seconds * 1000), ordering: .sequentiallyConsistent) }

    @Sendable func now() -> Timestamp { Timestamp(milliseconds: milliseconds.load(ordering: .sequentiallyConsistent)) }

    /// The machine's time.
    @Sendable static func system() -> Timestamp {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
    }

    @Sendable static func random() -> UInt64 { .random(in: 0 ... .max) }
}

/// What a log gave to `onCommit`, by segment and in that order.
final class LogCommits: Sendable {
    private let payloads = Mutex<[Segment.Name: [Int]]>([:])

    /// For `onCommit`.
    @Sendable func add(_ name: Segment.Name, _ payload: Int) {
        payloads.withLock { $0[name, default: []].append(payload) }
    }

    /// All of them, segment by segment.
    var all: [Int] {
        payloads.withLock { payloads in payloads.sorted { $0.key < $1.key }.flatMap(\.value) }
    }

    subscript(name: Segment.Name) -> [Int] { payloads.withLock { $0[name] ?? [] } }
}

/// The segments that a log sealed.
final class LogSeals: Sendable {
    private let segments = Mutex<[Segment]>([])

    /// For `onSeal`.
    @Sendable func add(_ segment: Segment) { segments.withLock { $0.append(segment) } }

    var all: [Segment] { segments.withLock { $0 } }
}
