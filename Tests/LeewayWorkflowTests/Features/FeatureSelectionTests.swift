import LeewayCore
import Testing

@testable import LeewayWorkflow

@Suite struct FeatureSelectionTests {
    private static let rows = """
        id,name,age,day,void,flag,y
        1,n1,20,2001-01-01,,true,no
        2,n2,30,2001-01-02,,false,yes
        3,n3,,2001-01-03,,true,no

        """

    private static func selection(_ features: String) async throws -> FeatureSelection {
        let ingestion = try Ingestion()
        try ingestion.write(rows, "p.csv")
        let yaml = "source: p.csv\ntarget: y\nfeatures: {\(features)}"
        return try FeatureSelection(
            of: try await ingestion.run(yaml), target: "y", try ingestion.context(yaml).configuration.features)
    }

    @Test func `numbers and texts are found by themselves, and why not is told`() async throws {
        let selection = try await Self.selection("drop: id, max_categories: 2")
        #expect(selection.numeric == ["age"])
        #expect(selection.categorical == ["flag"])
        #expect(
            selection.excluded == [
                .init(column: "id", reason: "dropped by the configuration"),
                .init(column: "name", reason: "3 distinct texts, more than max_categories (2)"),
                .init(column: "day", reason: "a date, which is no feature of its own"),
                .init(column: "void", reason: "no value at all"),
            ])
    }

    @Test func `what is asked for is what is taken`() async throws {
        let selection = try await Self.selection("categorical: [id, day]")
        #expect(selection.numeric == ["age"])
        #expect(selection.categorical == ["id", "name", "day", "flag"])
    }

    @Test func `a name to drop that is not there`() async throws {
        let expected = LeewayError(
            .missingColumn, "The column 'agee' in 'features.drop' is not in the source.", hint: "Did you mean 'age'?")
        await #expect(throws: expected) { try await Self.selection("drop: agee") }
    }

    @Test func `nothing left`() async throws {
        let expected = LeewayError(
            .noUsableValues, "No column is left that could be a feature.",
            hint: "Column 'id': dropped by the configuration.")
        await #expect(throws: expected) { try await Self.selection("drop: [id, name, age, flag]") }
    }
}
