package import LeewayCore

extension LeewayError.Code {
    /// The body of a request can't be read.
    package static let malformedRequest = Self("malformed_request")
    /// The body is of a kind that is not read.
    package static let unsupportedMediaType = Self("unsupported_media_type")
    /// There are more rows or bytes than the server takes at once.
    package static let requestTooLarge = Self("request_too_large")
    /// The rows do not keep to the contract.
    package static let contractViolated = Self("contract_violated")
}

extension LeewayError {
    /// The error of a body that is no JSON, or not the JSON that is expected.
    package init(_ failure: JSONFailure, hint: String? = nil) {
        self.init(
            .malformedRequest, "The body can't be read at byte \(failure.offset): \(failure.message).", hint: hint)
    }

    /// The error of a body with more rows than are taken at once.
    package static func tooManyRows(_ limit: Int) -> LeewayError {
        LeewayError(
            .requestTooLarge, "The body has more than \(limit) rows.",
            hint: "Send them in several requests, or raise serving.limits.rows.")
    }
}
