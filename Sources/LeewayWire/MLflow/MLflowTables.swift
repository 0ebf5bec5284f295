import LeewayCore
import LeewayValidate

/// The rows of a table that is written by lists of values or of columns.
enum MLflowTables {
    /// Reads `{"columns": […], "data": [[…], …]}`; an `index` is passed over.
    static func readSplit(_ json: inout JSONReader, into reader: inout ContractReader, _ rowLimit: Int) throws {
        var names: [String]?
        var data: JSONReader?
        var isRead = false
        try json.beginObject()
        while let key = try json.nextKey() {
            switch json.string(key) {
            case "columns":
                guard names == nil else { throw malformed("'dataframe_split' has 'columns' twice") }
                names = try readNames(&json)
            case "data":
                guard data == nil else { throw malformed("'dataframe_split' has 'data' twice") }
                data = json
                if let names {
                    try readRows(&json, names, into: &reader, rowLimit)
                    isRead = true
                } else {
                    try json.skipValue()
                }
            default: try json.skipValue()
            }
        }
        guard let names, var data else {
            throw malformed("'dataframe_split' has no '\(names == nil ? "columns" : "data")'")
        }
        if !isRead { try readRows(&data, names, into: &reader, rowLimit) }
    }

    private static func readNames(_ json: inout JSONReader) throws -> [String] {
        guard try json.peek() == .array else { throw malformed("'columns' must be an array of texts") }
        var names: [String] = []
        try json.beginArray()
        while try json.nextElement() {
            guard try json.peek() == .string else { throw malformed("'columns' must be an array of texts") }
            names.append(json.string(try json.readText()))
        }
        return names
    }

    private static func readRows(
        _ json: inout JSONReader, _ names: [String], into reader: inout ContractReader, _ rowLimit: Int
    ) throws {
        var columns = try NamedColumns(names, reader.contract, called: "Column")
        guard try json.peek() == .array else { throw malformed("'data' must be an array of rows") }
        let expected = "a list of \(names.count) \(names.count == 1 ? "value" : "values")"
        let list = ValueList(columns.places, least: names.count, expected: expected)
        try json.beginArray()
        while try json.nextElement() {
            guard reader.rows.count < rowLimit else { throw LeewayError.tooManyRows(rowLimit) }
            guard try json.peek() == .array else {
                reader.malformedRow(expected)
                try json.skipValue()
                continue
            }
            columns.beginRow(&reader)
            try list.read(&json, into: &reader)
            reader.endRow()
        }
    }

    /// Reads rows that are lists of values in the fields' order, or objects.
    ///
    /// A list may be shorter if the fields that it leaves out are not required.
    static func readLists(_ json: inout JSONReader, into reader: inout ContractReader, _ rowLimit: Int) throws {
        let fields = reader.contract.fields
        let least = (fields.lastIndex { $0.isRequired } ?? -1) + 1
        let size = least == fields.count ? "\(least)" : "\(least) to \(fields.count)"
        let expected = "a list of \(size) values, or an object with the row's fields"
        let list = ValueList(Array(fields.indices), least: least, expected: expected)
        try json.beginArray()
        while try json.nextElement() {
            guard reader.rows.count < rowLimit else { throw LeewayError.tooManyRows(rowLimit) }
            switch try json.peek() {
            case .object: try JSONRows.readRow(&json, into: &reader)
            case .array:
                reader.beginRow()
                try list.read(&json, into: &reader)
                reader.endRow()
            default:
                reader.malformedRow(expected)
                try json.skipValue()
            }
        }
    }

    /// How a row that is a list of values is read.
    private struct ValueList {
        /// The field of each value; nil where there is none.
        private let places: [Int?]
        /// The values that have a field: a table may name any number of columns, and the contract has few.
        private let given: [(value: Int, place: Int)]
        private let least: Int
        private let expected: String

        init(_ places: [Int?], least: Int, expected: String) {
            (self.places, self.least, self.expected) = (places, least, expected)
            given = places.enumerated().compactMap { value, place in place.map { (value, $0) } }
        }

        /// Reads the values of the row begun; a list of another length is one violation, whatever it leaves out.
        func read(_ json: inout JSONReader, into reader: inout ContractReader) throws(JSONFailure) {
            var count = 0
            try json.beginArray()
            while try json.nextElement() {
                if count < places.count, let place = places[count], reader.begin(place) {
                    try JSONRows.readValue(&json, place, into: &reader)
                } else {
                    try json.skipValue()
                }
                count += 1
            }
            guard count < least || count > places.count else { return }
            reader.wrongLength(expected)
            for (value, place) in given where value >= count { _ = reader.begin(place) }
        }
    }

    /// Reads `{"column": […], …}`: over all columns once to count their values, then row by row.
    static func readColumns(_ json: inout JSONReader, into reader: inout ContractReader, _ rowLimit: Int) throws {
        var names: [String] = []
        var cursors: [JSONReader] = []
        var rowCount = 0
        try json.beginObject()
        while let key = try json.nextKey() {
            let name = json.string(key)
            guard try json.peek() == .array else {
                throw malformed("column '\(name.prefix(100))' of 'inputs' must be an array")
            }
            try json.beginArray()
            cursors.append(json)
            var count = 0
            while try json.nextElement() {
                try json.skipValue()
                count += 1
            }
            if names.isEmpty { rowCount = count }
            guard count == rowCount else {
                throw malformed(
                    "the columns of 'inputs' differ in length: '\(names[0].prefix(100))' has \(rowCount), "
                        + "'\(name.prefix(100))' has \(count)")
            }
            names.append(name)
        }
        guard !names.isEmpty else { throw malformed("'inputs' has no columns") }
        guard rowCount <= rowLimit else { throw LeewayError.tooManyRows(rowLimit) }
        var columns = try NamedColumns(names, reader.contract, called: "Column")
        reader.reserve(rowCount)
        for _ in 0..<rowCount {
            columns.beginRow(&reader)
            for column in cursors.indices {
                guard let place = columns.places[column], reader.begin(place) else { continue }
                guard try cursors[column].nextElement() else { continue }
                try JSONRows.readValue(&cursors[column], place, into: &reader)
            }
            reader.endRow()
        }
    }

    private static func malformed(_ what: String) -> LeewayError {
        LeewayError(.malformedRequest, "The body can't be read: \(what).")
    }
}
