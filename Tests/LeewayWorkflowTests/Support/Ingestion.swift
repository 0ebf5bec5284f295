import LeewayCore
import LeewayEngine
import LeewayStore
import LeewayTestSupport

@testable import LeewayWorkflow

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A project folder of one test with DuckDB beside it.
///
/// DuckDB is found by `LEEWAY_DRIVER_PATH`, else in the folder `.native/lib` of the source tree.
struct Ingestion {
    let folder: TemporaryFolder
    let engine: DuckDBSession

    init() throws {
        folder = try TemporaryFolder()
        let isGiven = ProcessInfo.processInfo.environment["LEEWAY_DRIVER_PATH"] != nil
        let search = isGiven ? LibrarySearch() : LibrarySearch(explicitPath: Self.nativeFolder)
        engine = try DuckDBSession(search: search, threads: 2, tempDirectory: folder / "spill")
    }

    func write(_ text: String, _ name: String) throws { try FileSystem.write(Array(text.utf8), to: folder / name) }

    /// Makes a Parquet file of a query.
    func writeParquet(_ query: String, _ name: String) async throws {
        try await engine.execute("COPY (\(query)) TO \((folder / name).sqlLiteral) (FORMAT parquet)")
    }

    func context(_ yaml: String) throws -> RunContext {
        RunContext(
            configuration: try configuration(yaml), project: Project(folder: folder.path), engine: engine, folder: nil,
            threads: 2)
    }

    /// Ingests what a configuration names.
    func run(_ yaml: String) async throws -> IngestedData {
        let context = try context(yaml)
        return try await Ingest().run(context.configuration.source, in: context)
    }

    /// The error of ingesting what a configuration names, with the folder's path taken out.
    func refusal(_ yaml: String) async -> String {
        do {
            _ = try await run(yaml)
            return "nothing was refused"
        } catch {
            return "\(error)".replacing(folder.path + "/", with: "")
        }
    }

    private static var nativeFolder: String? {
        var folder = #filePath[...]
        while let slash = folder.lastIndex(of: "/") {
            folder = folder[..<slash]
            if case .folder? = FileSystem.kind(of: folder + "/.native/lib") { return folder + "/.native/lib" }
        }
        return nil
    }
}

extension IngestedData {
    /// The columns' names and types, such as `age:integer`.
    var shape: [String] { columns.map { "\($0.name):\($0.type.rawValue)" } }

    /// The texts of a column that is held as categories.
    func texts(_ name: String) throws -> [String?] {
        let values = try dataset.categorical(name)
        return values.codes.indices.map { values[$0] }
    }
}
