import LeewayCore
import LeewayWorkflow
import Testing

/// The configuration of a text, under the file name `leeway.yaml`.
func configuration(_ text: String) throws -> ProjectConfiguration {
    try ConfigurationReader.parse(text, file: "leeway.yaml")
}

/// The configuration of a text that names a source and a target already.
func configuration(with text: String) throws -> ProjectConfiguration {
    try configuration("source: data.csv\ntarget: y\n" + text)
}

/// Expects that a text is refused with exactly this message and hint.
func expectRefusal(
    _ text: String, _ message: String, hint: String? = nil, sourceLocation: SourceLocation = #_sourceLocation
) {
    let error = #expect(throws: LeewayError.self, sourceLocation: sourceLocation) { try configuration(text) }
    #expect(error?.code == .invalidConfiguration, sourceLocation: sourceLocation)
    #expect(error?.message == "leeway.yaml" + message, sourceLocation: sourceLocation)
    #expect(error?.hint == hint, sourceLocation: sourceLocation)
}

/// The same for a text that stands below a source and a target: its first line is line 3.
func expectRefusal(
    with text: String, _ message: String, hint: String? = nil, sourceLocation: SourceLocation = #_sourceLocation
) {
    expectRefusal("source: data.csv\ntarget: y\n" + text, message, hint: hint, sourceLocation: sourceLocation)
}
