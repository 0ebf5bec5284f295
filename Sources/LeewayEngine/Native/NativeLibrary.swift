import CADBC
package import LeewayCore

/// A library of the system's loader, open until the program ends: its threads may outlive any owner.
package final class NativeLibrary: @unchecked Sendable {  // The handle is never written to and never closed.
    /// What it was looked for as.
    package let name: LibraryName
    /// The place that had it.
    package let place: LibrarySearch.Place
    private let handle: UnsafeMutableRawPointer

    /// Opens the first library that the search comes upon.
    ///
    /// A file that is there but can't be loaded ends the search: to use another one silently would hide the mistake.
    /// - Throws: `missingLibrary`.
    package init(_ name: LibraryName, search: LibrarySearch) throws(LeewayError) {
        let places = search.places(for: name)
        for place in places where search.isCandidate(place) {
            let (handle, reason) = Self.open(place.path)
            if let handle {
                (self.name, self.place, self.handle) = (name, place, handle)
                return
            }
            // The system's loader says the same whether a library is missing or damaged.
            guard place.path.contains("/") else { continue }
            throw LeewayError(
                .missingLibrary, "The library '\(place.path)' (\(place.origin)) can't be loaded: \(reason).",
                hint: Self.remedy(name))
        }
        let looked = places.map { $0.path == name.file ? $0.origin : "\($0.path) (\($0.origin))" }
        throw LeewayError(
            .missingLibrary, "The library '\(name.file)' is missing; looked in \(looked.joined(separator: ", ")).",
            hint: Self.remedy(name))
    }

    /// The address of a symbol.
    ///
    /// - Throws: `missingLibrary` where the library has no such symbol: it is another library than was meant.
    package func symbol(_ symbol: String) throws(LeewayError) -> UnsafeMutableRawPointer {
        guard let address = cadbc_library_symbol(handle, symbol) else {
            throw LeewayError(
                .missingLibrary, "The library '\(place.path)' (\(place.origin)) has no symbol '\(symbol)'.",
                hint: Self.remedy(name))
        }
        return address
    }

    /// The file that the loader took, where it can tell; else the place's path.
    package func path(holding symbol: String) throws(LeewayError) -> String {
        let address = try self.symbol(symbol)
        return withUnsafeTemporaryAllocation(of: CChar.self, capacity: 4096) { buffer in
            guard let start = buffer.baseAddress, cadbc_library_path(address, start, buffer.count) else {
                return place.path
            }
            return String(cString: start)
        }
    }

    private static func remedy(_ name: LibraryName) -> String {
        "Run 'make setup' in the source tree, or set LEEWAY_DRIVER_PATH to the folder that holds \(name.file)."
    }

    private static func open(_ path: String) -> (handle: UnsafeMutableRawPointer?, reason: String) {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: 1024) { error in
            guard let start = error.baseAddress else { return (nil, "no memory") }
            if let handle = cadbc_library_open(path, start, error.count) { return (handle, "") }
            // The loader puts the path in front, which our message has already.
            let text = String(cString: start)
            return (nil, text.hasPrefix(path + ": ") ? String(text.dropFirst(path.count + 2)) : text)
        }
    }
}
