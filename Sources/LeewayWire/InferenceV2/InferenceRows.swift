import LeewayCore
import LeewayValidate

/// Tensors into rows.
enum InferenceRows {
    /// Gives the elements of all tensors to a contract, row by row.
    ///
    /// - Precondition: there is a tensor.
    /// - Throws: `malformedRequest`.
    static func read(
        _ tensors: [InferenceTensor], _ contract: Contract, _ body: UnsafeBufferPointer<UInt8>
    ) throws(LeewayError) -> ContractRows {
        if tensors.count == 1, isMatrix(tensors[0], contract) { return try readMatrix(tensors[0], contract, body) }
        let rowCount = tensors[0].shape.rowCount
        for tensor in tensors {
            guard tensor.shape.columnCount == 1 else {
                throw malformed(tensor, "among several inputs each is one column, and shape \(tensor.shape) is not")
            }
            guard tensor.shape.rowCount == rowCount else {
                throw malformed(
                    tensor,
                    "it has \(TensorFailure.words(tensor.shape.rowCount, "row")), and input "
                        + "'\(tensors[0].name.prefix(100))' has \(rowCount)")
            }
        }
        var columns = try NamedColumns(tensors.map(\.name), contract, called: "Input")
        var reader = ContractReader(contract)
        reader.reserve(rowCount)
        for row in 0..<rowCount {
            columns.beginRow(&reader)
            for column in tensors.indices {
                guard let place = columns.places[column], reader.begin(place) else { continue }
                tensors[column].elements.give(row, to: place, of: &reader, body, isUntyped: false)
            }
            reader.endRow()
        }
        return reader.rows
    }

    /// Whether an input that is alone holds all fields, not one.
    private static func isMatrix(_ tensor: InferenceTensor, _ contract: Contract) -> Bool {
        if tensor.shape.columnCount > 1 { return true }
        var name = tensor.name
        let isField = name.withUTF8 { contract.names.find($0) != nil }
        // A single dimension under a name that is not known is a slip of the pen, unless there is only one field.
        return !isField && (tensor.shape.rank == 2 || contract.fields.count == 1)
    }

    private static func readMatrix(
        _ tensor: InferenceTensor, _ contract: Contract, _ body: UnsafeBufferPointer<UInt8>
    ) throws(LeewayError) -> ContractRows {
        let (width, fields) = (tensor.shape.columnCount, contract.fields)
        guard width <= fields.count, !fields[width...].contains(where: \.isRequired) else {
            let least = (fields.lastIndex { $0.isRequired } ?? -1) + 1
            throw malformed(
                tensor,
                "it has \(TensorFailure.words(width, "column")), and the model has "
                    + TensorFailure.words(fields.count, "field")
                    + (least < fields.count ? ", the first \(least) of which are needed" : ""))
        }
        let kind = tensor.elements.type.kind
        let stranger = fields.first { field in
            switch kind {
            case .number: field.isRequired && !field.type.isNumeric
            case .boolean: field.isRequired && field.type != .boolean
            case .text: false
            }
        }
        if let stranger {
            throw malformed(
                tensor,
                "a matrix of \(kind == .number ? "numbers" : "truth values") can't hold the field "
                    + "'\(stranger.name)', which is \(stranger.expectation)",
                hint: "Send one input a column, or a matrix of BYTES.")
        }
        var reader = ContractReader(contract)
        reader.reserve(tensor.shape.rowCount)
        for row in 0..<tensor.shape.rowCount {
            reader.beginRow()
            for place in 0..<width where reader.begin(place) {
                tensor.elements.give(row * width + place, to: place, of: &reader, body, isUntyped: true)
            }
            reader.endRow()
        }
        return reader.rows
    }

    private static func malformed(_ tensor: InferenceTensor, _ what: String, hint: String? = nil) -> LeewayError {
        LeewayError(.malformedRequest, "Input '\(tensor.name.prefix(100))': \(what).", hint: hint)
    }
}
