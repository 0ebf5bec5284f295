import LeewayCore
import LeewayValidate
import LeewayWire
import Testing

@Suite struct JSONRowsTests {
    private static func read(
        _ body: String, _ contract: Contract = TableContract.mixed(), rowLimit: Int = 100
    ) throws(LeewayError) -> ContractRows {
        try TableContract.with(body.utf8) { bytes throws(LeewayError) in
            try JSONRows.readBody(bytes, contract, rowLimit: rowLimit)
        }
    }

    /// The error's description; its rows where there is none.
    private static func outcome(
        _ body: String, _ contract: Contract = TableContract.mixed(), rowLimit: Int = 100
    ) -> String {
        do {
            return TableContract.text(try read(body, contract, rowLimit: rowLimit))
        } catch {
            return error.description
        }
    }

    private static let row = #"{"age":20,"score":0.5,"job":"smith","member":true,"note":"x"}"#

    @Test func `rows come as an object, as an array or under rows`() {
        let one = "[20.0, 0.5] [2, 1, -2]"
        #expect(Self.outcome(Self.row) == one)
        #expect(Self.outcome(" \n\(Self.row)\t") == one)
        #expect(Self.outcome("[\(Self.row)]") == one)
        #expect(Self.outcome(#"{"rows":[\#(Self.row)]}"#) == one)
        #expect(
            Self.outcome(#"{ "\u0072ows" : [ \#(Self.row) , \#(Self.row) ] }"#)
                == "[20.0, 0.5, 20.0, 0.5] [2, 1, -2, 2, 1, -2]")
        #expect(Self.outcome("[]") == "[] []")
        #expect(Self.outcome(#"{"rows":[]}"#) == "[] []")
        #expect(Self.outcome("{}") == "[nan, nan] [-1, -1, -1] 0 age required, 0 job required, 0 member required")
        #expect(Self.outcome("[{}]") == Self.outcome("{}") && Self.outcome(#"{"rows":[{}]}"#) == Self.outcome("{}"))
    }

    @Test func `a field named rows is a field`() {
        let contract = Contract(
            fields: [.init(name: "rows", type: .integer, storage: .number(0))], target: "y", mode: .strict,
            cleaning: .init(trims: true, missing: []))
        #expect(Self.outcome(#"{"rows":5}"#, contract) == "[5.0] []")
        #expect(Self.outcome(#"[{"rows":5},{"rows":6}]"#, contract) == "[5.0, 6.0] []")
        #expect(Self.outcome(#"{"rows":[{"rows":5}]}"#, contract) == "[nan] [] 0 rows type")
    }

    @Test func `rows behind another field is an unknown field`() {
        #expect(
            Self.outcome(#"{"age":20,"rows":[],"job":"smith","member":false}"#) == "[20.0, nan] [2, 0, -1] 0 rows extra"
        )
    }

    @Test(
        arguments: [
            ("", 0, "the document ends where a value is expected"),
            ("  ", 2, "the document ends where a value is expected"),
            ("5", 0, "a row as an object, or an array of rows, is expected"),
            (" \"x\"", 1, "a row as an object, or an array of rows, is expected"),
            ("null", 0, "a row as an object, or an array of rows, is expected"),
            ("nul", 0, "a row as an object, or an array of rows, is expected"), ("x", 0, "a value is expected"),
            ("\u{FEFF}{}", 0, "the document begins with a byte order mark"),
            (#"{"rows":5}"#, 8, "an array of rows is expected"),
            (#"{"rows":{}}"#, 8, "an array of rows is expected"),
            (#"{"rows":[],"x":1}"#, 11, "nothing but 'rows' may stand in the object"),
            (#"{"rows":[],"rows":[]}"#, 11, "nothing but 'rows' may stand in the object"),
            ("{} {}", 3, "nothing may follow the value"), ("[{}],", 4, "nothing may follow the value"),
            (#"{"age":20"#, 9, "the document ends where ',' or '}' is expected"),
            (#"{"age":20,}"#, 10, "a key is expected"), ("[{},]", 4, "a value is expected"),
            (#"{"age" 20}"#, 7, "':' is expected"), (#"{'age':20}"#, 1, "a key or '}' is expected"),
            (#"{"age":NaN}"#, 7, "a value is expected"),
            (#"[{"age":20}"#, 11, "the document ends where ',' or ']' is expected"),
        ])
    func `a body of another shape is told with the byte`(body: String, offset: Int, message: String) {
        #expect(Self.outcome(body) == "malformed_request: The body can't be read at byte \(offset): \(message).")
    }

    @Test func `what is no object is a row without its shape`() {
        #expect(
            Self.outcome("[1,\"x\",null,[{}],true]")
                == "[" + String(repeating: "nan, ", count: 9) + "nan] [" + String(repeating: "-1, ", count: 14)
                + "-1] 0  shape, 1  shape, 2  shape, 3  shape, 4  shape")
        let violation = try? Self.read("[1]").violations.first
        #expect(violation?.expected == "an object with the row's fields")
    }

    @Test func `no more rows are read than the limit`() {
        let limit =
            "request_too_large: The body has more than 2 rows. Send them in several requests, or raise serving.limits.rows."
        #expect(Self.outcome("[\(Self.row),\(Self.row)]", rowLimit: 2).hasPrefix("[20.0"))
        #expect(Self.outcome("[\(Self.row),\(Self.row),1]", rowLimit: 2) == limit)
        #expect(Self.outcome(#"{"rows":[1,2"#, rowLimit: 2).hasPrefix("malformed_request: "))
        #expect(Self.outcome(#"{"rows":[1,2,3"#, rowLimit: 2) == limit)
    }

    @Test func `values that are nested are of no type, to a depth`() {
        let nested = #"{"age":{"age":[1,{"rows":[]}]},"job":["smith"],"member":true,"score":{},"note":[]}"#
        #expect(
            Self.outcome(nested) == "[nan, nan] [-1, 1, -1] 0 age type, 0 job type, 0 score type, 0 note type")
        let deep = String(repeating: "[", count: 64)
        #expect(
            Self.outcome("{\"x\":\(deep)")
                == "malformed_request: The body can't be read at byte 68: nested deeper than 64 levels.")
    }

    @Test func `a field counts once, wherever it stands`() {
        let twice = #"{"age":20,"job":"smith","age":21,"member":true,"job":5,"ag\u0065":22}"#
        #expect(Self.outcome(twice) == "[20.0, nan] [2, 1, -1] 0 age duplicate, 0 job duplicate, 0 age duplicate")
    }

    @Test func `the order of fields does not matter`() {
        let members = [
            #""age":20"#, #""score":0.5"#, #""job":"smith""#, #""member":true"#, #""note":"x""#, #""zzz":1"#,
        ]
        var draws = JSONDraws(seed: 3)
        for _ in 0..<200 {
            let body = "{" + members.shuffled(using: &draws).joined(separator: ",") + "}"
            #expect(Self.outcome(body) == "[20.0, 0.5] [2, 1, -2] 0 zzz extra")
        }
    }

    @Test func `a line holds one row`() {
        var reader = ContractReader(TableContract.mixed())
        func line(_ text: String) -> String? {
            do throws(LeewayError) {
                try TableContract.with(text.utf8) { bytes throws(LeewayError) in
                    try JSONRows.readLine(bytes, number: 7, into: &reader)
                }
                return nil
            } catch {
                return error.description
            }
        }
        #expect(line(Self.row) == nil && line("[]") == nil)
        #expect(TableContract.text(reader.rows) == "[20.0, 0.5, nan, nan] [2, 1, -2, -1, -1, -1] 1  shape")
        #expect(
            line("{} {}")
                == "malformed_request: Line 7 of the body can't be read at byte 3: nothing may follow the value.")
    }

    @Test func `damaged bodies end in rows or in an error of ours`() {
        let seeds = [
            Self.row, "[\(Self.row),\(Self.row)]", #"{"rows":[\#(Self.row),{"age":1e5}]}"#,
            #"{"age": 39, "jøb": null, "job": "cl\u00e9rk", "score": -2.5e-3, "member": [1, {"a": "b"}]}"#,
        ]
        var (draws, refused, broken) = (JSONDraws(seed: 5), 0, 0)
        for _ in 0..<20_000 {
            let body = BodyDamage.body(of: seeds, &draws)
            let mode = Contract.Mode.allCases[draws.below(3)]
            do throws(LeewayError) {
                let rows = try TableContract.with(body) { bytes throws(LeewayError) in
                    try JSONRows.readBody(bytes, TableContract.mixed(mode), rowLimit: 3)
                }
                broken += rows.violationCount > 0 ? 1 : 0
                let isWhole =
                    rows.numbers.count == rows.count * 2 && rows.codes.count == rows.count * 3
                    && rows.codes.allSatisfy { (-2...2).contains($0) } && rows.badRowCount <= rows.count
                    && rows.unknownTexts.count == rows.codes.count { $0 == ContractRows.unknown }
                if !isWhole { Issue.record("not whole: \(String(decoding: body, as: UTF8.self))") }
            } catch {
                refused += 1
                if error.code != .malformedRequest, error.code != .requestTooLarge { Issue.record("\(error)") }
            }
        }
        #expect((5_000...15_000).contains(refused) && broken > 1_000)
    }
}
