import Testing

@testable import LeewayServer

@Suite struct TraceContextTests {
    private static let trace = "4bf92f3577b34da6a3ce929d0e0e4736"

    // Source: the examples of W3C Trace Context, level 1, section 3.2.2.
    @Test func `hands the trace on with a span of ours`() throws {
        let context = try #require(TraceContext("00-\(Self.trace)-00f067aa0ba902b7-01"))
        #expect(context.trace == Self.trace)
        #expect(context.header(span: 0xB7) == "00-\(Self.trace)-00000000000000b7-01")
        #expect(context.header(span: .max) == "00-\(Self.trace)-ffffffffffffffff-01")
        // No span is 0.
        #expect(context.header(span: 0) == "00-\(Self.trace)-0000000000000001-01")
        #expect(TraceContext("00-\(Self.trace)-00f067aa0ba902b7-00")?.header(span: 1).hasSuffix("-00") == true)
    }

    @Test func `a later version may say more`() {
        #expect(TraceContext("cc-\(Self.trace)-00f067aa0ba902b7-01-what-the-future-brings")?.trace == Self.trace)
        #expect(TraceContext("cc-\(Self.trace)-00f067aa0ba902b7-01") != nil)
    }

    @Test(
        arguments: [
            "", "-", "---", "00-\(trace)-00f067aa0ba902b7", "00-\(trace)-00f067aa0ba902b7-01-x",
            "ff-\(trace)-00f067aa0ba902b7-01", "0-\(trace)-00f067aa0ba902b7-01", "00-\(trace)a-00f067aa0ba902b7-01",
            "00-\(trace)-00f067aa0ba902b7-1", "00-\(trace)-00f067aa0ba902b-01",
            "00-\(trace.uppercased())-00f067aa0ba902b7-01",
            "00-00000000000000000000000000000000-00f067aa0ba902b7-01", "00-\(trace)-0000000000000000-01",
            "0g-\(trace)-00f067aa0ba902b7-01", " 00-\(trace)-00f067aa0ba902b7-01", "00-\(trace)-00f067aa0ba902b7-0x",
            "00-é\(trace.dropFirst(2))-00f067aa0ba902b7-01",
        ])
    func `what is no trace is none`(header: String) {
        #expect(TraceContext(header) == nil)
    }
}
