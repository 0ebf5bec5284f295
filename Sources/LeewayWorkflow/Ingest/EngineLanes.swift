import LeewayEngine
import LeewayStore

/// One session of the engine, or two beside each other: for small files, on which a session has work for one thread only.
struct EngineLanes: Sendable {
    private let sessions: [any Engine]
    private let sizes: [Int]

    /// Two lanes for several files that are small together, else one.
    init(for files: [SourceFile], on engine: any Engine) throws {
        sizes = files.map { EngineSizing.bytes(of: $0) }
        let isSmall = files.count > 1 && sizes.reduce(0, +) < EngineSizing.smallSource
        sessions = isSmall ? [engine, try engine.second()] : [engine]
    }

    /// Does work on each element, as many at a time as there are lanes; the results come in the elements' order.
    func map<Element: Sendable, Result: Sendable>(
        _ elements: [Element], _ work: @escaping @Sendable (Element, any Engine) async throws -> Result
    ) async throws -> [Result] {
        try await withThrowingTaskGroup(of: [(Int, Result)].self) { group in
            for (lane, session) in sessions.enumerated() {
                let places = stride(from: lane, to: elements.count, by: sessions.count)
                group.addTask {
                    var results: [(Int, Result)] = []
                    for place in places { results.append((place, try await work(elements[place], session))) }
                    return results
                }
            }
            var all: [(Int, Result)] = []
            for try await results in group { all += results }
            return all.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }

    /// Cuts what belongs to the files, one each, into as many parts as there are lanes, of about the same number of bytes.
    func parts<Element>(of elements: [Element]) -> [[Element]] {
        guard sessions.count > 1 else { return [elements] }
        let half = sizes.reduce(0, +) / 2
        var (cut, bytes) = (1, sizes[0])
        while cut < elements.count - 1, bytes + sizes[cut] / 2 < half {
            bytes += sizes[cut]
            cut += 1
        }
        return [Array(elements[..<cut]), Array(elements[cut...])]
    }
}
