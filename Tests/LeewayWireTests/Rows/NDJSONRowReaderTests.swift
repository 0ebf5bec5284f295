import LeewayCore
import LeewayValidate
import LeewayWire
import Testing

@Suite struct NDJSONRowReaderTests {
    private static let good = #"{"age":20,"work":"a","gain":1}"#

    private func read(_ text: String, cuts: [Int] = []) -> RowFixtures.Outcome {
        RowFixtures.readNDJSON(Array(text.utf8), RowFixtures.contract(), cuts: cuts)
    }

    @Test func `reads a row a line and skips empty lines`() {
        let outcome = read(Self.good + "\r\n\n \t\r\n{\"age\":9,\"work\":\"a\",\"gain\":null}\n[1]")
        #expect(outcome.error == nil)
        #expect(outcome.rowCount == 3)
        #expect(outcome.violations.map(\.row) == [1, 2])
        #expect(outcome.violations.map(\.rule) == [.range, .shape])
    }

    @Test func `tells the line that can't be read, and keeps the rows before it`() {
        let outcome = read(Self.good + "\n\n{\"age\":9,\"agee\":1,\"note\":\"x\",\"work\":}\n")
        #expect(outcome.error?.code == .malformedRequest)
        #expect(outcome.error?.message == "Line 3 of the body can't be read at byte 36: a value is expected.")
        #expect(outcome.rowCount == 1)
        #expect(outcome.numbers.count == 2)
        #expect(outcome.violations == [])
        #expect(outcome.rules == [:])
        #expect(outcome.unknownTexts == [])
    }

    @Test func `refuses a line that is too large, wherever it is cut`() {
        let text = "\n{\"note\":\"" + String(repeating: "x", count: 1 << 20)
        let outcome = read(text + "\"}\n")
        #expect(outcome.error?.message == "Line 2 of the body has more than 1048576 bytes.")
        #expect(read(text + "\"}\n", cuts: [1, 9, 1 << 20, (1 << 20) + 3]) == outcome)
        #expect(read(text, cuts: [7]) == outcome)
    }

    @Test func `guesses what was meant a hundred times in a stream, however it is cut`() {
        let line = #"{"agee":1,"age":20,"work":"a","gain":1}"# + "\n"
        let text = String(repeating: line, count: 150)
        let outcome = read(text)
        #expect(outcome.violations.count == 150)
        #expect(outcome.violations.filter { $0.expected.hasSuffix("did you mean 'age'?") }.count == 100)
        #expect(read(text, cuts: (1..<150).map { $0 * line.utf8.count }) == outcome)
    }

    @Test func `any bytes give the same rows and the same error, however they are cut`() {
        var draws = JSONDraws(seed: 25)
        let lines = [
            #"{"age":20,"work":"a","gain":1.5}"#, #"{"age":9,"work":"c","ag":null,"note":"x"}"#, "", "[]", #"{"age":2"#,
        ]
        for round in 0..<20_000 {
            var bytes = Array((0..<draws.below(5)).map { _ in lines[draws.below(5)] }.joined(separator: "\n").utf8)
            if draws.below(2) == 0, !bytes.isEmpty { bytes[draws.below(bytes.count)] = UInt8(draws.below(256)) }
            let contract = RowFixtures.contract(Contract.Mode.allCases[round % 3])
            let cut = RowFixtures.readNDJSON(bytes, contract, cuts: RowFixtures.cuts(of: bytes, &draws))
            if RowFixtures.readNDJSON(bytes, contract) != cut { Issue.record("differs: \(bytes)") }
        }
    }
}
