import LeewayCore
import Testing

@testable import LeewayEngine

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

@Suite struct CSVMessageTests {
    private static let files: [(text: String, message: String)] = [
        (
            "secret,4\n",
            "Line 30002 of the CSV file 'FILE': a value of column 'a \"b' can't be converted; the column is read as BIGINT."
        ),
        ("5,6,secret\n", "Line 30002 of the CSV file 'FILE': Expected Number of Columns: 2 Found: 3."),
        (
            "\"two\nlines secret\",4\n",
            "Line 30002 of the CSV file 'FILE': a value of column 'a \"b' can't be converted; the column is read as BIGINT."
        ),
        ("5,\"secret\n", "Line 30002 of the CSV file 'FILE': Value with unterminated quote found."),
    ]

    @Test(arguments: files)
    func `keeps file, line and column, not the line's text`(text: String, message: String) async throws {
        let path = TestLibrary.path("a.csv")
        let file = try #require(fopen(path, "w"))
        defer { unlink(path) }
        fputs("\"a \"\"b\",c\n" + String(repeating: "1,2\n", count: 30_000) + text, file)
        fclose(file)
        let session = try TestLibrary.session()
        let error = await expectError(.malformedSource) {
            try await session.execute("SELECT * FROM read_csv('\(path)', header = true, quote = '\"')")
        }
        #expect(error?.message == message.replacing("FILE", with: path))
        #expect(error?.description.contains("secret") == false)
    }
}
