import LeewayCore
import LeewayStore
import LeewayTestSupport
import Testing

@testable import LeewayWorkflow

@Suite struct SourceFilesTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func write(_ text: String, _ name: String) throws {
        try FileSystem.write(Array(text.utf8), to: folder / name)
    }

    private func find(_ names: String..., format: FileOptions.Format? = nil) throws -> [String] {
        var options = FileOptions()
        options.format = format
        let source = SourceConfiguration(files: names.map { .init(path: $0, options: options) })
        let found = try SourceFiles.find(source, resolve: { folder / $0 })
        return found.map { String($0.path.dropFirst(folder.path.count + 1)) + ":" + $0.format.rawValue }
    }

    @Test func `files come in the order written, those of a pattern by name`() throws {
        for name in ["b.csv", "a.csv", "z.csv", "c10.csv", "c9.csv", "c.txt"] { try write("x\n1\n", name) }
        #expect(try find("z.csv", "a.csv") == ["z.csv:csv", "a.csv:csv"])
        #expect(try find("*.csv") == ["a.csv:csv", "b.csv:csv", "c10.csv:csv", "c9.csv:csv", "z.csv:csv"])
        #expect(try find("c?.csv", "[ab].csv") == ["c9.csv:csv", "a.csv:csv", "b.csv:csv"])
    }

    @Test func `a name with brackets is a file before it is a pattern`() throws {
        try write("x\n1\n", "[ab].csv")
        try write("x\n1\n", "a.csv")
        #expect(try find("[ab].csv") == ["[ab].csv:csv"])
    }

    @Test func `the ending tells the format, unless it is said`() throws {
        for name in ["a.parquet", "a.PQ", "a.dat"] { try write("PAR1....", name) }
        for name in ["b.csv", "b.parquet.txt", "b"] { try write("x\n", name) }
        #expect(
            try find("a.parquet", "a.PQ", "b.csv", "b.parquet.txt", "b") == [
                "a.parquet:parquet", "a.PQ:parquet", "b.csv:csv", "b.parquet.txt:csv", "b:csv",
            ])
        #expect(try find("a.dat", format: .parquet) == ["a.dat:parquet"])
    }

    @Test func `no file, and no match`() {
        #expect(throws: LeewayError(.fileNotFound, "There is no \(folder / "no.csv").", hint: "Check the path.")) {
            try find("no.csv")
        }
        #expect(throws: LeewayError(.fileNotFound, "No file matches \(folder / "*.csv").", hint: "Check the pattern."))
        { try find("*.csv") }
    }

    @Test func `a folder`() throws {
        try FileSystem.makeFolder(folder / "d")
        let expected = LeewayError(
            .fileNotAccessible, "\(folder / "d") is a folder where a file is needed.",
            hint: "Name its files with a glob: '\(folder / "d")/*.csv'.")
        #expect(throws: expected) { try find("d") }
    }

    @Test func `an empty file`() throws {
        try write("", "e.csv")
        let expected = LeewayError(
            .notEnoughRows, "\(folder / "e.csv") is empty.", hint: "It needs a header and some rows.")
        #expect(throws: expected) { try find("e.csv") }
    }

    @Test func `a binary file`() throws {
        try FileSystem.write([0x7F, 0x45, 0x4C, 0x46, 0, 0], to: folder / "b.csv")
        let expected = LeewayError(
            .malformedSource, "\(folder / "b.csv") is a binary file, or text that is not UTF-8.",
            hint: "CSV and Parquet files are read.")
        #expect(throws: expected) { try find("b.csv") }
    }

    @Test func `one format under the name of the other`() throws {
        try write("PAR1....", "p.csv")
        try write("a,b\n", "c.parquet")
        let isParquet = LeewayError(
            .malformedSource, "\(folder / "p.csv") is a Parquet file.", hint: "Say 'format: parquet'.")
        #expect(throws: isParquet) { try find("p.csv") }
        let isText = LeewayError(
            .malformedSource, "\(folder / "c.parquet") is no Parquet file.",
            hint: "If it is a CSV file, say 'format: csv'.")
        #expect(throws: isText) { try find("c.parquet") }
    }

    @Test func `what is wrong with the second file is found too`() throws {
        try write("x\n1\n", "a.csv")
        try write("", "b.csv")
        let error = #expect(throws: LeewayError.self) { try find("a.csv", "b.csv") }
        #expect(error?.message == "\(folder / "b.csv") is empty.")
    }
}
