import LeewayCore

/// What a body has behind its JSON: the binary tensors, one after the other.
struct BinaryTail: Sendable {
    /// Whether the request told where the JSON ends.
    let isAnnounced: Bool
    /// Where the next tensor begins.
    private var offset: Int
    private let end: Int

    /// - Throws: `malformedRequest` where the JSON would be longer than the body.
    init(of body: UnsafeBufferPointer<UInt8>, jsonLength: Int?) throws(LeewayError) {
        if let jsonLength, !(0...body.count).contains(jsonLength) {
            throw LeewayError(
                .malformedRequest,
                "Inference-Header-Content-Length is \(jsonLength), and the body has "
                    + "\(TensorFailure.words(body.count, "byte")).")
        }
        isAnnounced = jsonLength != nil
        (offset, end) = (jsonLength ?? body.count, body.count)
    }

    /// How many bytes are left.
    var rest: Int { end - offset }

    /// The place of the next bytes.
    mutating func take(_ size: Int) throws(TensorFailure) -> Range<Int> {
        guard isAnnounced else {
            throw TensorFailure("binary_data_size needs the header Inference-Header-Content-Length")
        }
        guard size <= rest else {
            throw TensorFailure(
                "binary_data_size is \(size), and the body has \(TensorFailure.words(rest, "byte")) left")
        }
        defer { offset += size }
        return offset..<offset + size
    }

    /// Checks that all has been taken.
    func finish() throws(LeewayError) {
        guard rest == 0 else {
            throw LeewayError(
                .malformedRequest, "The body ends with \(TensorFailure.words(rest, "byte")) of no input.")
        }
    }
}
