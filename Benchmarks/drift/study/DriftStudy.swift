import LeewayCore
import LeewayStore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Leeway's part of the drift study; `Benchmarks/drift/run` calls it, and the peers beside it.
///
///     drift-study windows REPETITIONS SEED OUT [EXPORT_FOLDER EXPORT_REPETITIONS]
///     drift-study streams REPETITIONS SEED OUT [EXPORT_FOLDER EXPORT_REPETITIONS]
///     drift-study errors OUT FOLDER …
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
        case "windows" where arguments.count >= 4:
            guard let repetitions = Int(arguments[1]), let seed = UInt64(arguments[2]) else { return usage() }
            var study = QuietWindows(repetitions: repetitions, seed: seed)
            study.export = export(arguments)
            try keep(try study.run(progress: progress), arguments[3])
        case "streams" where arguments.count >= 4:
            guard let repetitions = Int(arguments[1]), let seed = UInt64(arguments[2]) else { return usage() }
            var study = ChangedStreams(repetitions: repetitions, seed: seed)
            study.export = export(arguments)
            try keep(try study.run(progress: progress), arguments[3])
        case "errors" where arguments.count >= 3:
            try keep(try arguments.dropFirst(2).map { try ErrorStreams(folder: $0).run() }, arguments[1])
        default: usage()
        }
    }

    private static func export(_ arguments: [String]) -> (folder: String, repetitions: Int)? {
        guard arguments.count == 6, let count = Int(arguments[5]) else { return nil }
        return (arguments[4], count)
    }

    private static func keep(_ result: some Encodable, _ path: String) throws {
        try FileSystem.writeAtomically(try ArtifactCoding.encode(result), to: path)
        write("\n", to: 2)
    }

    private static func progress(_ text: String) { write("\r\(text)   ", to: 2) }

    private static func usage() {
        write("usage: drift-study windows | streams REPETITIONS SEED OUT [EXPORT_FOLDER EXPORT_REPETITIONS]\n", to: 2)
        write("       drift-study errors OUT FOLDER …\n", to: 2)
        exit(2)
    }

    private static func write(_ text: String, to descriptor: Int32) {
        text.withCString { _ = unistd_write(descriptor, $0, strlen($0)) }
    }

    private static func unistd_write(_ descriptor: Int32, _ bytes: UnsafePointer<CChar>, _ count: Int) -> Int {
        #if canImport(Glibc)
            Glibc.write(descriptor, bytes, count)
        #else
            Darwin.write(descriptor, bytes, count)
        #endif
    }
}
