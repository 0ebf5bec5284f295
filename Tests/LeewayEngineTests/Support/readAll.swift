import CADBC

@testable import LeewayEngine

/// Reads a batch in every way that there is, and touches all that it is given.
///
/// - Returns: A sum of what was read, so that nothing can be left out.
@discardableResult
func readAll(schema: ArrowSchema, array: ArrowArray) throws -> Int {
    let fields: [ArrowField]
    do {
        fields = try ArrowSchemaReader.fields(of: schema)
    } catch {
        var array = array
        array.release?(&array)
        throw error
    }
    let batch = try ArrowBatch(taking: array, fields: fields)
    var sum = batch.rowCount
    var numbers: [Double] = []
    var integers: [Int64?] = []
    for (place, field) in fields.enumerated() {
        if field.type.isText {
            try batch.withTexts(of: place) { texts in
                for text in texts {
                    guard let bytes = text.bytes else { continue }
                    sum &+= bytes.count &+ Int(bytes.first ?? 0) &+ Int(bytes.last ?? 0)
                }
            }
        } else {
            try batch.appendNumbers(of: place, to: &numbers)
            if field.type.isWhole { try batch.appendIntegers(of: place, to: &integers) }
        }
        if case .dictionary = field.type {
            try batch.withCodes(of: place) { codes, dictionary in
                for code in codes where code >= 0 { sum &+= dictionary[Int(code)].bytes?.count ?? 0 }
            }
        }
        if field.type.integerStorage == .int64 {
            try batch.withValues(of: place, as: Int64.self) { values, validity in
                for row in values.indices where validity[row] { sum &+= Int(values[row]) }
            }
        }
    }
    return sum &+ numbers.count { !$0.isNaN } &+ integers.count
}
