import CADBC
import LeewayCore
import Testing

@testable import LeewayEngine

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

@Suite struct NativeStreamTests {
    @Test(arguments: [
        (ENOSPC, LeewayError.Code.diskFull, "No room for 'it'."), (ECANCELED, .interrupted, "The query was cancelled."),
        (EIO, .engineFailed, "No room for 'it'."),
    ])
    func `tells what stopped a stream from its errno and its text`(
        errno: Int32, code: LeewayError.Code, message: String
    ) async throws {
        var raw = ArrowArrayStream()
        raw.private_data = UnsafeMutableRawPointer(bitPattern: Int(errno))
        raw.get_next = { stream, _ in Int32(Int(bitPattern: stream?.pointee.private_data)) }
        raw.get_last_error = { _ in
            let text: StaticString = "No room for 'it'"
            return UnsafeRawPointer(text.utf8Start).assumingMemoryBound(to: CChar.self)
        }
        raw.release = { $0?.pointee.release = nil }
        let error = await expectError(code) {
            var stream = try NativeStream(taking: raw)
            _ = try stream.next()
        }
        #expect(error?.message == message)
    }

    @Test func `refuses a stream that is released or has no functions`() async {
        await expectError(.malformedArrow) { _ = try NativeStream(taking: ArrowArrayStream()) }
        var raw = ArrowArrayStream()
        raw.release = { $0?.pointee.release = nil }
        let empty = raw
        let error = await expectError(.malformedArrow) {
            var stream = try NativeStream(taking: empty)
            _ = try stream.schema()
        }
        #expect(error?.message == "The result breaks the Arrow format: its stream has no functions.")
    }
}
