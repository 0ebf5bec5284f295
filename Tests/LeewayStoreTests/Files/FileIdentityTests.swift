import LeewayStore
import LeewayTestSupport
import Testing

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

@Suite struct FileIdentityTests {
    @Test func `a file is the same by every name and link, and a copy is another`() throws {
        let folder = try TemporaryFolder()
        for name in ["a", "copy"] { try FileSystem.write([1], to: folder / name) }
        try FileManager.default.createSymbolicLink(atPath: folder / "soft", withDestinationPath: folder / "a")
        try FileManager.default.linkItem(atPath: folder / "a", toPath: folder / "hard")
        for name in ["a", "soft", "hard", "../\(folder.path.split(separator: "/").last ?? "")/a"] {
            #expect(FileSystem.isSame(folder / "a", folder / name))
        }
        #expect(!FileSystem.isSame(folder / "a", folder / "copy"))
        #expect(!FileSystem.isSame(folder / "none", folder / "none"))
    }
}
