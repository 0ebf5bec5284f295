import LeewayCore
import Testing

@testable import LeewayWorkflow

@Suite struct FieldTypesTests {
    @Test(
        arguments: [
            // What the contracts say rules, as long as the values keep to it.
            ([.integer], [.integer, .null], "BIGINT"), ([.integer], [], "BIGINT"), ([.number], [.integer], "DOUBLE"),
            ([.boolean], [.truthText], "BOOLEAN"), ([.boolean], [.truth, .null], "BOOLEAN"),
            ([.text], [.text], "VARCHAR"),
            ([.timestamp], [.text], "VARCHAR"),
            // What would be lost makes it wider: a fraction, a hash, an object.
            ([.integer], [.integer, .number], "DOUBLE"), ([.integer], [.text], "VARCHAR"),
            ([.number], [.text], "VARCHAR"),
            ([.boolean], [.truthText, .text], "VARCHAR"), ([.number], [.nested], "VARCHAR"),
            ([.integer, .number], [.integer], "DOUBLE"), ([.integer, .text], [.integer], "VARCHAR"),
            ([.boolean, .integer], [], "VARCHAR"),
            // Without a contract the values say it; a whole number may have a fraction in the next segment.
            ([], [.integer], "DOUBLE"), ([], [.truthText], "BOOLEAN"), ([], [.null], "VARCHAR"),
            ([], [.text], "VARCHAR"),
            ([], [.number, .truth], "VARCHAR"),
        ] as [(Set<ColumnType>, SeenKinds, String)])
    func `a type holds every value as it is`(_ wanted: Set<ColumnType>, _ seen: SeenKinds, _ type: String) {
        #expect(FieldTypes.type(wanted, seen) == type)
    }
}
