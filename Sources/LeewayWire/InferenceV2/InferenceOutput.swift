import LeewayCore

/// An output tensor that a request asks for.
package struct InferenceOutput: Sendable, Equatable {
    /// The outputs that every model has.
    package enum Name: String, Sendable, CaseIterable {
        /// The probability of the positive class, FP64.
        case probability
        /// The class, BYTES.
        case label
        /// The name of the prediction in the log, BYTES.
        case predictionID = "prediction_id"

        var type: TensorType { self == .probability ? .fp64 : .bytes }
    }

    package let name: Name
    /// Whether it comes behind the JSON.
    package let isBinary: Bool

    package init(_ name: Name, isBinary: Bool = false) { (self.name, self.isBinary) = (name, isBinary) }

    /// An output as it was asked for: whether it is to be binary may be left to the whole request.
    struct Wish {
        let name: Name
        let isBinary: Bool?
    }

    /// Reads the array of outputs, or `null`; none means all.
    static func readWishes(_ json: inout JSONReader) throws -> [Wish] {
        guard try json.peek() == .array else { throw LeewayError(.malformedRequest, "'outputs' must be an array.") }
        var wishes: [Wish] = []
        try json.beginArray()
        while try json.nextElement() {
            let wish = try readWish(&json, number: wishes.count)
            guard !wishes.contains(where: { $0.name == wish.name }) else {
                throw LeewayError(.malformedRequest, "Output '\(wish.name.rawValue)' is asked for twice.")
            }
            wishes.append(wish)
        }
        return wishes
    }

    private static func readWish(_ json: inout JSONReader, number: Int) throws -> Wish {
        var (name, isBinary): (String?, Bool?) = (nil, nil)
        do {
            guard try json.peek() == .object else { throw TensorFailure("an object is expected") }
            try json.beginObject()
            while let key = try json.nextKey() {
                switch json.string(key) {
                case "name":
                    guard name == nil else { throw TensorFailure("'name' stands twice") }
                    guard try json.peek() == .string else { throw TensorFailure("its name must be a text") }
                    name = json.string(try json.readText())
                case "parameters":
                    try json.readParameters { key, json in
                        guard key == "binary_data" else { return try json.skipValue() }
                        isBinary = try json.readSwitch(key)
                    }
                default: try json.skipValue()
                }
            }
            guard name != nil else { throw TensorFailure("it has no name") }
        } catch let failure as TensorFailure {
            let label = name.map { "'\($0.prefix(100))'" } ?? "\(number)"
            throw LeewayError(.malformedRequest, "Output \(label): \(failure.message).")
        }
        guard let known = name.flatMap(Name.init) else {
            throw LeewayError(
                .malformedRequest, "There is no output '\((name ?? "").prefix(100))'.",
                hint: "Outputs: \(Name.allCases.map(\.rawValue).joined(separator: ", ")).")
        }
        return Wish(name: known, isBinary: isBinary)
    }
}
