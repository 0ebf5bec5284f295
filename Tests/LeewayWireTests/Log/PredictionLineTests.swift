import Foundation
import LeewayCore
import LeewayValidate
import LeewayWire
import Testing

@Suite struct PredictionLineTests {
    private static let contract = Contract(
        fields: [
            .init(name: "age", type: .integer, storage: .number(0)),
            .init(name: "job \"x\"", type: .text, storage: .category(0), categories: ["clerk", "sm\"ith\n", "é"]),
            .init(name: "rate", type: .number, storage: .number(1), isNullable: true),
            .init(name: "city", type: .text, storage: .category(1), isNullable: true),
        ], target: "y", mode: .lenient, cleaning: .init(trims: true, missing: ["?"]))

    private static let request = PredictionLineFormat.Request(
        time: Timestamp(milliseconds: 1_795_478_398_007), latencyMicroseconds: 80, id: "r \"1\"", trace: nil)

    private static func rows(_ body: String) throws -> ContractRows {
        try TableContract.with(body.utf8) { bytes throws(LeewayError) in
            try JSONRows.readBody(bytes, contract, rowLimit: 10_000)
        }
    }

    private static func format(
        _ redaction: [String: Redaction] = [:],
        hash: @escaping @Sendable (String, String) -> String = { "\($0)=\($1)" }
    ) -> PredictionLineFormat {
        PredictionLineFormat(
            model: "m\\1", version: 3, labels: ("no", "yes \u{1F600}"), contract: contract, redaction: redaction,
            hash: hash)
    }

    /// The lines with an id in each: that of the row's number.
    private static func lines(
        _ rows: ContractRows, _ format: PredictionLineFormat, _ request: PredictionLineFormat.Request = request,
        where isLogged: (Int) -> Bool = { _ in true }
    ) -> [[UInt8]] {
        var (writer, starts) = (JSONWriter(), [Int]())
        format.append(
            rows, probabilities: (0..<rows.count).map { Double($0) / 4096 },
            isPositive: (0..<rows.count).map { $0 % 2 == 1 }, request, to: &writer, starts: &starts, where: isLogged)
        var bytes = writer.bytes
        for (place, start) in starts.enumerated() {
            let id = Array(self.id(place).description.utf8)
            bytes.replaceSubrange(
                start + PredictionLineFormat.idOffset..<start + PredictionLineFormat.idOffset + 36, with: id)
        }
        let ends = starts.dropFirst() + [bytes.count]
        return zip(starts, ends).map { Array(bytes[$0..<$1]) }
    }

    private static func id(_ place: Int) -> UUIDv7 { UUIDv7(request.time, random: (0, UInt64(place))) }

    private static func read(_ line: some Collection<UInt8>) throws -> (line: PredictionLine, rows: ContractRows?) {
        var taken: ContractRows?
        let read = try TableContract.with(line) { bytes throws(LeewayError) in
            try PredictionLine(
                bytes,
                inputs: { model, version in
                    model == "m\\1" && version == 3 ? ContractReader(contract) : nil
                }, take: { taken = $0.rows })
        }
        return (read, taken)
    }

    @Test func `a line is this`() throws {
        let rows = try Self.rows(
            #"[{"age":39,"job \"x\"":"sm\"ith\n","city":"Oslo\u0001"},{"age":-0.0,"job \"x\"":"x","rate":1e300}]"#)
        let request = PredictionLineFormat.Request(
            time: Self.request.time, latencyMicroseconds: 1_000_000, id: "r\n",
            trace: "0af7651916cd43dd8448eb211c80319c")
        let texts = Self.lines(rows, Self.format(), request).map { String(decoding: $0, as: UTF8.self) }
        let ids = [Self.id(0), Self.id(1)].map(\.description)
        #expect(
            texts == [
                #"{"id":"\#(ids[0])","time":"2026-11-23T23:59:58.007Z","model":"m\\1","version":3,"probability":0,"label":"no","latency_us":1000000,"request_id":"r\n","trace_id":"0af7651916cd43dd8448eb211c80319c","inputs":{"age":39,"job \"x\"":"sm\"ith\n","rate":null,"city":"Oslo\u0001"}}"#
                    + "\n",
                #"{"id":"\#(ids[1])","time":"2026-11-23T23:59:58.007Z","model":"m\\1","version":3,"probability":0.000244140625,"label":"yes \#u{1F600}","latency_us":1000000,"request_id":"r\n","trace_id":"0af7651916cd43dd8448eb211c80319c","inputs":{"age":-0,"job \"x\"":"x","rate":1e+300,"city":null}}"#
                    + "\n",
            ])
    }

    /// Random rows: numbers of all sizes, texts with and without a code, and missing values.
    private static func random(_ count: Int, _ draws: inout JSONDraws) throws -> ContractRows {
        var rows: [String] = []
        let texts = [#""clerk""#, #""sm\"ith\n""#, #""é""#, #""e\u0301""#, #""new\\""#, #""\ud83d\ude00""#, "null"]
        for _ in 0..<count {
            let age = draws.below(4) == 0 ? "null" : "\(draws.below(100) - 5)"
            let rate = Double(bitPattern: draws.next())
            rows.append(
                #"{"age":\#(age),"job \"x\"":\#(texts[draws.below(7)]),"rate":\#(rate.isFinite ? "\(rate)" : "null"),"#
                    + #""city":\#(texts[draws.below(7)])}"#)
        }
        return try Self.rows("[\(rows.joined(separator: ","))]")
    }

    @Test func `what was written is read, to the last bit`() throws {
        var draws = JSONDraws(seed: 21)
        let rows = try Self.random(2_000, &draws)
        #expect(rows.violationCount == 0 && rows.unknownTexts.count > 1_000)
        let lines = Self.lines(rows, Self.format())
        #expect(lines.count == 2_000)
        for (row, line) in lines.enumerated() {
            let (head, inputs) = try Self.read(line.dropLast())
            let label = row % 2 == 1 ? "yes \u{1F600}" : "no"
            let expected = try PredictionLine(id: Self.id(row), probability: Double(row) / 4096, label: label)
            #expect(head == expected)
            let own = try #require(inputs)
            #expect(own.count == 1 && own.violationCount == 0)
            #expect(own.numbers.map(\.bitPattern) == rows.numbers[row * 2..<row * 2 + 2].map(\.bitPattern))
            #expect(own.codes == Array(rows.codes[row * 2..<row * 2 + 2]))
            // The texts behind unknown codes stand in the line, for those who read it.
            let object = try #require(JSONSerialization.jsonObject(with: Data(line)) as? [String: Any])
            let values = try #require(object["inputs"] as? [String: Any])
            for unknown in rows.unknownTexts where unknown.row == row {
                let text = values[unknown.place == 0 ? "job \"x\"" : "city"] as? String
                #expect(text.map { Array($0.utf8) } == Array(unknown.text.utf8))
            }
        }
    }

    @Test func `only the rows that are logged are written, each with its own texts`() throws {
        var draws = JSONDraws(seed: 22)
        let rows = try Self.random(300, &draws)
        let all = Self.lines(rows, Self.format())
        for share in [0, 1, 3] {
            let logged = (0..<300).filter { _ in draws.below(4) < share }
            let some = Self.lines(rows, Self.format(), where: logged.contains)
            #expect(some.map { $0.dropFirst(45) } == logged.map { all[$0].dropFirst(45) })
        }
    }

    @Test func `a redacted column is hashed or left out`() throws {
        let rows = try Self.rows(
            #"[{"age":39,"job \"x\"":"clerk","rate":0.5,"city":"Oslo"},{"age":1e300,"job \"x\"":"new","city":null}]"#)
        let format = Self.format(["job \"x\"": .hash, "age": .hash, "rate": .drop, "city": .hash, "none": .drop])
        let lines = Self.lines(rows, format)
        let inputs = lines.map { line in
            let text = String(decoding: line, as: UTF8.self)
            return String(text[(text.range(of: "\"inputs\":")?.upperBound ?? text.startIndex)...])
        }
        #expect(
            inputs == [
                #"{"age":"age=39.0","job \"x\"":"job \"x\"=clerk","city":"city=Oslo"}}"# + "\n",
                #"{"age":"age=1e+300","job \"x\"":"job \"x\"=new","city":null}}"# + "\n",
            ])
        let read = try lines.map { try #require(Self.read($0.dropLast()).rows) }
        #expect(read.allSatisfy { $0.numbers.allSatisfy(\.isNaN) })
        #expect(read.map(\.codes) == [[-2, -2], [-2, -1]])
        // Nothing is left: the inputs are an empty object.
        let none = Self.format(Dictionary(uniqueKeysWithValues: Self.contract.fields.map { ($0.name, .drop) }))
        #expect(Self.lines(rows, none).allSatisfy { String(decoding: $0, as: UTF8.self).hasSuffix("\"inputs\":{}}\n") })
    }

    @Test func `a line that nobody wrote is refused, and unknown fields are passed over`() throws {
        let line = try String(decoding: Self.lines(Self.rows("{}"), Self.format())[0].dropLast(), as: UTF8.self)
        func refusal(_ line: String) -> String? {
            do {
                _ = try Self.read(line.utf8)
                return nil
            } catch {
                return "\(error)"
            }
        }
        #expect(refusal(line) == nil)
        #expect(refusal(line.replacing("{\"id\"", with: "{\"x\":[{}],\"id\"")) == nil)
        let lacking = "damaged_artifact: A line of the prediction log lacks a field that every line has."
        for field in ["id", "time", "model", "version", "probability", "label"] {
            #expect(refusal(line.replacing("\"\(field)\":", with: "\"x\":")) == lacking, "\(field)")
        }
        for field in ["latency_us", "request_id"] {
            #expect(refusal(line.replacing("\"\(field)\":", with: "\"x\":")) == nil, "\(field)")
        }
        #expect(refusal(line.replacing("\"version\":3", with: "\"version\":3.5")) == lacking)
        #expect(refusal(line.replacing("2026-11-23T", with: "2026-13-23T")) == lacking)
        #expect(
            refusal(line.replacing("\"model\":\"m\\\\1\"", with: "\"model\":7"))
                == "damaged_artifact: A line of the prediction log can't be read at byte 87: a string is expected.")
        #expect(refusal("")?.contains("at byte 0: the document ends where an object is expected") == true)
        for length in 1..<line.utf8.count {
            #expect(refusal(String(decoding: Array(line.utf8).prefix(length), as: UTF8.self)) != nil)
        }
    }

    @Test func `inputs of another version, or before it, are passed over`() throws {
        let line = try String(
            decoding: Self.lines(Self.rows(#"{"age":1}"#), Self.format())[0].dropLast(), as: UTF8.self)
        #expect(try Self.read(line.utf8).rows != nil)
        #expect(try Self.read(line.replacing("\"version\":3", with: "\"version\":4").utf8).rows == nil)
        let inputs = line[(line.range(of: "\"inputs\":")?.lowerBound ?? line.endIndex)...].dropLast()
        #expect(try Self.read("{\(inputs),\(line.dropFirst().dropLast(inputs.count + 2))}".utf8).rows == nil)
    }
}

extension PredictionLine {
    /// A line of the tests' model and request.
    fileprivate init(id: UUIDv7, probability: Double, label: String) throws(LeewayError) {
        let text = """
            {"id":"\(id)","time":"2026-11-23T23:59:58.007Z","model":"m\\\\1","version":3,"probability":0,"label":"",\
            "latency_us":80,"request_id":"r \\"1\\""}
            """
        var bytes = text
        let result = bytes.withUTF8 { bytes in Result { () throws(LeewayError) in try PredictionLine(bytes) } }
        self = try result.get()
        (self.probability, self.label) = (probability, label)
    }
}
