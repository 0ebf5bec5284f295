import LeewayCore
import LeewayMonitor
import LeewayStore
import LeewayTestSupport

@testable import LeewayWorkflow

extension Ingestion {
    /// Simulates from files of the folder into another; changes are option and text.
    @discardableResult
    func simulate(
        _ input: String, to output: String, _ changes: [(String, String)], start: Int = 1, ramp: Int = 1,
        rows: Int? = nil, seed: UInt64 = 42, files: FileOptions = FileOptions()
    ) async throws -> SimulationRun.Outcome {
        var options = SimulationOptions()
        for (option, text) in changes { options.changes[option, default: []].append(text) }
        (options.start, options.ramp, options.rows, options.seed) = (start, ramp, rows, seed)
        let run = try SimulationRun(options, observer: NoObserver(), seconds: { 0 })
        let source = SourceConfiguration(files: [.init(path: folder / input, options: files)])
        return try await run.run(source, to: folder / output, replaces: true, on: engine)
    }

    /// The error of a simulation, with the folder's path taken out.
    func simulationRefusal(_ input: String, to output: String = "out.csv", _ changes: [(String, String)]) async
        -> String
    {
        do {
            try await simulate(input, to: output, changes)
            return "nothing was refused"
        } catch {
            return "\(error)".replacing(folder.path + "/", with: "")
        }
    }

    /// The lines of a text file without its header, each cut at its commas.
    func cells(_ name: String) throws -> [[String]] {
        let text = String(decoding: try FileSystem.read(folder / name), as: UTF8.self)
        return text.split(separator: "\n").dropFirst().map { line in
            line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
    }

    /// One column of a text file.
    func column(_ place: Int, _ name: String) throws -> [String] { try cells(name).map { $0[place] } }

    /// What a query over a Parquet file gives, as texts.
    func parquet(_ select: String, _ name: String) async throws -> [[String]] {
        try await engine.texts("SELECT \(select) FROM read_parquet(\((folder / name).sqlLiteral))")
    }
}
