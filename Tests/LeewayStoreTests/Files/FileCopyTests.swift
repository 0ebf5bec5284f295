import LeewayCore
import LeewayTestSupport
import Testing

@testable import LeewayStore

@Suite struct FileCopyTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test(arguments: [0, 1, 63, 1 << 20, 3 << 20 | 17])
    func `a copy has the bytes, the length and the digest`(_ count: Int) throws {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }
        try FileSystem.write(bytes, to: folder / "a")
        let copied = try FileCopy.copy(folder / "a", to: folder / "b")
        #expect(try FileSystem.read(folder / "b") == bytes)
        #expect(copied == (count, SHA256.hex(bytes)))
        #expect(try FileCopy.digest(of: folder / "b") == copied)
    }

    @Test func `what can't be copied is named`() throws {
        try FileSystem.makeFolder(folder / "folder")
        try FileSystem.write([1], to: folder / "a")
        let cases: [(source: String, target: String, code: LeewayError.Code)] = [
            ("none", "b", .fileNotFound), ("folder", "b", .fileNotAccessible), ("a", "no/b", .fileNotFound),
            ("a", "folder", .fileNotAccessible),
        ]
        for (source, target, code) in cases {
            let error = #expect(throws: LeewayError.self) {
                _ = try FileCopy.copy(folder / source, to: folder / target)
            }
            #expect(error?.code == code, "\(source) to \(target)")
        }
    }
}
