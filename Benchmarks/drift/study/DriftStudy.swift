import LeewayCore
import LeewayStore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Leeway's part of the drift study; `Benchmarks/drift/run` calls it, and the peers beside it.
///
///     drift-study windows REFERENCE_ROWS REPETITIONS SEED OUT [EXPORT_FOLDER EXPORT_REPETITIONS]
///     drift-study streams REPETITIONS SEED OUT [EXPORT_FOLDER EXPORT_REPETITIONS]
///     drift-study errors OUT FOLDER …
///     drift-study scale OUT [METHOD:DISTANCE …]
///     drift-study performance OUT FOLDER CHUNK_ROWS …
@main struct DriftStudy {
    static func main() {
        do {
            try run(Array(CommandLine.arguments.dropFirst()))
        } catch {
            write("error: \(error)\n", to: 2)
            exit(1)
        }
    }

    private static func run(_ arguments: [String]) throws {
        switch arguments.first {
        case "windows" where arguments.count >= 5:
            guard let rows = Int(arguments[1]), let repetitions = Int(arguments[2]), let seed = UInt64(arguments[3])
            else { return usage() }
            var study = QuietWindows(referenceRows: rows, repetitions: repetitions, seed: seed)
            study.export = export(arguments.dropFirst(5))
            try keep(try study.run(progress: progress), arguments[4])
        case "streams" where arguments.count >= 4:
            guard let repetitions = Int(arguments[1]), let seed = UInt64(arguments[2]) else { return usage() }
            var study = ChangedStreams(repetitions: repetitions, seed: seed)
            study.export = export(arguments.dropFirst(4))
            try keep(try study.run(progress: progress), arguments[3])
        case "errors" where arguments.count >= 3:
            try keep(try arguments.dropFirst(2).map { try ErrorStreams(folder: $0).run() }, arguments[1])
        case "scale" where arguments.count >= 2:
            guard let table = ShiftTable(arguments.dropFirst(2)) else { return usage() }
            try keep(table, arguments[1])
        case "performance" where arguments.count >= 4:
            let sizes = arguments.dropFirst(3).compactMap { Int($0) }.filter { $0 > 0 }
            guard sizes.count == arguments.count - 3 else { return usage() }
            try keep(try EstimatedPerformance(folder: arguments[2], sizes: sizes, progress: progress), arguments[1])
        default: usage()
        }
    }

    private static func export(_ arguments: ArraySlice<String>) -> (folder: String, repetitions: Int)? {
        guard arguments.count == 2, let folder = arguments.first, let count = arguments.last.flatMap({ Int($0) }) else {
            return nil
        }
        return (folder, count)
    }

    private static func keep(_ result: some Encodable, _ path: String) throws {
        try FileSystem.writeAtomically(try ArtifactCoding.encode(result), to: path)
        write("\n", to: 2)
    }

    private static func progress(_ text: String) { write("\r\(text)   ", to: 2) }

    private static func usage() {
        write(
            "usage: drift-study windows REFERENCE_ROWS REPETITIONS SEED OUT [EXPORT_FOLDER EXPORT_REPETITIONS]\n", to: 2
        )
        write("       drift-study streams REPETITIONS SEED OUT [EXPORT_FOLDER EXPORT_REPETITIONS]\n", to: 2)
        write("       drift-study errors OUT FOLDER …\n", to: 2)
        write("       drift-study scale OUT [METHOD:DISTANCE …]\n", to: 2)
        write("       drift-study performance OUT FOLDER CHUNK_ROWS …\n", to: 2)
        exit(2)
    }

    private static func write(_ text: String, to descriptor: Int32) {
        text.withCString { _ = put(descriptor, $0, strlen($0)) }
    }

    private static func put(_ descriptor: Int32, _ bytes: UnsafePointer<CChar>, _ count: Int) -> Int {
        #if canImport(Glibc)
            Glibc.write(descriptor, bytes, count)
        #else
            Darwin.write(descriptor, bytes, count)
        #endif
    }
}
