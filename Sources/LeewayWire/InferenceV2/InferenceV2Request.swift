package import LeewayCore
package import LeewayValidate

/// The body of `POST /v2/models/{model}/infer`, read.
///
/// The rows come in one of two ways:
/// - one tensor a column, named like it, of shape [n] or [n,1], in any order;
/// - one matrix of shape [n,d] whose columns are the contract's fields in their order: of numbers, if every required
///   field is a number, or of BYTES, each of which then stands for a value of the field's type, as in CSV. Fields at the
///   end may be left out if they are not required.
///
/// Every value is held to the contract.
///
/// - Missing: NaN, and `null` in JSON.
/// - Numbers: those in JSON are taken as they are written, whatever the datatype's precision. A whole number that no
///   double is equal to breaks the contract's type.
/// - Columns that are not sent, or that the contract has not, are reported in the first row only.
/// - Source: Open Inference Protocol V2 (REST) with the binary tensor data extension.
package struct InferenceV2Request: Sendable {
    package let rows: ContractRows
    /// What the client names the request, to be told again.
    package let id: String?
    /// The outputs that are asked for, in that order; all, where none was named.
    package let outputs: [InferenceOutput]

    /// Reads a body; `jsonLength` is the header `Inference-Header-Content-Length`, if there is one.
    ///
    /// - Throws: `malformedRequest` with the input or the byte; `requestTooLarge`.
    package static func read(
        _ body: UnsafeBufferPointer<UInt8>, jsonLength: Int?, _ contract: Contract, rowLimit: Int
    ) throws(LeewayError) -> InferenceV2Request {
        var tail = try BinaryTail(of: body, jsonLength: jsonLength)
        var draft = Draft()
        do {
            var json = JSONReader(UnsafeBufferPointer(rebasing: body[..<(jsonLength ?? body.count)]))
            try draft.read(&json, &tail, body, rowLimit)
            try json.finish()
        } catch let failure as JSONFailure {
            throw LeewayError(failure)
        } catch let failure as TensorFailure {
            throw LeewayError(.malformedRequest, "The request can't be read: \(failure.message).")
        } catch let error as LeewayError {
            throw error
        } catch {
            preconditionFailure("No other error is thrown here.")
        }
        guard let tensors = draft.tensors, !tensors.isEmpty else {
            throw LeewayError(
                .malformedRequest, "The request has no inputs.",
                hint: "Send {\"inputs\": [{\"name\", \"shape\", \"datatype\", \"data\"}, …]}.")
        }
        try tail.finish()
        return InferenceV2Request(
            rows: try InferenceRows.read(tensors, contract, body), id: draft.id, outputs: draft.outputs)
    }

    /// What is known of a request while its object is read.
    private struct Draft {
        var id: String?
        var tensors: [InferenceTensor]?
        private var wishes: [InferenceOutput.Wish]?
        private var isBinary: Bool?

        var outputs: [InferenceOutput] {
            guard let wishes, !wishes.isEmpty else {
                return InferenceOutput.Name.allCases.map { InferenceOutput($0, isBinary: isBinary ?? false) }
            }
            return wishes.map { InferenceOutput($0.name, isBinary: $0.isBinary ?? isBinary ?? false) }
        }

        mutating func read(
            _ json: inout JSONReader, _ tail: inout BinaryTail, _ body: UnsafeBufferPointer<UInt8>, _ rowLimit: Int
        ) throws {
            guard try json.peek() == .object else {
                throw JSONFailure("an object with the inputs is expected", at: json.position)
            }
            try json.beginObject()
            while let key = try json.nextKey() {
                switch json.string(key) {
                case "id":
                    guard try json.peek() != .null else {
                        try json.readNull()
                        continue
                    }
                    guard id == nil else { throw TensorFailure("'id' stands twice") }
                    guard try json.peek() == .string else { throw TensorFailure("'id' must be a text") }
                    id = json.string(try json.readText())
                case "inputs":
                    guard tensors == nil else { throw TensorFailure("'inputs' stands twice") }
                    guard try json.peek() == .array else { throw TensorFailure("'inputs' must be an array") }
                    var read: [InferenceTensor] = []
                    try json.beginArray()
                    while try json.nextElement() {
                        read.append(
                            try InferenceTensor.read(&json, number: read.count, &tail, body, rowLimit: rowLimit))
                    }
                    tensors = read
                case "outputs":
                    guard wishes == nil else { throw TensorFailure("'outputs' stands twice") }
                    wishes = try InferenceOutput.readWishes(&json)
                case "parameters":
                    try json.readParameters { key, json in
                        guard key == "binary_data_output" else { return try json.skipValue() }
                        isBinary = try json.readSwitch(key)
                    }
                default: try json.skipValue()
                }
            }
        }
    }
}
