import LeewayWire
import Testing

@Suite struct JSONReaderTests {
    @Test func `reads a document value by value`() throws {
        let document = " { \"age\" : 39 ,\n\t\"name\":\"Ada\", \"tags\":[ ],\"all\":[true,false , null,{}]\r} "
        try JSONReading.whole(document) { reader in
            try reader.beginObject()
            #expect(try Self.key(&reader) == "age")
            #expect(try reader.readNumber() == JSONNumber(value: 39, isInteger: true, range: 11..<13))
            #expect(try Self.key(&reader) == "name")
            #expect(reader.keyPosition == 17)
            #expect(reader.string(try reader.readText()) == "Ada")
            #expect(try Self.key(&reader) == "tags")
            try reader.beginArray()
            #expect(try !reader.nextElement())
            #expect(try Self.key(&reader) == "all")
            try reader.beginArray()
            #expect(try reader.nextElement() && reader.readBoolean())
            #expect(try reader.nextElement() && !reader.readBoolean())
            #expect(try reader.nextElement())
            try reader.readNull()
            #expect(try reader.nextElement())
            try reader.beginObject()
            #expect(try reader.nextKey() == nil)
            #expect(try !reader.nextElement())
            #expect(try reader.nextKey() == nil)
        }
    }

    @Test(
        arguments: zip(
            ["{}", " [1]", "\n\"a\"", "-1", "\t0", "true", "false", "\r null"],
            [JSONReader.Kind.object, .array, .string, .number, .number, .boolean, .boolean, .null]))
    func `peeks at what comes without passing it`(document: String, kind: JSONReader.Kind) throws {
        try JSONReading.whole(document) { reader in
            #expect(try reader.peek() == kind)
            #expect(try reader.peek() == kind)
            try reader.skipValue()
        }
    }

    @Test func `a text without escapes is a slice, with them bytes of its own`() throws {
        try JSONReading.with(#"["né","n\u00e9"]"#.utf8) { reader in
            try reader.beginArray()
            #expect(try reader.nextElement())
            let plain = try reader.readText()
            guard case .slice(2..<5) = plain else { throw JSONFailure("no slice", at: 0) }
            #expect(try reader.nextElement())
            let escaped = try reader.readText()
            guard case .owned([0x6E, 0xC3, 0xA9]) = escaped else { throw JSONFailure("not owned", at: 0) }
            #expect(reader.withBytes(of: plain) { Array($0) } == reader.withBytes(of: escaped) { Array($0) })
            #expect(reader.string(plain) == "né")
        }
    }

    @Test(
        arguments: [
            ("", "the document ends where a value is expected", 0),
            (" \n ", "the document ends where a value is expected", 3),
            ("\u{FEFF}{}", "the document begins with a byte order mark", 0),
            (" \u{FEFF}{}", "a value is expected", 1),
            ("x", "a value is expected", 0),
            ("\u{00A0}1", "a value is expected", 0),
            ("/* */1", "a value is expected", 0),
            ("1 // one", "nothing may follow the value", 2),
            ("{} {}", "nothing may follow the value", 3),
            ("1\u{0}", "nothing may follow the value", 1),
            ("\u{0}", "a value is expected", 0),
            ("tru", "true or false is expected", 0),
            ("TRUE", "a value is expected", 0),
            ("flase", "true or false is expected", 0),
            ("nul", "null is expected", 0),
            ("nullx", "nothing may follow the value", 4),
            ("NaN", "a value is expected", 0),
            ("Infinity", "a value is expected", 0),
            ("'a'", "a value is expected", 0),
            ("[", "the document ends where a value or ']' is expected", 1),
            ("[1", "the document ends where ',' or ']' is expected", 2),
            ("[1,", "the document ends where a value is expected", 3),
            ("[1,]", "a value is expected", 3),
            ("[,1]", "a value is expected", 1),
            ("[1,,2]", "a value is expected", 3),
            ("[1 2]", "',' or ']' is expected", 3),
            ("[1}", "',' or ']' is expected", 2),
            ("[1]]", "nothing may follow the value", 3),
            ("{", "the document ends where a key or '}' is expected", 1),
            ("{a:1}", "a key or '}' is expected", 1),
            ("{1:1}", "a key or '}' is expected", 1),
            ("{,}", "a key or '}' is expected", 1),
            ("{\"a\"", "the document ends where ':' is expected", 4),
            ("{\"a\" 1}", "':' is expected", 5),
            ("{\"a\"}", "':' is expected", 4),
            ("{\"a\":}", "a value is expected", 5),
            ("{\"a\":1", "the document ends where ',' or '}' is expected", 6),
            ("{\"a\":1,", "the document ends where a key is expected", 7),
            ("{\"a\":1,}", "a key is expected", 7),
            ("{\"a\":1 \"b\":2}", "',' or '}' is expected", 7),
            ("{\"a\":1]", "',' or '}' is expected", 6),
        ])
    func `refuses what is malformed, and tells where`(document: String, message: String, offset: Int) {
        #expect(JSONReading.failure(of: document.utf8) == JSONFailure(message, at: offset))
    }

    @Test func `refuses a value of another kind than asked for`() {
        func message<R>(_ document: String, _ body: (inout JSONReader) throws -> R) -> String? {
            do { _ = try JSONReading.whole(document, body) } catch { return (error as? JSONFailure)?.message }
            return nil
        }
        #expect(message("1") { reader in try reader.readText() } == "a string is expected")
        #expect(message("\"1\"") { reader in try reader.readNumber() } == "a number is expected")
        #expect(message("1") { reader in try reader.readBoolean() } == "true or false is expected")
        #expect(message("1") { reader in try reader.readNull() } == "null is expected")
        #expect(message("[]") { reader in try reader.beginObject() } == "an object is expected")
        #expect(message("{}") { reader in try reader.beginArray() } == "an array is expected")
        #expect(
            message("[") { reader in try reader.beginArray() }
                == "the document ends within an object or array")
    }

    @Test func `limits the depth, of arrays and objects together`() {
        func nested(_ depth: Int) -> String {
            (0..<depth).map { $0 % 2 == 0 ? "[" : "{\"a\":" }.joined() + "1"
                + (0..<depth).reversed().map { $0 % 2 == 0 ? "]" : "}" }.joined()
        }
        #expect(JSONReading.failure(of: nested(64).utf8) == nil)
        // 33 times "[" and 32 times "{"a":" come before the bracket that is too much.
        #expect(
            JSONReading.failure(of: nested(65).utf8) == JSONFailure("nested deeper than 64 levels", at: 32 * 6))
        #expect(JSONReading.failure(of: "[]".utf8, maximumDepth: 1) == nil)
        #expect(
            JSONReading.failure(of: "[[]]".utf8, maximumDepth: 1) == JSONFailure("nested deeper than 1 levels", at: 1))
        #expect(
            JSONReading.failure(of: nested(JSONReader.greatestDepth).utf8, maximumDepth: JSONReader.greatestDepth)
                == nil)
        #expect(
            JSONReading.failure(
                of: Array(repeating: UInt8(ascii: "["), count: 1_000_000), maximumDepth: JSONReader.greatestDepth)
                == JSONFailure("nested deeper than 512 levels", at: 512))
    }

    @Test func `leaving a container does not count as depth`() {
        #expect(
            JSONReading.failure(of: ("[" + Array(repeating: "[]", count: 1000).joined(separator: ",") + "]").utf8)
                == nil)
    }

    @Test func `a depth out of bounds ends the program`() async {
        await #expect(processExitsWith: .failure) {
            _ = JSONReader(UnsafeBufferPointer(start: nil, count: 0), maximumDepth: 513)
        }
    }

    @Test func `the text of another reader ends the program`() async {
        await #expect(processExitsWith: .failure) {
            _ = JSONReader(UnsafeBufferPointer(start: nil, count: 0)).string(.slice(0..<1))
        }
    }

    private static func key(_ reader: inout JSONReader) throws(JSONFailure) -> String? {
        guard let key = try reader.nextKey() else { return nil }
        return reader.string(key)
    }
}
