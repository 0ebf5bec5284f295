import LeewayCore
import LeewayStore
import LeewayTestSupport
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

@Suite struct SegmentedLogFailureTests {
    typealias Log = SegmentedLog<Int>

    private let folder: TemporaryFolder
    private let clock = LogClock()
    private let commits = LogCommits()
    private let seals = LogSeals()

    init() throws { folder = try TemporaryFolder() }

    private func log(in path: String, _ options: Log.Options = .init()) throws -> Log {
        try Log(
            folder: path, options: options, now: clock.now, random: LogClock.random, onCommit: commits.add,
            onSeal: seals.add)
    }

    // MARK: A full disk

    @Test(.enabled(if: LogDisk.isMountable, LogDisk.needsMount), arguments: [Log.Durability.os, .fsync])
    func `a full disk refuses, and with room the log goes on`(durability: Log.Durability) async throws {
        let disk = try LogDisk(at: folder / "disk", kilobytes: 64)
        let log = try log(in: disk.path, .init(durability: durability))
        var kept: [Int] = []
        var refused = 0
        // A batch is longer than a page, so that one of them fits in part.
        for batch in 0..<40 {
            let numbers = Array(batch * 100..<batch * 100 + 100)
            do {
                _ = try await log.append(LogSample.lines(numbers), batch)
                kept += numbers
            } catch {
                #expect(error.code == .diskFull)
                #expect(error.message.hasPrefix("The disk is full: can't write the log \(disk.path)/date="))
                refused += 1
            }
        }
        #expect(refused > 10 && kept.count > 500)
        #expect(log.state.isFailing && log.state.failures == refused && log.state.lastFailure?.code == .diskFull)
        #expect(try LogSample.files(in: disk.path).flatMap(\.numbers) == kept)
        let name = try #require(log.state.segment)
        #expect(log.atRest { $0 == name && $1 == kept.count * LogSample.length })
        try disk.resize(kilobytes: 1024)
        _ = try await log.append(LogSample.lines(9000..<9100), 90)
        #expect(!log.state.isFailing)
        await log.close()
        #expect(try LogSample.files(in: disk.path).flatMap(\.numbers) == kept + Array(9000..<9100))
        #expect(commits.all == kept.filter { $0 % 100 == 0 }.map { $0 / 100 } + [90])
        #expect(try LogFolder(disk.path).segments().allSatisfy { $0.state == .sealed })
    }

    @Test(.enabled(if: LogDisk.isMountable, LogDisk.needsMount))
    func `on a full disk all who wait are refused, and only they`() async throws {
        let disk = try LogDisk(at: folder / "disk", kilobytes: 64)
        let log = try log(in: disk.path)
        let kept = await withTaskGroup(of: [Int].self) { group in
            for task in 0..<8 {
                group.addTask {
                    var kept: [Int] = []
                    for number in task * 1000..<task * 1000 + 500
                    where (try? await log.append(line: LogSample.line(number), number)) != nil {
                        kept.append(number)
                    }
                    return kept
                }
            }
            return await group.reduce([], +)
        }
        #expect(kept.count < 4000)
        await log.close()
        #expect(try LogSample.files(in: disk.path).flatMap(\.numbers).sorted() == kept.sorted())
        #expect(commits.all.sorted() == kept.sorted())
        // No room for the ids: the segment is left for the next start.
        let recovery = try LogFolder(disk.path).recover()
        #expect(recovery.failures.map(\.error.code) == [.diskFull])
        try disk.resize(kilobytes: 1024)
        #expect(try LogFolder(disk.path).recover().recovered.map(\.cutBytes) == [0])
        #expect(try LogSample.files(in: disk.path).flatMap(\.numbers).sorted() == kept.sorted())
    }

    @Test(.enabled(if: LogDisk.isMountable, LogDisk.needsMount), .timeLimit(.minutes(10)))
    func `with no durability appends wait while the disk is full`() async throws {
        let disk = try LogDisk(at: folder / "disk", kilobytes: 64)
        let log = try log(in: disk.path, .init(durability: .none))
        try disk.fill()
        _ = try await log.append(LogSample.lines(0..<2000), 0)
        var refused = 0
        var number = 1
        // The first appends may return before the write has failed; from then on they are told.
        while refused < 3, number < 100_000 {
            do {
                _ = try await log.append(LogSample.lines(0..<2000), number)
            } catch {
                #expect(error.code == .diskFull)
                refused += 1
            }
            number += 1
        }
        #expect(refused == 3)
        #expect(log.state.lostLines >= 2000 && log.state.isFailing)
        try disk.resize(kilobytes: 4096)
        _ = try await log.append(line: LogSample.line(7), -1)
        // It is written a little later.
        while log.state.isFailing || commits.all.isEmpty { await Task.yield() }
        #expect(commits.all == [-1])
        await log.close()
        #expect(try LogSample.files(in: disk.path).flatMap(\.numbers) == [7])
    }

    @Test(.enabled(if: LogDisk.isMountable, LogDisk.needsMount), arguments: Log.Durability.allCases)
    func `with room the failure is over, also when nothing is appended`(durability: Log.Durability) async throws {
        let disk = try LogDisk(at: folder / "disk", kilobytes: 128)
        let log = try log(in: disk.path, .init(durability: durability))
        _ = try await log.append(line: LogSample.line(0), 0)
        // With no durability it is written a little later.
        while log.state.lines == 0 { await Task.yield() }
        try disk.fill()
        _ = try? await log.append(LogSample.lines(0..<4000), 1)
        while !log.state.isFailing { await Task.yield() }
        try disk.resize(kilobytes: 1024)
        while log.state.isFailing { await Task.yield() }
        #expect(log.atRest { $1 } == LogSample.length)
        #expect(try FileSystem.read(LogFolder(disk.path).segments()[0].path).count == LogSample.length)
        _ = try await log.append(line: LogSample.line(2), 2)
        await log.close()
        #expect(commits.all == [0, 2])
        #expect(try LogSample.files(in: disk.path).flatMap(\.numbers) == [0, 2])
    }

    @Test(.enabled(if: LogDisk.isMountable, LogDisk.needsMount))
    func `a disk without room for one file`() throws {
        let disk = try LogDisk(at: folder / "disk", kilobytes: 4)
        for place in 0..<3 { try? FileSystem.makeFolder("\(disk.path)/\(place)") }
        try? FileSystem.write([1], to: "\(disk.path)/f")
        // Names take no blocks here, so the log may begin; what counts is that nothing stops the program.
        if let log = try? log(in: disk.path) { #expect(log.state.segmentBytes == 0) }
    }

    // MARK: Files that vanish

    @Test func `a folder that was removed is made anew within a second`() async throws {
        let log = try log(in: folder / "log")
        _ = try await log.append(line: LogSample.line(0), 0)
        FileSystem.remove(folder / "log")
        clock.step(seconds: 1)
        let id = try await log.append(line: LogSample.line(1), 1)
        #expect(try LogSample.files(in: folder / "log").flatMap(\.numbers) == [1])
        #expect(try LogFolder(folder / "log").contains(ids: [id]) == [true])
        await log.close()
        #expect(seals.all.count == 1)
    }

    @Test(arguments: [-0.001, 1, 5])
    func `a segment that was removed, replaced, moved or changed`(seconds: Double) async throws {
        let log = try log(in: folder.path)
        for (number, change) in ["rm -f %", "rm %; echo {} > %", "mv % %.x", ": > %", "echo {} >> %"].enumerated() {
            _ = try await log.append(line: LogSample.line(number), number)
            let before = log.atRest { name, _ in name }
            let path = try #require(LogFolder(folder.path).segments().first { $0.name == before }).path
            let command = change.split(separator: "%", omittingEmptySubsequences: false).joined(separator: path)
            #expect(system(command) == 0)
            clock.step(seconds: seconds)
            let id = try await log.append(line: LogSample.line(100 + number), number)
            #expect(log.atRest { name, bytes in name > before && bytes == LogSample.length })
            let line = try #require(try LogFolder(folder.path).line(of: id))
            #expect(try LogSample.parse(line).number == 100 + number)
        }
        await log.close()
    }

    @Test func `a segment that vanishes before it is sealed`() async throws {
        let log = try log(in: folder.path)
        _ = try await log.append(line: LogSample.line(0), 0)
        FileSystem.remove(try #require(LogFolder(folder.path).segments().first).path)
        await log.close()
        #expect(seals.all.isEmpty && log.state.unsealed == 0)
    }

    @Test func `a file where the folder was`() async throws {
        let log = try log(in: folder / "log")
        FileSystem.remove(folder / "log")
        try FileSystem.write([1], to: folder / "log")
        clock.step(seconds: 1)
        for number in 0..<3 {
            await #expect {
                try await log.append(line: LogSample.line(number), number)
            } throws: { error in
                (error as? LeewayError)?.code == .logNotWritable
            }
            #expect(log.atRest { $1 } == 0)
            log.rotate()
        }
        #expect(commits.all.isEmpty && log.state.segment == nil && log.state.failures == 3)
        FileSystem.remove(folder / "log")
        _ = try await log.append(line: LogSample.line(9), 9)
        await log.close()
        #expect(commits.all == [9])
    }

    // MARK: Beginnings

    @Test(.enabled(if: FileSystem.kind(of: "/sys/kernel") != nil))
    func `a folder that may not be written to`() throws {
        #expect(
            throws: LeewayError(
                .logNotWritable, "No permission to write the log /sys/kernel/log.",
                hint: "Change the folder's permissions, or run as a user who may write there.")
        ) { try log(in: "/sys/kernel/log") }
    }

    @Test func `a file where the folder should be`() throws {
        try FileSystem.write([1], to: folder / "f")
        #expect {
            try log(in: folder / "f")
        } throws: { error in
            (error as? LeewayError)?.code == .logNotWritable
        }
    }
}
