package import LeewayCore
package import LeewayValidate

/// Reads rows from JSON straight into what a contract holds, without a tree in between.
package enum JSONRows {
    /// Reads the body of a prediction: one row as an object, rows as an array of objects, or `{"rows": […]}`.
    ///
    /// - Throws: `malformedRequest` with the byte; `requestTooLarge`.
    package static func readBody(
        _ bytes: UnsafeBufferPointer<UInt8>, _ contract: Contract, rowLimit: Int
    ) throws(LeewayError) -> ContractRows {
        var reader = ContractReader(contract)
        do {
            var json = JSONReader(bytes)
            switch try json.peek() {
            case .array: try readArray(&json, into: &reader, rowLimit)
            case .object: try readObject(&json, into: &reader, rowLimit)
            default: throw JSONFailure("a row as an object, or an array of rows, is expected", at: json.position)
            }
            try json.finish()
        } catch let failure as JSONFailure {
            throw LeewayError(failure)
        } catch let error as LeewayError {
            throw error
        } catch {
            preconditionFailure("No other error is thrown here.")
        }
        return reader.rows
    }

    /// Reads one row of an NDJSON stream: a line that holds an object.
    ///
    /// - Throws: `malformedRequest` with the line and the byte within it.
    package static func readLine(
        _ bytes: UnsafeBufferPointer<UInt8>, number: Int, into reader: inout ContractReader
    ) throws(LeewayError) {
        do throws(JSONFailure) {
            var json = JSONReader(bytes)
            try readRow(&json, into: &reader)
            try json.finish()
        } catch {
            throw LeewayError(
                .malformedRequest,
                "Line \(number) of the body can't be read at byte \(error.offset): \(error.message).")
        }
    }

    /// Reads an array of rows.
    package static func readArray(
        _ json: inout JSONReader, into reader: inout ContractReader, _ rowLimit: Int
    ) throws {
        try json.beginArray()
        while try json.nextElement() {
            if reader.rows.count >= rowLimit { throw LeewayError.tooManyRows(rowLimit) }
            try readRow(&json, into: &reader)
        }
    }

    /// Reads a row, whatever the value is.
    package static func readRow(_ json: inout JSONReader, into reader: inout ContractReader) throws(JSONFailure) {
        guard try json.peek() == .object else {
            reader.malformedRow("an object with the row's fields")
            try json.skipValue()
            return
        }
        try json.beginObject()
        reader.beginRow()
        var expected = 0
        while let key = try json.nextKey() { try readField(key, &json, into: &reader, &expected) }
        reader.endRow()
    }

    /// Reads an object that is either a row or has the rows under `rows`.
    private static func readObject(
        _ json: inout JSONReader, into reader: inout ContractReader, _ rowLimit: Int
    ) throws {
        try json.beginObject()
        guard var key = try json.nextKey() else {
            reader.beginRow()
            return reader.endRow()
        }
        if isRows(key, json), !reader.contract.fields.contains(where: { $0.name == "rows" }) {
            guard try json.peek() == .array else {
                throw JSONFailure("an array of rows is expected", at: json.position)
            }
            try readArray(&json, into: &reader, rowLimit)
            if try json.nextKey() != nil {
                throw JSONFailure("nothing but 'rows' may stand in the object", at: json.keyPosition)
            }
            return
        }
        reader.beginRow()
        var expected = 0
        while true {
            try readField(key, &json, into: &reader, &expected)
            guard let next = try json.nextKey() else { break }
            key = next
        }
        reader.endRow()
    }

    private static func isRows(_ key: JSONText, _ json: JSONReader) -> Bool {
        json.withBytes(of: key) { $0.elementsEqual("rows".utf8) }
    }

    /// Reads a field; `expected` is the place that comes next where the fields stand in the contract's order.
    @inline(__always)
    private static func readField(
        _ key: JSONText, _ json: inout JSONReader, into reader: inout ContractReader, _ expected: inout Int
    ) throws(JSONFailure) {
        let names = reader.contract.names
        let guess = expected
        let found = json.withBytes(of: key) { bytes -> Int? in
            guess < names.count && names.isEqual(guess, bytes) ? guess : names.find(bytes)
        }
        guard let place = found else {
            reader.extra(json.string(key))
            return try json.skipValue()
        }
        expected = place + 1
        guard reader.begin(place) else { return try json.skipValue() }
        try readValue(&json, place, into: &reader)
    }

    /// Reads the value of a field.
    package static func readValue(
        _ json: inout JSONReader, _ place: Int, into reader: inout ContractReader
    ) throws(JSONFailure) {
        switch try json.peek() {
        case .number: reader.number(try json.readNumber().value, place)
        case .string:
            let text = try json.readText()
            json.withBytes(of: text) { reader.text($0, place) }
        case .boolean: reader.boolean(try json.readBoolean(), place)
        case .null:
            try json.readNull()
            reader.null(place)
        case .object, .array:
            try json.skipValue()
            reader.mismatch(place)
        }
    }
}
