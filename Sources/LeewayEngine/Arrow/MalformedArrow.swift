import LeewayCore

extension LeewayError {
    /// An array or a schema that does not keep to the Arrow format; the culprit is the driver that made it.
    static func malformedArrow(_ column: String, _ what: String) -> LeewayError {
        LeewayError(
            .malformedArrow, "Column '\(column)' of the result breaks the Arrow format: \(what).",
            hint: "This is a fault of the engine's driver; another version of it may be sound.")
    }

    /// The same for a result as a whole.
    static func malformedArrow(_ what: String) -> LeewayError {
        LeewayError(
            .malformedArrow, "The result breaks the Arrow format: \(what).",
            hint: "This is a fault of the engine's driver; another version of it may be sound.")
    }
}
