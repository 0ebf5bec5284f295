import Foundation
import LeewayCore
import LeewayLearn
import LeewayStats
import Testing

@Suite struct BinaryEvaluationTests {
    @Test func `refuses what no metric is defined on`() {
        expect("malformed_dataset: There are 2 labels but 1 probabilities. Pass one of each a row.") {
            try BinaryEvaluation.evaluate(labels: [true, false], probabilities: [0.5])
        }
        expect("no_usable_values: There are no rows to evaluate.") {
            try BinaryEvaluation.evaluate(labels: [], probabilities: [])
        }
        expect("invalid_setting: The threshold is not between 0 and 1.") {
            try BinaryEvaluation.evaluate(labels: [true], probabilities: [0.5], threshold: .nan)
        }
        let outside: [Double] = [.nan, -0.001, 1.0.nextUp, .infinity]
        for probability in outside {
            expect(
                "invalid_setting: 1 of 2 probabilities are missing or not between 0 and 1, the first in row 1. "
                    + "Pass probabilities of the positive class, not scores or log odds."
            ) {
                try BinaryEvaluation.evaluate(labels: [true, false], probabilities: [0.5, probability])
            }
        }
    }

    @Test func `the order of the rows does not matter`() throws {
        let (labels, probabilities) = MetricFixture.grid(3_000)
        var generator = SeededGenerator(seed: 2)
        let order = Array(0..<3_000).shuffled(using: &generator)
        let plan = BootstrapPlan(replicates: 20, seed: 3)
        let sorted = try BinaryEvaluation.evaluate(labels: labels, probabilities: probabilities, bootstrap: plan)
        let shuffled = try BinaryEvaluation.evaluate(
            labels: order.map { labels[$0] }, probabilities: order.map { probabilities[$0] }, bootstrap: plan)
        #expect(sorted == shuffled)
    }

    @Test func `survives JSON, and what is absent is null`() throws {
        let (labels, probabilities) = MetricFixture.grid(500)
        let plan = BootstrapPlan(replicates: 10, seed: 1)
        for bootstrap in [plan, nil] {
            let evaluation = try BinaryEvaluation.evaluate(
                labels: labels, probabilities: probabilities, bootstrap: bootstrap)
            let data = try JSONEncoder().encode(evaluation)
            #expect(try JSONDecoder().decode(BinaryEvaluation.self, from: data) == evaluation)
            #expect(String(decoding: data, as: UTF8.self).contains("\"intervals\":null") == (bootstrap == nil))
        }
    }

    private func expect(_ description: String, _ body: () throws -> BinaryEvaluation) {
        let error = #expect(throws: LeewayError.self) { try body() }
        #expect(error?.description == description)
    }
}
