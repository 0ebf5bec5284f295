import LeewayCore
import LeewayStore
import LeewayTestSupport
import Testing

@Suite struct RunFolderTests {
    private let folder: TemporaryFolder
    private var runs: String { folder / "runs" }

    init() throws { folder = try TemporaryFolder() }

    private static func id(_ time: Int64) -> RunID { RunID(Timestamp(milliseconds: time), random: (1, 2)) }

    @Test func `files stand in a temporary folder until it is sealed`() throws {
        let run = try RunFolder(in: runs, id: Self.id(1))
        try run.write(["a": 1], as: "a.json")
        #expect(run.finalPath == "\(runs)/\(Self.id(1))")
        #expect(FileSystem.kind(of: run.finalPath) == nil)
        #expect(try FileSystem.names(in: runs) == [".staging-\(Self.id(1))"])
        try run.seal()
        #expect(try FileSystem.names(in: runs) == ["\(Self.id(1))"])
        #expect(try FileSystem.names(in: run.finalPath) == ["a.json"])
    }

    @Test func `artifacts are told with length and digest, by name`() throws {
        let run = try RunFolder(in: runs, id: Self.id(1))
        try FileSystem.write(Array("abc".utf8), to: run.path(of: "b.txt"))
        try FileSystem.write([], to: run.path(of: "a.txt"))
        let artifacts = try run.artifacts()
        #expect(
            artifacts == [
                .init(
                    name: "a.txt", bytes: 0, sha256: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
                .init(
                    name: "b.txt", bytes: 3, sha256: "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            ])
    }

    // Oracle: printf 'a.txt aa\nb.txt bb\n' | sha256sum (coreutils 9.1).
    @Test func `the content's name is the digest over names and digests`() {
        let artifacts = [
            RunManifest.Artifact(name: "a.txt", bytes: 1, sha256: "aa"), .init(name: "b.txt", bytes: 2, sha256: "bb"),
        ]
        #expect(
            RunFolder.contentHash(of: artifacts) == "59fd1047d02c14e5bb3495082e52989b4475ffd4a77b50ed6f4d8687075ae0a5")
        #expect(RunFolder.contentHash(of: artifacts.reversed()) != RunFolder.contentHash(of: artifacts))
    }

    @Test func `a discarded run leaves nothing`() throws {
        let run = try RunFolder(in: runs, id: Self.id(1))
        try run.write([1], as: "a.json")
        run.discard()
        #expect(try FileSystem.names(in: runs) == [])
    }

    @Test func `discarding a sealed run leaves it whole`() throws {
        let run = try RunFolder(in: runs, id: Self.id(1))
        try run.write([1], as: "a.json")
        try run.seal()
        run.discard()
        #expect(try FileSystem.names(in: run.finalPath) == ["a.json"])
    }

    @Test func `a killed run's folder is removed by a later run, once it is old`() throws {
        try FileSystem.makeFolder(runs + "/.staging-old")
        try FileSystem.write([1], to: runs + "/.staging-old/a.json")
        try FileSystem.makeFolder(runs + "/.staging-young")
        try FileSystem.makeFolder(runs + "/other")
        try folder.age("runs/.staging-old", bySeconds: 61)
        try folder.age("runs/other", bySeconds: 61)
        let run = try RunFolder(in: runs, id: Self.id(1))
        #expect(try FileSystem.names(in: runs) == [".staging-\(Self.id(1))", ".staging-young", "other"])
        run.discard()
    }

    @Test func `a living run's folder stays, however old it is`() throws {
        let living = try RunFolder(in: runs, id: Self.id(1))
        try living.write([1], as: "a.json")
        try folder.age("runs/.staging-\(Self.id(1))", bySeconds: 100_000)
        let other = try RunFolder(in: runs, id: Self.id(2))
        #expect(try FileSystem.names(in: living.stagingPath) == ["a.json"])
        try living.seal()
        other.discard()
    }

    @Test func `two runs of one name don't meet`() throws {
        let first = try RunFolder(in: runs, id: Self.id(1))
        let error = #expect(throws: LeewayError.self) { try RunFolder(in: runs, id: Self.id(1)) }
        #expect(error?.code == .fileNotAccessible)
        #expect(error?.message.hasPrefix("Can't lock \(first.stagingPath): ") == true)
        try first.seal()
    }

    @Test func `what is there already is not overwritten`() throws {
        let run = try RunFolder(in: runs, id: Self.id(1))
        try FileSystem.makeFolder(run.finalPath + "/inner")
        #expect(throws: LeewayError.self) { try run.seal() }
        #expect(try FileSystem.names(in: run.finalPath) == ["inner"])
        run.discard()
    }

    @Test func `a value that can't be written leaves the file out`() throws {
        let run = try RunFolder(in: runs, id: Self.id(1))
        #expect(throws: LeewayError.self) { try run.write([Double.nan], as: "a.json") }
        #expect(try run.artifacts().isEmpty)
    }

    @Test func `a file where the runs should be`() throws {
        try FileSystem.write([1], to: runs)
        #expect(
            throws: LeewayError(
                .fileNotAccessible, "\(runs) is a file where a folder is needed.", hint: "Move it out of the way.")
        ) { try RunFolder(in: runs, id: Self.id(1)) }
    }
}
