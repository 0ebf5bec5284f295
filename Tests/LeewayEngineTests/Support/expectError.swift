import LeewayCore
import Testing

/// Expects a body to fail with an error of the given code, and gives it for further questions.
@discardableResult
func expectError(
    _ code: LeewayError.Code, sourceLocation: SourceLocation = #_sourceLocation, _ body: () async throws -> Void
) async -> LeewayError? {
    do {
        try await body()
        Issue.record("Nothing was thrown where \(code) was expected.", sourceLocation: sourceLocation)
    } catch let error as LeewayError {
        #expect(error.code == code, "\(error)", sourceLocation: sourceLocation)
        return error
    } catch {
        Issue.record("\(error) was thrown where \(code) was expected.", sourceLocation: sourceLocation)
    }
    return nil
}
