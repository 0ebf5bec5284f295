import LeewayWire
import Testing

@Suite struct JSONValueTests {
    private static func failure(_ document: String) -> JSONFailure? {
        do throws(JSONFailure) { _ = try JSONValue(parsing: Array(document.utf8)) } catch { return error }
        return nil
    }

    @Test func `reads a tree and writes it back`() throws {
        let document = #"{"b":[1,2.5,-0,"x\n"],"a":{"":null,"t":true},"e":[],"o":{}}"#
        let value = try JSONValue(parsing: Array(document.utf8))
        #expect(
            value
                == .object([
                    ("b", .array([.number(1), .number(2.5), .number(-0.0), .text("x\n")])),
                    ("a", .object([("", .null), ("t", .boolean(true))])), ("e", .array([])), ("o", .object([])),
                ]))
        var writer = JSONWriter()
        writer.value(value)
        #expect(String(decoding: writer.bytes, as: UTF8.self) == document)
    }

    @Test func `finds a member by its key`() throws {
        let value = try JSONValue(parsing: Array(#"{"a":{"b":7}}"#.utf8))
        #expect(value["a"]?["b"] == .number(7))
        #expect(value["b"] == nil)
        #expect(JSONValue.null["a"] == nil)
    }

    @Test func `trees differ by order, kind and value`() {
        #expect(JSONValue.object([("a", .null), ("b", .null)]) != .object([("b", .null), ("a", .null)]))
        #expect(JSONValue.number(1) != .text("1"))
        #expect(JSONValue.array([.null]) != .array([]))
    }

    @Test(
        arguments: [
            (#"{"a":1,"a":2}"#, 7), (#"{"a":1,"\u0061":2}"#, 7), (#"[{"x":{"b":1, "b":1}}]"#, 14),
            ("{\"\u{E9}\":1,\"e\u{301}\":2}", 8),
        ])
    func `refuses a key that stands twice`(document: String, offset: Int) {
        #expect(Self.failure(document) == JSONFailure("a key that stands twice in one object", at: offset))
    }

    @Test func `the same key may stand in two objects`() {
        #expect(Self.failure(#"[{"a":1},{"a":{"a":2}}]"#) == nil)
    }

    @Test func `refuses what follows and what is nested too deep`() {
        #expect(Self.failure("1 2") == JSONFailure("nothing may follow the value", at: 2))
        let deep = String(repeating: "[", count: 65) + String(repeating: "]", count: 65)
        #expect(Self.failure(deep) == JSONFailure("nested deeper than 64 levels", at: 64))
    }
}
