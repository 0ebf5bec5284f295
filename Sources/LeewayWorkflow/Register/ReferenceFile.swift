package import LeewayCore
package import LeewayMonitor
import LeewayWire

/// The reference counts as `reference_counts.json`: what serving reads of a version's reference, without a query engine.
///
/// `{"format": 1, "columns": [{"name", "kind": "numbers" or "categories", "is_exact", "missing", "values", "counts"}, …]}`,
/// a column a line. Doubles are in their shortest exact form; ±∞, which JSON has not, is the text `Infinity` or
/// `-Infinity`. Equal counts give equal bytes.
package enum ReferenceFile {
    /// The file's name among the artifacts.
    package static let name = "reference_counts.json"
    private static let format = 1
    private static let infinities = ["Infinity": Double.infinity, "-Infinity": -Double.infinity]

    /// The file's bytes.
    package static func encode(_ columns: [ReferenceCounts]) -> [UInt8] {
        var writer = JSONWriter()
        writer.raw("{\"format\":")
        writer.integer(format)
        writer.raw(",\"columns\":[\n")
        for (place, column) in columns.enumerated() {
            if place > 0 { writer.raw(",\n") }
            write(column, to: &writer)
        }
        writer.raw("\n]}\n")
        return writer.bytes
    }

    private static func write(_ column: ReferenceCounts, to writer: inout JSONWriter) {
        func array<Element>(_ elements: [Element], _ write: (inout JSONWriter, Element) -> Void) {
            writer.raw("[")
            for (place, element) in elements.enumerated() {
                if place > 0 { writer.raw(UInt8(ascii: ",")) }
                write(&writer, element)
            }
            writer.raw("]")
        }
        func head(_ kind: StaticString, isExact: Bool) {
            writer.raw("{\"name\":")
            writer.text(column.column)
            writer.raw(",\"kind\":\"")
            writer.raw(kind)
            writer.raw("\",\"is_exact\":")
            writer.boolean(isExact)
            writer.raw(",\"missing\":")
            writer.integer(column.nullCount)
            writer.raw(",\"values\":")
        }
        let counts: [Int]
        switch column.values {
        case .numbers(let values, let numberCounts, let isExact):
            counts = numberCounts
            head("numbers", isExact: isExact)
            array(values) { writer, value in
                value.isFinite ? writer.number(value) : writer.text(value < 0 ? "-Infinity" : "Infinity")
            }
        case .categories(let values, let categoryCounts):
            counts = categoryCounts
            head("categories", isExact: true)
            array(values) { $0.text($1) }
        }
        writer.raw(",\"counts\":")
        array(counts) { $0.integer($1) }
        writer.raw("}")
    }

    /// The counts in a file's bytes; `path` names it in errors.
    ///
    /// - Throws: `damagedArtifact`.
    package static func decode(_ bytes: [UInt8], path: String) throws(LeewayError) -> [ReferenceCounts] {
        let result = bytes.withUnsafeBufferPointer { bytes -> Result<[ReferenceCounts], any Error> in
            Result {
                var reader = JSONReader(bytes)
                let columns = try columns(&reader)
                try reader.finish()
                return columns
            }
        }
        switch result {
        case .success(let columns): return columns
        case .failure(let error as LeewayError): throw damaged(path, error.message)
        case .failure(let error as JSONFailure): throw damaged(path, "Byte \(error.offset): \(error.message).")
        case .failure(let error): throw damaged(path, "\(error)")
        }
    }

    private static func damaged(_ path: String, _ reason: String) -> LeewayError {
        LeewayError(
            .damagedArtifact, "\(path) can't be read. \(reason)", hint: "Was it edited, or written by another version?")
    }

    private static func columns(_ reader: inout JSONReader) throws -> [ReferenceCounts] {
        var columns: [ReferenceCounts]?
        var isKnown = false
        try reader.beginObject()
        while let key = try reader.nextKey() {
            switch reader.string(key) {
            case "format": isKnown = try integer(&reader) == format
            case "columns":
                columns = []
                try reader.beginArray()
                while try reader.nextElement() { columns?.append(try column(&reader)) }
            default: try reader.skipValue()
            }
        }
        guard isKnown, let columns else { throw failure("it is no format \(format) of reference counts", &reader) }
        return columns
    }

    private static func column(_ reader: inout JSONReader) throws -> ReferenceCounts {
        var (name, kind, isExact, missing): (String?, String?, Bool?, Int?)
        var (numbers, categories, counts): ([Double]?, [String]?, [Int]?)
        try reader.beginObject()
        while let key = try reader.nextKey() {
            switch (reader.string(key), kind) {
            case ("name", _): name = reader.string(try reader.readText())
            case ("kind", _): kind = reader.string(try reader.readText())
            case ("is_exact", _): isExact = try reader.readBoolean()
            case ("missing", _): missing = try integer(&reader)
            case ("values", "numbers"): numbers = try array(&reader, number)
            case ("values", "categories"): categories = try array(&reader) { $0.string(try $0.readText()) }
            case ("counts", _): counts = try array(&reader, integer)
            default: try reader.skipValue()
            }
        }
        guard let name, let isExact, let missing, let counts else {
            throw failure("a column lacks its name, is_exact, missing or counts", &reader)
        }
        if let numbers, kind == "numbers" {
            return try ReferenceCounts(
                column: name, nullCount: missing, values: .numbers(values: numbers, counts: counts, isExact: isExact))
        }
        guard let categories, kind == "categories" else {
            throw failure("a column has no values after its kind", &reader)
        }
        return try ReferenceCounts(
            column: name, nullCount: missing, values: .categories(values: categories, counts: counts))
    }

    private static func array<Element>(
        _ reader: inout JSONReader, _ element: (inout JSONReader) throws -> Element
    ) throws -> [Element] {
        var elements: [Element] = []
        try reader.beginArray()
        while try reader.nextElement() { elements.append(try element(&reader)) }
        return elements
    }

    private static func integer(_ reader: inout JSONReader) throws -> Int {
        let number = try reader.readNumber()
        // Beyond 2⁵³ a Double no longer tells integers apart.
        guard number.isWhole, number.value.magnitude <= 0x1p53 else { throw failure("no whole number", &reader) }
        return Int(number.value)
    }

    private static func number(_ reader: inout JSONReader) throws -> Double {
        guard try reader.peek() == .string else { return try reader.readNumber().value }
        guard let infinity = infinities[reader.string(try reader.readText())] else {
            throw failure("a text that is no number", &reader)
        }
        return infinity
    }

    private static func failure(_ message: String, _ reader: inout JSONReader) -> JSONFailure {
        JSONFailure(message, at: reader.position)
    }
}
