/// Who watches a run: told when a stage begins and when it ends.
package protocol RunObserver: Sendable {
    /// A stage begins.
    func began(_ stage: String)
    /// A stage ended, with what it did in a few words.
    func ended(_ stage: String, _ summary: String, seconds: Double)
    /// Something that the user should know, though it stops nothing.
    func warn(_ message: String)
}
