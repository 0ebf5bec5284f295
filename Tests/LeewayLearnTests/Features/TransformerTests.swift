import Testing

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

@Suite struct TransformerTests {
    /// A transformer that no law test names is a transformer whose promises nobody holds it to.
    @Test func `every conformer has a law test`() throws {
        let package = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(4).joined(
            separator: "/")
        let conformers = try Self.texts(under: package + "/Sources/LeewayLearn").flatMap(Self.conformers)
        let tests = try Self.texts(under: package + "/Tests/LeewayLearnTests").joined()
        #expect(
            Set(conformers).isSuperset(of: ["StandardScaler", "NumericImputer", "CategoryImputer", "OneHotEncoder"]))
        for name in conformers {
            let named = try Regex("expectTransformerLaws\\(\\s*" + name + "\\(")
            #expect(
                tests.contains(named),
                "\(name) conforms to Transformer, but no test calls expectTransformerLaws(\(name)(…), on: …)")
        }
    }

    @Test func `conformers are found however they are written`() {
        let source = """
            public struct A: Transformer {
            struct B<T: Sendable>: Sendable, Transformer
            {
            extension C.D: Transformer {}
            final class E: Base,
                Transformer {
            struct Fitted: FittedTransformer {
            struct Other: Sendable { let t: any Transformer }
            /// struct Comment: Transformer {
            """
        #expect(Self.conformers(in: source) == ["A", "B", "D", "E"])
    }

    private static func conformers(in source: String) -> [String] {
        let code = source.split(separator: "\n", omittingEmptySubsequences: false)
            .filter { !$0.drop(while: \.isWhitespace).hasPrefix("//") }.joined(separator: "\n")
        let declaration = /(?:struct|class|enum|actor|extension)\s+(?:\w+\.)*(\w+)([^{]*)\{/
        return code.matches(of: declaration).filter { $0.output.2.contains(/:(?:[^{]*[\s,&])?\s*Transformer\b/) }
            .map { String($0.output.1) }
    }

    private static func texts(under folder: String) throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: folder).filter { $0.hasSuffix(".swift") }.sorted()
            .map { try String(contentsOfFile: "\(folder)/\($0)", encoding: .utf8) }
    }
}
