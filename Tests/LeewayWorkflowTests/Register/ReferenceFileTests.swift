import LeewayCore
import LeewayMonitor
import LeewayStats
import LeewayStore
import LeewayWorkflow
import Testing

@Suite struct ReferenceFileTests {
    private static let texts = Categorical(
        categories: ["b", "", "\u{E9}", "e\u{301}", "\\\u{1}"], codes: [0, -1, 1, 2, 3, 0, 4])
    private static let columns = [
        ReferenceCounts(
            .init("a \"b\"\n", .numeric([-.infinity, 0.1, 1e300, .leastNonzeroMagnitude, 2, 2, .nan, -0.0, .infinity]))),
        ReferenceCounts(.init("é", .categorical(Self.texts))),
        ReferenceCounts(.init("none", .numeric([.nan]))), ReferenceCounts(.init("", .categorical(Categorical([])))),
    ]

    private static func refusal(_ text: String) -> String? {
        do {
            _ = try ReferenceFile.decode(Array(text.utf8), path: "f.json")
            return nil
        } catch {
            return error.code == .damagedArtifact ? error.message : "another code: \(error)"
        }
    }

    private static func column(_ members: String) -> String { "{\"format\":1,\"columns\":[{\(members)}]}" }

    @Test func `the file is this`() {
        let expected = """
            {"format":1,"columns":[
            {"name":"a \\"b\\"\\n","kind":"numbers","is_exact":true,"missing":1,"values":["-Infinity",0,5e-324,0.1,2,1e+300,"Infinity"],"counts":[1,1,1,1,2,1,1]},
            {"name":"é","kind":"categories","is_exact":true,"missing":1,"values":["","\\\\\\u0001","b","e\u{301}","\u{E9}"],"counts":[1,1,2,1,1]},
            {"name":"none","kind":"numbers","is_exact":true,"missing":1,"values":[],"counts":[]},
            {"name":"","kind":"categories","is_exact":true,"missing":0,"values":[],"counts":[]}
            ]}

            """
        #expect(String(decoding: ReferenceFile.encode(Self.columns), as: UTF8.self) == expected)
        #expect(ReferenceFile.name == "reference_counts.json")
    }

    @Test func `what was written is read`() throws {
        #expect(try ReferenceFile.decode(ReferenceFile.encode(Self.columns), path: "f") == Self.columns)
        #expect(try ReferenceFile.decode(ReferenceFile.encode([]), path: "f") == [])
    }

    @Test(arguments: 0..<3) func `doubles come back to the last bit`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let values = (0..<80_000).map { _ in Double(bitPattern: generator.next()) }
        let column = ReferenceCounts(.init("x", .numeric(values)))
        #expect(try ReferenceFile.decode(ReferenceFile.encode([column]), path: "f") == [column])
        guard case .numbers(_, _, isExact: false) = column.values else {
            Issue.record("kept all")
            return
        }
    }

    @Test func `keys may stand in another order, and unknown ones are passed over`() throws {
        let text = """
            {"x": [1, {}], "columns": [{"new": null, "counts": [2.0, 1e1], "kind": "numbers", "values": [1, 2.5],
            "missing": 3, "is_exact": false, "name": "n"}], "format": 1}
            """
        let values = ReferenceCounts.Values.numbers(values: [1, 2.5], counts: [2, 10], isExact: false)
        #expect(
            try ReferenceFile.decode(Array(text.utf8), path: "f")
                == [try ReferenceCounts(column: "n", nullCount: 3, values: values)])
    }

    @Test func `what is wrong is told, with the file and without a value`() {
        #expect(Self.refusal("") == "f.json can't be read. Byte 0: the document ends where an object is expected.")
        #expect(Self.refusal("{}") == "f.json can't be read. Byte 2: it is no format 1 of reference counts.")
        let other = "{\"format\":2,\"columns\":[]}"
        #expect(Self.refusal(other) == "f.json can't be read. Byte 25: it is no format 1 of reference counts.")
        let head = "\"name\":\"n\",\"is_exact\":true,\"missing\":0,"
        let reasons = [
            head + "\"values\":[],\"kind\":\"numbers\",\"counts\":[]": "a column has no values after its kind.",
            head + "\"kind\":\"other\",\"values\":[],\"counts\":[]": "a column has no values after its kind.",
            head + "\"kind\":\"numbers\",\"values\":[]": "a column lacks its name, is_exact, missing or counts.",
            head + "\"kind\":\"numbers\",\"values\":[\"7\"],\"counts\":[1]": "a text that is no number.",
            head + "\"kind\":\"numbers\",\"values\":[7],\"counts\":[1.5]": "no whole number.",
            head + "\"kind\":\"numbers\",\"values\":[7],\"counts\":[1e16]": "no whole number.",
            head + "\"kind\":\"numbers\",\"values\":[2,1],\"counts\":[1,1]":
                "The reference counts of column 'n' can't be: the values do not ascend.",
            head + "\"kind\":\"numbers\",\"values\":[1],\"counts\":[1,1]":
                "The reference counts of column 'n' can't be: there are 1 values but 2 counts.",
        ]
        for (members, reason) in reasons {
            #expect(Self.refusal(Self.column(members))?.hasSuffix(reason) == true, "\(members)")
        }
    }

    @Test func `no bytes crash the reader`() {
        let bytes = ReferenceFile.encode(Self.columns)
        var generator = SeededGenerator(seed: 4)
        for length in 0..<bytes.count - 1 {
            #expect(throws: LeewayError.self) { try ReferenceFile.decode(Array(bytes[..<length]), path: "f") }
        }
        for _ in 0..<5_000 {
            var damaged = bytes
            for _ in 0..<1 + generator.next() % 3 {
                damaged[Int(generator.next() % UInt64(bytes.count))] =
                    generator.next() % 2 == 0 ? UInt8(truncatingIfNeeded: generator.next()) : UInt8(ascii: "9")
            }
            do {
                let columns = try ReferenceFile.decode(damaged, path: "f")
                #expect(try ReferenceFile.decode(ReferenceFile.encode(columns), path: "f") == columns)
            } catch {
                #expect(error.code == .damagedArtifact)
            }
        }
    }
}
