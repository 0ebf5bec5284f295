import LeewayCore
import Synchronization
import Testing

@testable import LeewayEngine

@Suite struct NativeHandleTests {
    private final class Log: Sendable {
        private let lines = Mutex<[String]>([])
        var text: String { lines.withLock { $0.joined(separator: ", ") } }
        func add(_ line: String) { lines.withLock { $0.append(line) } }
    }

    @Test func `releases once, a child before its parent`() throws {
        let log = Log()
        func child() throws -> NativeHandle<Int> {
            let parent = try NativeHandle(1, make: { $0.pointee = 10 }, release: { log.add("parent \($0.pointee)") })
            return try NativeHandle(2, parent: parent, make: { _ in }, release: { log.add("child \($0.pointee)") })
        }
        let handle = try child()
        withExtendedLifetime(consume handle) { log.add("use") }
        #expect(log.text == "use, child 2, parent 10")
    }

    @Test func `does not release what was never made`() async {
        let log = Log()
        await expectError(.engineFailed) {
            _ = try NativeHandle(
                1, make: { _ throws(LeewayError) in throw LeewayError(.engineFailed, "No.") },
                release: { _ in log.add("released") })
        }
        #expect(log.text.isEmpty)
    }
}
