package import LeewayCore
package import LeewayValidate

/// The JSON body of `POST /invocations`, read: exactly one of four ways to write rows, and parameters.
///
/// - Keys: in any order; those that are not known are passed over, and so are parameters other than `proba`.
/// - Columns that are named once, as in `dataframe_split` and a columnar `inputs`: those that are not sent, or that the
///   contract has not, are reported in the first row only.
/// - Source: the scoring protocol of MLflow 3.17.
package struct MLflowRequest: Sendable {
    package let rows: ContractRows
    /// Whether the answer is to tell probabilities and names, not the labels alone: `"params": {"proba": true}`.
    package let wantsProbabilities: Bool

    /// The ways to write rows.
    enum Form: String, CaseIterable {
        /// `{"columns": […], "data": [[…], …]}`.
        case split = "dataframe_split"
        /// `[{…}, …]`.
        case records = "dataframe_records"
        /// `[[…], …]` in the fields' order, or `[{…}, …]`.
        case instances
        /// `{"column": […], …}`, or as `instances`.
        case inputs
    }

    /// Reads a body.
    ///
    /// - Throws: `malformedRequest`; `requestTooLarge`.
    package static func read(
        _ body: UnsafeBufferPointer<UInt8>, _ contract: Contract, rowLimit: Int
    ) throws(LeewayError) -> MLflowRequest {
        do {
            var json = JSONReader(body)
            let request = try read(&json, contract, rowLimit)
            try json.finish()
            return request
        } catch let failure as JSONFailure {
            throw LeewayError(failure)
        } catch let error as LeewayError {
            throw error
        } catch {
            preconditionFailure("No other error is thrown here.")
        }
    }

    private static func read(
        _ json: inout JSONReader, _ contract: Contract, _ rowLimit: Int
    ) throws -> MLflowRequest {
        guard try json.peek() == .object else { throw wrongForm("is no object") }
        var rows: ContractRows?
        var wantsProbabilities = false
        try json.beginObject()
        while let key = try json.nextKey() {
            let name = json.string(key)
            if let form = Form(rawValue: name) {
                guard rows == nil else { throw wrongForm("has more than one") }
                var reader = ContractReader(contract)
                try read(form, &json, into: &reader, rowLimit)
                rows = reader.rows
            } else if name == "params" {
                wantsProbabilities = try readParameters(&json)
            } else {
                try json.skipValue()
            }
        }
        guard let rows else { throw wrongForm("has none") }
        return MLflowRequest(rows: rows, wantsProbabilities: wantsProbabilities)
    }

    private static func read(
        _ form: Form, _ json: inout JSONReader, into reader: inout ContractReader, _ rowLimit: Int
    ) throws {
        let kind = try json.peek()
        switch (form, kind) {
        case (.split, .object): try MLflowTables.readSplit(&json, into: &reader, rowLimit)
        case (.records, .array): try JSONRows.readArray(&json, into: &reader, rowLimit)
        case (.inputs, .object): try MLflowTables.readColumns(&json, into: &reader, rowLimit)
        case (.instances, .array), (.inputs, .array): try MLflowTables.readLists(&json, into: &reader, rowLimit)
        case (.split, _):
            throw LeewayError(.malformedRequest, "'dataframe_split' must be an object with columns and data.")
        case (.records, _), (.instances, _):
            throw LeewayError(.malformedRequest, "'\(form.rawValue)' must be an array of rows.")
        case (.inputs, _):
            throw LeewayError(.malformedRequest, "'inputs' must be an object of columns, or an array of rows.")
        }
    }

    private static func readParameters(_ json: inout JSONReader) throws -> Bool {
        switch try json.peek() {
        case .null:
            try json.readNull()
            return false
        case .object: break
        default: throw LeewayError(.malformedRequest, "'params' must be an object.")
        }
        var wantsProbabilities = false
        try json.beginObject()
        while let key = try json.nextKey() {
            guard json.string(key) == "proba" else {
                try json.skipValue()
                continue
            }
            guard try json.peek() == .boolean else {
                throw LeewayError(.malformedRequest, "The parameter 'proba' must be true or false.")
            }
            wantsProbabilities = try json.readBoolean()
        }
        return wantsProbabilities
    }

    private static func wrongForm(_ what: String) -> LeewayError {
        LeewayError(
            .malformedRequest,
            "The body must be an object with exactly one of dataframe_split, dataframe_records, instances and inputs, "
                + "and it \(what).")
    }
}
