/// A native library as it is called on this system.
package struct LibraryName: Sendable, Equatable {
    /// The name that a driver manifest goes by, such as `duckdb` for `duckdb.toml`.
    package let name: String
    /// The file's name, such as `libduckdb.so`.
    package let file: String

    /// Names a library; `stem` is the file's name without its ending, `lib` + name unless given.
    package init(_ name: String, stem: String? = nil) {
        #if os(macOS)
            let ending = ".dylib"
        #else
            let ending = ".so"
        #endif
        self.name = name
        self.file = (stem ?? "lib" + name) + ending
    }

    /// The embedded query engine.
    package static let duckDB = Self("duckdb")
}
