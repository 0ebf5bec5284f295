import LeewayCore

/// Runs stages, tells the observer, and keeps what each took.
struct StageClock {
    let seconds: @Sendable () -> Double
    let observer: any RunObserver
    private(set) var timings: [RunManifest.StageTiming] = []

    init(seconds: @escaping @Sendable () -> Double, observer: any RunObserver) {
        (self.seconds, self.observer) = (seconds, observer)
    }

    mutating func time<S: Stage>(
        _ stage: S, _ input: S.Input, _ context: RunContext, summary: (S.Output) -> String
    ) async throws -> S.Output {
        try Task.checkCancellation()
        observer.began(S.name)
        let start = seconds()
        let output = try await stage.run(input, in: context)
        let taken = seconds() - start
        timings.append(.init(name: S.name, seconds: taken))
        observer.ended(S.name, summary(output), seconds: taken)
        return output
    }
}
