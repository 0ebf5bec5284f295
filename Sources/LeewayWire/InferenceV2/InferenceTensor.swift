import LeewayCore

/// One input of a request, read.
struct InferenceTensor: Sendable {
    let name: String
    let shape: TensorShape
    let elements: TensorElements

    /// Reads the object of an input, its keys in any order; unknown keys and parameters are passed over.
    ///
    /// Errors call it by its `number`, the place among the inputs, while it has no name.
    ///
    /// - Throws: `malformedRequest` with the input; `requestTooLarge`; `JSONFailure`.
    static func read(
        _ json: inout JSONReader, number: Int, _ tail: inout BinaryTail, _ body: UnsafeBufferPointer<UInt8>,
        rowLimit: Int
    ) throws -> InferenceTensor {
        var draft = Draft(rowLimit: rowLimit, body: body)
        do {
            return try draft.read(&json, &tail)
        } catch let failure as TensorFailure {
            let label = draft.name.map { "'\($0.prefix(100))'" } ?? "\(number)"
            throw LeewayError(.malformedRequest, "Input \(label): \(failure.message).")
        }
    }

    /// What is known of an input while its object is read.
    private struct Draft {
        let rowLimit: Int
        let body: UnsafeBufferPointer<UInt8>
        var name: String?
        private var shape: TensorShape?
        private var type: TensorType?
        private var binarySize: Int?
        private var elements: TensorElements?
        /// Where the data begin, if they came before shape or type.
        private var data: JSONReader?

        init(rowLimit: Int, body: UnsafeBufferPointer<UInt8>) { (self.rowLimit, self.body) = (rowLimit, body) }

        mutating func read(_ json: inout JSONReader, _ tail: inout BinaryTail) throws -> InferenceTensor {
            guard try json.peek() == .object else { throw TensorFailure("an object is expected") }
            try json.beginObject()
            while let key = try json.nextKey() { try readMember(json.string(key), &json) }
            guard let name, !name.isEmpty else { throw TensorFailure("it has no name") }
            guard let shape else { throw TensorFailure("it has no shape") }
            guard let type else { throw TensorFailure("it has no datatype") }
            if var data {
                var elements = TensorElements(type)
                try elements.append(&data, shape, bodyCount: body.count)
                self.elements = elements
            }
            if let binarySize {
                guard self.elements == nil else { throw TensorFailure("it has both data and binary_data_size") }
                var elements = TensorElements(type)
                try elements.append(body, tail.take(binarySize), shape)
                self.elements = elements
            }
            guard let elements else { throw TensorFailure("it has neither data nor binary_data_size") }
            return InferenceTensor(name: name, shape: shape, elements: elements)
        }

        private mutating func readMember(_ key: String, _ json: inout JSONReader) throws {
            switch key {
            case "name":
                guard name == nil else { throw twice(key) }
                guard try json.peek() == .string else { throw TensorFailure("its name must be a text") }
                name = json.string(try json.readText())
            case "shape":
                guard shape == nil else { throw twice(key) }
                let shape = try TensorShape.read(&json)
                guard shape.rowCount <= rowLimit else { throw LeewayError.tooManyRows(rowLimit) }
                self.shape = shape
            case "datatype":
                guard type == nil else { throw twice(key) }
                guard try json.peek() == .string else { throw TensorFailure("its datatype must be a text") }
                guard let known = TensorType(rawValue: json.string(try json.readText())) else {
                    throw TensorFailure(
                        "its datatype is not known: BOOL, INT8 … INT64, UINT8 … UINT64, FP16 … FP64 and BYTES are")
                }
                type = known
            case "data":
                guard elements == nil, data == nil else { throw twice(key) }
                if let type, let shape {
                    var elements = TensorElements(type)
                    try elements.append(&json, shape, bodyCount: body.count)
                    self.elements = elements
                } else {
                    _ = try json.peek()
                    data = json
                    try json.skipValue()
                }
            case "parameters":
                try json.readParameters { key, json in
                    guard key == "binary_data_size" else { return try json.skipValue() }
                    guard binarySize == nil else { throw twice(key) }
                    binarySize = try Self.size(&json)
                }
            default: try json.skipValue()
            }
        }

        private func twice(_ key: String) -> TensorFailure { TensorFailure("'\(key)' stands twice") }

        private static func size(_ json: inout JSONReader) throws -> Int {
            let failure = TensorFailure("binary_data_size must be a whole number of bytes")
            guard try json.peek() == .number else { throw failure }
            let number = try json.readNumber()
            guard number.isWhole, (0..<0x1p53).contains(number.value) else { throw failure }
            return Int(number.value)
        }
    }
}

extension JSONReader {
    /// Reads an object of parameters, or `null`; `body` reads the value of each.
    mutating func readParameters(_ body: (String, inout JSONReader) throws -> Void) throws {
        guard try peek() == .object else { throw TensorFailure("parameters must be an object") }
        try beginObject()
        while let key = try nextKey() { try body(string(key), &self) }
    }

    /// Reads a parameter that is true or false.
    mutating func readSwitch(_ name: String) throws -> Bool {
        guard try peek() == .boolean else { throw TensorFailure("\(name) must be true or false") }
        return try readBoolean()
    }
}
