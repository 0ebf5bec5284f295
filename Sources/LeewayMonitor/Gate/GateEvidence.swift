/// What is known of a challenger beside the champion.
package struct GateEvidence: Sendable {
    /// The rows of one category of a column.
    package struct Slice: Sendable, Equatable {
        /// `sex = Female`.
        package let name: String
        package let scores: PairedScores

        package init(name: String, scores: PairedScores) { (self.name, self.scores) = (name, scores) }
    }

    /// What a row takes, in microseconds.
    package struct Latency: Sendable, Equatable, Codable {
        package let champion: Double
        package let challenger: Double

        package init(champion: Double, challenger: Double) {
            (self.champion, self.challenger) = (champion, challenger)
        }
    }

    /// The rows that tested the champion when it was trained.
    package var oldTest: PairedScores?
    /// The newest rows with labels that neither model was fitted on.
    package var window: PairedScores?
    /// Categories of the window, or of the old test rows where there is no window.
    package var slices: [Slice] = []
    package var latency: Latency?
    /// Why requests that the champion answers would be refused; nil where nobody looked.
    package var contractProblems: [String]?
    /// Why the challenger could not be loaded and asked; nil where nobody tried, empty where it answers.
    package var sandboxProblem: String?
    /// Whether the challenger was loaded and asked apart from everything else.
    package var isSandboxed = false

    package init() {}
}
