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

    /// A new session with DuckDB.
    static func session() throws -> DuckDBSession { try DuckDBSession(search: search, threads: 2) }

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
