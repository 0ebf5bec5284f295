package import LeewayCore

extension ArrowBatch {
    /// Appends a column to numbers, whatever kind of number it holds.
    ///
    /// - Units: booleans 0 and 1; dates in days, timestamps in seconds since 1970-01-01 (UTC where they have a zone);
    ///   times in seconds since midnight; what has more than 53 bits comes as the nearest `Double` or one beside it.
    /// - Missing: NaN.
    /// - Throws: `wrongColumnKind` for texts; `malformedArrow`.
    package borrowing func appendNumbers(of place: Int, to numbers: inout [Double]) throws(LeewayError) {
        let column = try column(place)
        switch column.field.type {
        case .null:
            numbers.append(contentsOf: repeatElement(.nan, count: rowCount))
        case .float64:
            let values: UnsafeBufferPointer<Double> = try column.values(1, in: column.rows)
            numbers.append(contentsOf: values)
            numbers.markMissing(column)
        case .float32:
            let values: UnsafeBufferPointer<Float> = try column.values(1, in: column.rows)
            numbers.append(column) { Double(values[$0]) }
        case .integer(.uint64):
            let values: UnsafeBufferPointer<UInt64> = try column.values(1, in: column.rows)
            numbers.append(column) { Double(values[$0]) }
        case .decimal(let bits, let scale) where bits > 64:
            let words = try column.words(perValue: bits / 64)
            numbers.append(column, dividedBy: powerOfTen(scale)) { row in ArrowDecimal.double(words(row)) }
        case .text, .dictionary:
            throw LeewayError(.wrongColumnKind, "Column '\(column.field.name)' holds texts where numbers are needed.")
        case .boolean, .integer, .decimal, .date32, .date64, .time, .timestamp:
            let divisor = column.field.type.divisor
            try column.withIntegers { integers throws(LeewayError) in
                numbers.append(column, dividedBy: divisor) { Double(integers[$0]) }
            }
        }
    }

    /// Appends a column of whole numbers or booleans without any loss.
    ///
    /// - Missing: nil.
    /// - Throws: `wrongColumnKind` for other columns, and where a number has more than 64 bits; `malformedArrow`.
    package borrowing func appendIntegers(of place: Int, to integers: inout [Int64?]) throws(LeewayError) {
        let column = try column(place)
        let (name, type, validity) = (column.field.name, column.field.type, column.validity)
        switch type {
        case .null:
            integers.append(contentsOf: repeatElement(nil, count: rowCount))
        case .decimal(let bits, scale: 0) where bits > 64:
            let words = try column.words(perValue: bits / 64)
            for row in 0..<rowCount {
                guard validity[row] else {
                    integers.append(nil)
                    continue
                }
                guard let integer = ArrowDecimal.int64(words(row)) else {
                    throw .integerTooLarge(name)
                }
                integers.append(integer)
            }
        case .boolean, .integer, .decimal(_, scale: 0):
            try column.withIntegers { values throws(LeewayError) in
                for row in values.indices {
                    let isTooLarge = type == .integer(.uint64) && values[row] < 0
                    guard !isTooLarge || !validity[row] else { throw .integerTooLarge(name) }
                    integers.append(validity[row] ? values[row] : nil)
                }
            }
        default:
            throw LeewayError(.wrongColumnKind, "Column '\(name)' holds \(type) where whole numbers are needed.")
        }
    }
}

extension LeewayError {
    fileprivate static func integerTooLarge(_ column: String) -> LeewayError {
        LeewayError(
            .wrongColumnKind, "Column '\(column)' holds a whole number of more than 64 bits.",
            hint: "Cast it to DOUBLE in the query.")
    }
}

extension ArrowType {
    /// What an integer of the type is divided by to be in the units of `appendNumbers`.
    fileprivate var divisor: Double {
        switch self {
        case .decimal(bits: _, let scale): powerOfTen(scale)
        case .date64: 86_400_000
        case .time(let unit), .timestamp(let unit, zone: _): unit.perSecond
        default: 1
        }
    }
}

extension ArrowColumn {
    /// Finds the words of 64 bits that a row's decimal is made of.
    fileprivate func words(perValue count: Int) throws(LeewayError) -> (_ row: Int) -> ArrowDecimal.Words {
        let words: ArrowDecimal.Words = try values(1, in: rows.lowerBound * count..<rows.upperBound * count)
        return { row in ArrowDecimal.Words(rebasing: words[row * count..<row * count + count]) }
    }
}

/// 10 to the power of a scale, to the nearest `Double`.
private func powerOfTen(_ scale: Int) -> Double { Double("1e\(scale)") ?? 1 }

extension [Double] {
    /// Appends a number for each row of a column, and NaN where the row is missing.
    @inline(__always)
    fileprivate mutating func append(
        _ column: ArrowColumn, dividedBy divisor: Double = 1, _ number: (_ row: Int) -> Double
    ) {
        let start = count
        append(contentsOf: repeatElement(.nan, count: column.rows.count))
        withUnsafeMutableBufferPointer { numbers in
            let target = UnsafeMutableBufferPointer(rebasing: numbers[start...])
            if divisor == 1 {
                for row in target.indices { target[row] = number(row) }
            } else {
                // Dividing rounds once; multiplying by the inverse would round twice.
                for row in target.indices { target[row] = number(row) / divisor }
            }
        }
        markMissing(column)
    }

    /// Puts NaN where the last rows, which are a column's, are missing.
    fileprivate mutating func markMissing(_ column: ArrowColumn) {
        guard column.validity.hasNulls else { return }
        let start = count - column.rows.count
        withUnsafeMutableBufferPointer {
            column.validity.replaceMissing(UnsafeMutableBufferPointer(rebasing: $0[start...]), with: .nan)
        }
    }
}
