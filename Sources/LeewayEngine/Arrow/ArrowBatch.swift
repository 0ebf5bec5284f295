import CADBC
import LeewayCore

/// Some rows of a result, in the engine's own memory; what is read from it is checked first.
///
/// - Shape: `rowCount` rows × `fields.count` columns. DuckDB gives at most 2048 rows at a time.
package struct ArrowBatch: ~Copyable {
    /// The columns.
    package let fields: [ArrowField]
    /// How many rows there are.
    package let rowCount: Int
    private let array: ArrowArray

    /// Takes an array over and checks the layout of all its columns.
    ///
    /// - Throws: `malformedArrow`, after the array was released.
    init(taking array: ArrowArray, fields: [ArrowField]) throws(LeewayError) {
        do {
            rowCount = try Self.checkedRowCount(array, fields)
        } catch {
            var array = array
            array.release?(&array)
            throw error
        }
        (self.array, self.fields) = (array, fields)
    }

    deinit {
        var array = array
        array.release?(&array)
    }

    /// A column's buffers, to be used only as long as the batch is borrowed.
    ///
    /// - Precondition: `place` is one of `fields.indices`.
    borrowing func column(_ place: Int) throws(LeewayError) -> ArrowColumn {
        precondition(fields.indices.contains(place), "Column \(place) of \(fields.count).")
        return try Self.column(array, fields, place)
    }

    private static func column(
        _ array: ArrowArray, _ fields: [ArrowField], _ place: Int
    ) throws(LeewayError) -> ArrowColumn {
        guard let child = array.children?[place] else { throw .malformedArrow(fields[place].name, "it has no array") }
        return try ArrowColumn(child, field: fields[place], rows: Int(array.offset)..<Int(array.offset + array.length))
    }

    private static func checkedRowCount(_ array: ArrowArray, _ fields: [ArrowField]) throws(LeewayError) -> Int {
        guard array.release != nil else { throw .malformedArrow("a batch is released already") }
        guard let rows = ArrowColumn.checkedExtent(array) else {
            throw .malformedArrow("a batch has \(array.length) rows at offset \(array.offset)")
        }
        guard array.n_children == fields.count else {
            throw .malformedArrow("a batch has \(array.n_children) columns where the schema has \(fields.count)")
        }
        guard array.n_buffers == 1, array.dictionary == nil else {
            throw .malformedArrow("a batch is no struct of columns")
        }
        let validity = try ArrowValidity(array, rows: rows, column: "(row)")
        guard !validity.hasNulls || (0..<rows.count).allSatisfy({ validity[$0] }) else {
            throw .malformedArrow("a batch has rows that are null as a whole")
        }
        for place in fields.indices { _ = try column(array, fields, place) }
        return rows.count
    }
}
