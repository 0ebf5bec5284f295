import CADBC
import LeewayCore
import Testing

@testable import LeewayEngine

@Suite struct DriverFailureTests {
    private static let failures: [(status: Int32, text: String, code: LeewayError.Code)] = [
        (ADBC_STATUS_CANCELLED, "whatever", .interrupted),
        (ADBC_STATUS_UNKNOWN, "INTERRUPT Error: Interrupted!", .interrupted),
        (ADBC_STATUS_IO, "IO Error: Could not write file \"a\": No space left on device", .diskFull),
        (ADBC_STATUS_INTERNAL, "Out of Memory Error: failed to allocate data", .engineFailed),
        (ADBC_STATUS_IO, "IO Error: No files found that match the pattern \"a.csv\"", .fileNotFound),
        (ADBC_STATUS_IO, "IO Error: Cannot open file \"/data/a.csv\": Permission denied", .fileNotAccessible),
        (ADBC_STATUS_INTERNAL, "Invalid Input Error: CSV Error on Line: 3\nOriginal Line: secret", .malformedSource),
        (ADBC_STATUS_INTERNAL, "Invalid Input Error: Error when sniffing file \"a\".\nNothing found", .malformedSource),
        (
            ADBC_STATUS_INTERNAL, "Invalid Input Error: No magic bytes found at end of file 'a.parquet'",
            .malformedSource
        ),
        (ADBC_STATUS_INTERNAL, "IO Error: Unexpected end of GZIP stream: a.csv.gz", .malformedSource),
        (ADBC_STATUS_UNAUTHENTICATED, "wrong token", .engineFailed),
    ]

    @Test(arguments: failures)
    func `knows what a user can do something about`(status: Int32, text: String, code: LeewayError.Code) {
        #expect(DriverFailure.error(AdbcStatusCode(status), text).code == code)
    }

    @Test(arguments: [
        "Done.": "Done.", "Done": "Done.", "Done. .": "Done.", "Done!\n": "Done!", "Done?": "Done?",
        "": "The engine gave no reason.",
    ])
    func `ends a message as a sentence`(text: String, message: String) {
        #expect(DriverFailure.error(0, text).message == message)
    }

    @Test(arguments: [
        "Invalid Input Error: No magic bytes found at end of file '/data/a.parquet'",
        "Invalid Input Error: Footer length error in file '/data/a.parquet'",
        "Invalid Input Error: Failed to read file \"/data/a.parquet\": metadata is corrupt. Column has …",
    ])
    func `a file that is no Parquet is named, and what to do`(text: String) {
        let error = DriverFailure.error(0, text)
        #expect(error.message == "'/data/a.parquet' is not a whole Parquet file.")
        #expect(error.hint?.contains("write or fetch it again") == true)
    }

    @Test(arguments: [
        "Invalid Error: Parquet file is likely corrupted, dictionary offset out of range",
        "Invalid Error: TProtocolException: Invalid data",
    ])
    func `a damaged Parquet file is told also where the engine does not name it`(text: String) {
        let error = DriverFailure.error(0, text)
        #expect(error.code == .malformedSource)
        #expect(error.message == "A file is not a whole Parquet file.")
    }

    @Test func `a function that the driver lacks is named`() async {
        let error = await expectError(.engineFailed) { try DriverFailure.check("StatementBind") { _ in nil } }
        #expect(error?.message == "The driver has no function 'StatementBind'.")
    }

    @Test func `an error without a text names the function and the status`() async {
        let error = await expectError(.engineFailed) {
            try DriverFailure.check("StatementBind") { _ in AdbcStatusCode(ADBC_STATUS_INTERNAL) }
        }
        #expect(error?.message == "StatementBind failed with status 9.")
    }
}
