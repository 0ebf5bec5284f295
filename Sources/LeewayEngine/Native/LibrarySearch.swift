import CADBC

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Where a native library may lie, first to last; pure but for the files and variables that it is given.
///
/// The order: the explicit path (alone, unless it is a folder), `LEEWAY_DRIVER_PATH`, ADBC driver manifests,
/// `../lib/leeway` beside the program, and last the system's loader.
package struct LibrarySearch: Sendable {
    /// One place: why we look there, and the path, which may be a bare file name for the system's loader.
    package struct Place: Sendable, Equatable {
        /// In words for the user, such as `LEEWAY_DRIVER_PATH`.
        package let origin: String
        /// The library's path there.
        package let path: String
    }

    private let explicitPath: String?
    private let programFolder: String?
    private let environment: @Sendable (String) -> String?
    private let files: FileAccess

    /// Takes what was asked for and the world to look in.
    ///
    /// - Parameters:
    ///   - explicitPath: `--driver-path`: a folder or a file.
    ///   - programFolder: The folder of the running program.
    ///   - environment: Looks up a variable.
    ///   - files: Looks at files.
    package init(
        explicitPath: String? = nil, programFolder: String? = Self.liveProgramFolder,
        environment: @escaping @Sendable (String) -> String? = { name in getenv(name).map { String(cString: $0) } },
        files: FileAccess = .live
    ) {
        self.explicitPath = explicitPath
        self.programFolder = programFolder
        self.environment = environment
        self.files = files
    }

    /// Every place in its order, whether or not there is something.
    package func places(for library: LibraryName) -> [Place] {
        var places: [Place] = []
        if let explicitPath {
            places.append(place("--driver-path", explicitPath, library))
            // A folder may hold one library of several; a file was meant as it was typed.
            if files.kind(explicitPath) != .folder { return places }
        }
        for path in list("LEEWAY_DRIVER_PATH") { places.append(place("LEEWAY_DRIVER_PATH", path, library)) }
        for folder in manifestFolders {
            let manifest = join(folder, library.name + ".toml")
            let shared = files.text(manifest).flatMap { DriverManifest.sharedLibrary(in: $0) }
            places.append(Place(origin: "manifest", path: shared.map { join(folder, $0) } ?? manifest))
        }
        if let programFolder {
            places.append(Place(origin: "beside the program", path: programFolder + "/../lib/leeway/" + library.file))
        }
        return places + [Place(origin: "the system's loader", path: library.file)]
    }

    /// Whether the place has a library to try; the system's loader is always tried.
    func isCandidate(_ place: Place) -> Bool {
        !place.path.contains("/") || (files.kind(place.path) == .file && !place.path.hasSuffix(".toml"))
    }

    /// The folder of the running program, links resolved, or nil where the system does not tell.
    package static var liveProgramFolder: String? {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: 4096) { buffer in
            guard let start = buffer.baseAddress, cadbc_program_path(start, buffer.count) else { return nil }
            let path = String(cString: start)
            return path.lastIndex(of: "/").map { String(path[..<$0]) }
        }
    }

    private var manifestFolders: [String] {
        list("ADBC_DRIVER_PATH") + (environment("HOME").map { [$0 + "/.config/adbc/drivers"] } ?? [])
            + ["/etc/adbc/drivers"]
    }

    private func list(_ variable: String) -> [String] {
        environment(variable)?.split(separator: ":").map(String.init) ?? []
    }

    /// A path that is no folder counts as the library itself, so that a mistyped file is reported as typed.
    private func place(_ origin: String, _ path: String, _ library: LibraryName) -> Place {
        let isFolder = files.kind(path) == .folder || path.hasSuffix("/")
        let path = isFolder ? join(path, library.file) : path
        // The loader takes a name without a slash for a library of the system.
        return Place(origin: origin, path: path.contains("/") ? path : "./" + path)
    }

    private func join(_ folder: String, _ name: String) -> String {
        name.hasPrefix("/") ? name : folder.hasSuffix("/") ? folder + name : folder + "/" + name
    }
}
