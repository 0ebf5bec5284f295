import CADBC
import LeewayCore

/// Reads a result's schema: a struct of columns, each of a type that is read, none of them nested.
///
/// Nested types are refused by name and never descended into, so no depth of nesting can exhaust the stack.
enum ArrowSchemaReader {
    /// More columns than any table has; a count above it is a damaged one.
    static let columnLimit: Int64 = 1 << 20

    /// The columns of a schema.
    ///
    /// - Throws: `malformedArrow`; `unsupportedType`, which names the column and its type.
    static func fields(of schema: ArrowSchema) throws(LeewayError) -> [ArrowField] {
        guard schema.release != nil else { throw .malformedArrow("its schema is released already") }
        guard let format = text(schema.format), format == "+s" else {
            throw .malformedArrow("its schema is no struct of columns")
        }
        guard schema.dictionary == nil else { throw .malformedArrow("its schema has a dictionary") }
        guard (0...columnLimit).contains(schema.n_children) else {
            throw .malformedArrow("its schema counts \(schema.n_children) columns")
        }
        var fields: [ArrowField] = []
        for place in 0..<Int(schema.n_children) {
            guard let child = schema.children?[place]?.pointee else {
                throw .malformedArrow("column \(place + 1) has no schema")
            }
            fields.append(try field(child, place: place))
        }
        return fields
    }

    private static func field(_ schema: ArrowSchema, place: Int) throws(LeewayError) -> ArrowField {
        guard schema.release != nil else { throw .malformedArrow("the schema of column \(place + 1) is released") }
        guard let name = text(schema.name) else { throw .malformedArrow("column \(place + 1) has no name in UTF-8") }
        let type = try type(schema, of: name)
        guard let dictionary = schema.dictionary?.pointee else { return ArrowField(name: name, type: type) }
        guard case .integer(let index) = type else {
            throw .malformedArrow(name, "a dictionary is indexed by \(type)")
        }
        guard dictionary.release != nil else { throw .malformedArrow(name, "its dictionary's schema is released") }
        let values = try self.type(dictionary, of: name)
        guard dictionary.dictionary == nil, case .text(let layout) = values else {
            throw LeewayError(
                .unsupportedType, "Column '\(name)' has the Arrow type 'dictionary of \(values)', which is not read.",
                hint: "Cast it to its values' type in the query.")
        }
        return ArrowField(name: name, type: .dictionary(index: index, values: layout))
    }

    private static func type(_ schema: ArrowSchema, of column: String) throws(LeewayError) -> ArrowType {
        guard let format = text(schema.format) else { throw .malformedArrow(column, "it has no format in UTF-8") }
        switch ArrowFormat(format) {
        case .read(let type):
            guard schema.n_children == 0 else {
                throw .malformedArrow(column, "\(type) has \(schema.n_children) children")
            }
            return type
        case .refused(let name, let hint):
            throw LeewayError(
                .unsupportedType, "Column '\(column)' has the Arrow type '\(name)', which is not read.", hint: hint)
        case .unknown:
            throw .malformedArrow(column, "its format '\(format)' is unknown")
        }
    }

    private static func text(_ pointer: UnsafePointer<CChar>?) -> String? {
        pointer.flatMap { String(validatingCString: $0) }
    }
}
