/// One step of a run: typed in, typed out.
///
/// What it leaves on disk goes through the context.
package protocol Stage<Input, Output>: Sendable {
    associatedtype Input: Sendable
    associatedtype Output: Sendable

    /// The name in progress lines, in `run.json` and in errors.
    static var name: String { get }

    /// Does the step.
    func run(_ input: Input, in context: RunContext) async throws -> Output
}
