/// How a history is replayed.
package struct ReplayOptions: Sendable {
    /// The column that tells when a row was.
    package var time: String
    /// How much of the history trains the first version.
    package var warmUp = Duration.seconds(31 * 86_400)
    /// How long a step is: the monitor looks, and the policy decides, at the end of each.
    package var step = Duration.seconds(86_400)
    /// How late labels come.
    package var labelDelay = Duration.seconds(86_400)

    package init(time: String) { self.time = time }
}
