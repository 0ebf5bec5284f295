import LeewayEngine

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Where the tests find DuckDB: `LEEWAY_DRIVER_PATH`, else the folder `.native/lib` of the source tree.
///
/// Where there is neither, every test that needs the engine fails with the missing library's message.
enum TestLibrary {
    static var search: LibrarySearch {
        getenv("LEEWAY_DRIVER_PATH") == nil ? LibrarySearch(explicitPath: nativeFolder) : LibrarySearch()
    }

    /// A new session with DuckDB, which spills outside the source tree.
    static func session() throws -> DuckDBSession {
        try DuckDBSession(search: search, threads: 2, tempDirectory: path("spill"))
    }

    /// A path for a file of one test's own.
    static func path(_ name: String) -> String { "/tmp/leeway-\(UInt64.random(in: 0 ... .max))-\(name)" }

    private static var nativeFolder: String? {
        var folder = #filePath[...]
        while let slash = folder.lastIndex(of: "/") {
            folder = folder[..<slash]
            let candidate = String(folder) + "/.native/lib"
            if FileAccess.live.kind(candidate) == .folder { return candidate }
        }
        return nil
    }
}
