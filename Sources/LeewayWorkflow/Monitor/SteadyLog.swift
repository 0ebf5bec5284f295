import LeewayCore

/// Reads a log to which servers write meanwhile.
enum SteadyLog {
    /// Reads again where it failed, a few times: servers seal and compact, and a file that was there may have another name by now.
    ///
    /// - Throws: what the last try throws; `interrupted` at once.
    static func read<Result: Sendable>(_ body: () async throws -> Result) async throws -> Result {
        for _ in 0..<4 {
            do {
                return try await body()
            } catch let error as LeewayError where error.code != .interrupted {
                try await Task.sleep(for: .milliseconds(50))
            }
        }
        return try await body()
    }
}
