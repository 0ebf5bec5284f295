import Testing

/// Expects a failure: its exit code, exactly this on stderr (`RUN` for the name of a run), nothing on stdout.
///
/// No cell's value may stand in it.
func expectFailure(
    _ ending: Program.Ending, _ status: Int32, _ errors: String, sourceLocation: SourceLocation = #_sourceLocation
) {
    #expect(ending.status == status, sourceLocation: sourceLocation)
    #expect(ending.generalErrors == errors + "\n", sourceLocation: sourceLocation)
    #expect(ending.output == "", sourceLocation: sourceLocation)
    #expect(
        !ending.errors.contains(Tables.secret), "A cell's value stands in an error.", sourceLocation: sourceLocation)
}

/// Expects numbers that differ by no more than the tolerance.
func expectClose(
    _ found: Double, _ expected: Double, within tolerance: Double, _ what: String = "",
    sourceLocation: SourceLocation = #_sourceLocation
) {
    #expect(abs(found - expected) <= tolerance, "\(what): \(found), not \(expected)", sourceLocation: sourceLocation)
}
