import LeewayCore
import LeewayEngine
import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

@Suite struct NativeLibraryTests {
    private let name = LibraryName("no-such-engine")
    private let remedy =
        "Run 'make setup' in the source tree, or set LEEWAY_DRIVER_PATH to the folder that holds \(LibraryName("no-such-engine").file)."

    @Test func `a missing library is named, with the places and the way out`() async {
        let search = LibrarySearch(
            programFolder: "/usr/bin", environment: { ["LEEWAY_DRIVER_PATH": "/nowhere/", "HOME": "/home/me"][$0] })
        let error = await expectError(.missingLibrary) { _ = try NativeLibrary(name, search: search) }
        #expect(
            error?.message == """
                The library '\(name.file)' is missing; looked in /nowhere/\(name.file) (LEEWAY_DRIVER_PATH), \
                /home/me/.config/adbc/drivers/no-such-engine.toml (manifest), \
                /etc/adbc/drivers/no-such-engine.toml (manifest), \
                /usr/bin/../lib/leeway/\(name.file) (beside the program), the system's loader.
                """)
        #expect(error?.hint == remedy)
    }

    @Test func `an explicit path that is not there is not replaced by another`() async {
        let search = LibrarySearch(explicitPath: "/nowhere/typo.so")
        let error = await expectError(.missingLibrary) { _ = try NativeLibrary(.duckDB, search: search) }
        #expect(
            error?.message
                == "The library '\(LibraryName.duckDB.file)' is missing; looked in /nowhere/typo.so (--driver-path).")
    }

    @Test func `a file that is no library says what the loader says`() async throws {
        let path = TestLibrary.path("a.so")
        let file = try #require(fopen(path, "w"))
        defer { unlink(path) }
        fputs("This is a text, and long enough to have room for the head of a library, which it does not have.\n", file)
        fclose(file)
        let error = await expectError(.missingLibrary) {
            _ = try NativeLibrary(name, search: LibrarySearch(explicitPath: path))
        }
        #if os(Linux)
            #expect(error?.message == "The library '\(path)' (--driver-path) can't be loaded: invalid ELF header.")
        #endif
        #expect(error?.hint == remedy)
    }

    @Test func `a library that is no driver is refused`() async throws {
        let library = try NativeLibrary(.duckDB, search: TestLibrary.search)
        let error = await expectError(.missingLibrary) { _ = try ADBCDriver(library: library, entry: "no_such_init") }
        #expect(error?.message.hasSuffix("has no symbol 'no_such_init'.") == true)
    }

    @Test func `knows the folder of the running program`() {
        #expect(LibrarySearch.liveProgramFolder?.hasPrefix("/") == true)
    }
}
