import LeewayStore
import LeewayTestSupport
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

@Suite struct CommandRunTests {
    private static func sh(_ script: String, timeout: Duration = .seconds(20), input: String = "") async
        -> CommandRun.Ending
    {
        await CommandRun(["sh", "-c", script], timeout: timeout).run(input: Array(input.utf8))
    }

    private static let isLinux: Bool = {
        #if os(Linux)
            true
        #else
            false
        #endif
    }()

    @Test func `gets its input, as long as it is`() async throws {
        let folder = try TemporaryFolder()
        let text = String(repeating: "{\"a\": 1}\n", count: 50_000)
        #expect(await Self.sh("cat > '\(folder / "out")'", input: text) == .exited(0))
        #expect(String(decoding: try FileSystem.read(folder / "out"), as: UTF8.self) == text)
        // One that opens its input by name, and one that reads nothing of it.
        #expect(await Self.sh("cat /dev/stdin > '\(folder / "again")'", input: text) == .exited(0))
        #expect(try FileSystem.read(folder / "again").count == text.utf8.count)
        #expect(await Self.sh("exit 0", input: text) == .exited(0))
    }

    @Test(.enabled(if: isLinux, "Left out: there is no /proc to look into.")) func `has no other file of ours open`()
        async throws
    {
        let folder = try TemporaryFolder()
        let descriptor = open(folder / "open", O_CREAT | O_RDWR, 0o600)
        defer { close(descriptor) }
        #expect(descriptor > 2)
        // `ls` has one more open: the folder that it lists.
        #expect(await Self.sh("ls /proc/self/fd | tr -d '\\n' > '\(folder / "list")'") == .exited(0))
        #expect(String(decoding: try FileSystem.read(folder / "list"), as: UTF8.self) == "0123")
    }

    @Test func `what it prints goes nowhere`() async {
        #expect(await Self.sh("yes | head -c 1000000; yes | head -c 1000000 >&2") == .exited(0))
    }

    @Test func `ends as it ends`() async {
        #expect(await Self.sh("exit 7") == .exited(7))
        #expect(await Self.sh("kill -9 $$") == .killed(signal: 9))
        #expect(
            await CommandRun(["leeway-no-such-program"], timeout: .seconds(20)).run(input: [])
                == .notStarted("No such file or directory"))
        #expect(await CommandRun(["/"], timeout: .seconds(20)).run(input: []) == .notStarted("Permission denied"))
    }

    @Test func `arguments are no shell's`() async throws {
        let folder = try TemporaryFolder()
        let word = "$(touch x); *"
        let run = CommandRun(
            ["sh", "-c", "printf %s \"$1\" > \"$2\"", "sh", word, folder / "out"], timeout: .seconds(20))
        #expect(await run.run(input: []) == .exited(0))
        #expect(String(decoding: try FileSystem.read(folder / "out"), as: UTF8.self) == word)
    }

    @Test(.timeLimit(.minutes(10))) func `one that takes too long is killed, with all that it started`() async throws {
        let folder = try TemporaryFolder()
        let script = "echo $$ > '\(folder / "group")'; sleep 10000 & sleep 10000"
        #expect(await Self.sh(script, timeout: .milliseconds(700)) == .timedOut)
        let group = String(decoding: try FileSystem.read(folder / "group"), as: UTF8.self).filter(\.isNumber)
        // `kill -0` asks whether anybody of the group is left; zombies that nobody has reaped yet count, so it asks for a while.
        #expect(
            await Self.sh("for i in $(seq 100); do kill -0 -\(group) 2>/dev/null || exit 0; sleep 0.1; done; exit 1")
                == .exited(0))
    }

    @Test func `signals that we ignore it does not`() async {
        let before = signal(SIGUSR2, SIG_IGN)
        #expect(await Self.sh("kill -USR2 $$; exit 0") == .killed(signal: SIGUSR2))
        signal(SIGUSR2, before)
    }

    @Test(.timeLimit(.minutes(10))) func `a task that is cancelled does not wait`() async {
        let task = Task { await Self.sh("sleep 10000", timeout: .seconds(10_000)) }
        task.cancel()
        _ = await task.value
    }
}
