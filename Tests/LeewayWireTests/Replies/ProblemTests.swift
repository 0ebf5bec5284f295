import Foundation
import LeewayCore
import LeewayValidate
import LeewayWire
import Testing

@Suite struct ProblemTests {
    private static func text(_ problem: Problem) -> String { String(decoding: problem.bytes, as: UTF8.self) }

    @Test func `the problem of an error is this`() {
        let error = LeewayError(.malformedRequest, "It is \"so\".", hint: "Do that.")
        #expect(
            Self.text(Problem(error, status: 400, requestID: "r1"))
                == #"{"type":"urn:leeway:problem:malformed_request","title":"Malformed request","status":400,"#
                + #""detail":"It is \"so\". Do that.","request_id":"r1"}"#)
        #expect(Problem(LeewayError(.contractViolated, "x"), status: 422, requestID: "").detail == "x")
    }

    @Test func `the problem of rows is this`() throws {
        func problem(_ body: String) throws -> Problem {
            let rows = try TableContract.with(body.utf8) { bytes throws(LeewayError) in
                try JSONRows.readBody(bytes, RowFixtures.contract(), rowLimit: 20_000)
            }
            return Problem(contract: rows, requestID: "r2")
        }
        #expect(
            Self.text(try problem(#"{"age":16,"work":"a","gain":null}"#))
                == #"{"type":"urn:leeway:problem:contract_violated","title":"The rows do not keep to the contract","#
                + #""status":422,"detail":"1 problem in 1 of 1 row; nothing was predicted.","request_id":"r2","#
                + #""error_count":1,"errors":[{"row":0,"field":"age","rule":"range","#
                + #""expected":"a whole number from 17 to 90"}]}"#)
        let many = try problem("[" + Array(repeating: "{}", count: 4_000).joined(separator: ",") + "]")
        #expect(many.detail == "12000 problems in 4000 of 4000 rows; nothing was predicted.")
        #expect(many.violationCount == 12_000 && many.violations.count == 10_000)
    }

    @Test(arguments: PredictionReplyTests.oddTexts)
    func `odd texts come back as they were`(text: String) throws {
        let problem = Problem(
            status: 422, code: "some_code", title: text, detail: text, requestID: text,
            violations: [Violation(row: 3, field: text, rule: .extra, expected: text)], violationCount: 5)
        let object = try #require(JSONSerialization.jsonObject(with: Data(problem.bytes)) as? [String: Any])
        #expect([object["title"], object["detail"], object["request_id"]].map { $0 as? String } == [text, text, text])
        #expect(object["status"] as? Int == 422 && object["error_count"] as? Int == 5)
        let errors = try #require(object["errors"] as? [[String: Any]])
        #expect(errors.count == 1 && errors[0]["row"] as? Int == 3 && errors[0]["rule"] as? String == "extra")
        #expect(errors[0]["field"] as? String == text && errors[0]["expected"] as? String == text)
    }
}
