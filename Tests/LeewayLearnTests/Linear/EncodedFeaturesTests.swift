import LeewayCore
import LeewayLearn
import Testing

@Suite struct EncodedFeaturesTests {
    private func message(
        _ numeric: [EncodedFeatures.NumericColumn], _ categorical: [EncodedFeatures.CategoryColumn] = []
    ) -> String? {
        do {
            _ = try EncodedFeatures(numeric: numeric, categorical: categorical)
            return nil
        } catch { return error.description }
    }

    @Test func `takes columns of one length`() throws {
        let features = try EncodedFeatures(
            numeric: [.init(name: "age", values: [1, 2])],
            categorical: [.init(name: "job", categoryCount: 1, codes: [0, -1])])
        #expect(features.rowCount == 2)
        #expect(try EncodedFeatures().rowCount == 0)
        #expect(try EncodedFeatures(rowCount: 3).rowCount == 3)
    }

    @Test func `says what is wrong with a column`() {
        let age = EncodedFeatures.NumericColumn(name: "age", values: [1, 2])
        #expect(
            message([age, .init(name: "gain", values: [1])])
                == "malformed_dataset: Column 'gain' has 1 rows where 2 are expected.")
        #expect(message([age, age]) == "malformed_dataset: Column 'age' stands twice.")
        #expect(
            message([.init(name: "gain", values: [1, .nan])])
                == "malformed_dataset: Column 'gain' has values that are missing or infinite. "
                + "Fill them before a model is fitted, for instance with the median.")
        #expect(
            message([age], [.init(name: "job", categoryCount: 2, codes: [0, 2])])
                == "malformed_dataset: Column 'job' has codes outside of -1 ..< 2.")
        #expect(message([age], [.init(name: "job", categoryCount: 2, codes: [0, -2])]) != nil)
        #expect(message([age], [.init(name: "job", categoryCount: -1, codes: [-1, -1])]) != nil)
    }
}
