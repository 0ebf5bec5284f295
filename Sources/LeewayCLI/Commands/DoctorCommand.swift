import ArgumentParser
import LeewayCore
import LeewayEngine
import LeewayStore
import LeewayWorkflow

struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Say what this machine has and what is missing.",
        discussion: "Ends with exit code 1 when something is missing that Leeway needs.")

    @OptionGroup var engineOptions: EngineOptions
    @OptionGroup var output: OutputOptions

    private struct Finding: Encodable {
        let name: String
        let isFine: Bool
        let detail: String
        let remedy: String?

        enum CodingKeys: String, CodingKey {
            case name
            case isFine = "ok"
            case detail
            case remedy
        }
    }

    func run() async throws {
        let findings = [
            Finding(name: "leeway", isFine: true, detail: LeewayVersion.current, remedy: nil),
            await duckDB(), sqlite(), cores(), memory(), disk(),
        ]
        if output.json {
            Terminal.standardOutput.write(String(decoding: try ArtifactCoding.encode(findings), as: UTF8.self))
        } else {
            let style = output.style
            var table = TextTable([.left, .left, .left])
            for finding in findings { table.add([finding.isFine ? "✓" : "✗", finding.name, finding.detail]) }
            Terminal.standardOutput.write(
                table.lines(indent: "") { row, column, cell in
                    column == 0 ? (findings[row].isFine ? style.good(cell) : style.bad(cell)) : cell
                })
            for finding in findings {
                if let remedy = finding.remedy { Terminal.standardOutput.write("\n\(finding.name): \(remedy)\n") }
            }
        }
        if findings.contains(where: { !$0.isFine }) { throw ExitStatus.failed }
    }

    /// Loads DuckDB and asks it something: a library that is there but does not answer is missing.
    private func duckDB() async -> Finding {
        do {
            let session = try DuckDBSession(search: LibrarySearch(explicitPath: engineOptions.driverPath))
            try await session.execute("SELECT 42")
            return Finding(
                name: "DuckDB", isFine: true, detail: "\(session.version), \(session.libraryPath)", remedy: nil)
        } catch let error as LeewayError {
            return Finding(name: "DuckDB", isFine: false, detail: error.message, remedy: error.hint)
        } catch {
            return Finding(name: "DuckDB", isFine: false, detail: "\(error)", remedy: nil)
        }
    }

    private func sqlite() -> Finding {
        Finding(name: "SQLite", isFine: true, detail: Registry.libraryDescription, remedy: nil)
    }

    private func cores() -> Finding {
        Finding(name: "cores", isFine: true, detail: "\(Machine.coreCount)", remedy: nil)
    }

    private func memory() -> Finding {
        let isEnough = Machine.memory >= 1_000_000_000
        return Finding(
            name: "memory", isFine: isEnough, detail: NumberFormat.bytes(Machine.memory),
            remedy: isEnough ? nil : "less than 1 GB; set engine.memory_limit in leeway.yaml.")
    }

    private func disk() -> Finding {
        guard let free = Machine.freeDisk(at: ".") else {
            return Finding(name: "disk", isFine: false, detail: "unknown", remedy: "this folder can't be looked at.")
        }
        let isEnough = free >= 500_000_000
        return Finding(
            name: "disk", isFine: isEnough, detail: "\(NumberFormat.bytes(free)) free here",
            remedy: isEnough ? nil : "less than 500 MB are free here; runs and spilled queries need room.")
    }
}
