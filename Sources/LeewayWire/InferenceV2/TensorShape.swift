/// How many elements a tensor has in each dimension: rows, or rows and columns.
struct TensorShape: Sendable, Equatable, CustomStringConvertible {
    /// As the client sent it: `[3,1]`.
    let description: String
    /// 1 or 2.
    let rank: Int
    let rowCount: Int
    /// 1 for a tensor of one dimension.
    let columnCount: Int
    /// Rows × columns.
    let count: Int

    /// Takes the numbers of a request.
    ///
    /// - Throws: where they are not one or two, negative, or too many elements to count.
    init(_ dimensions: [Int]) throws(TensorFailure) {
        description = "[" + dimensions.map(String.init).joined(separator: ",") + "]"
        guard (1...2).contains(dimensions.count) else {
            throw TensorFailure(
                "shape has \(dimensions.count) dimensions, and 1 or 2 are read: [rows] or [rows,columns]")
        }
        guard dimensions.allSatisfy({ $0 >= 0 }) else { throw TensorFailure("shape \(description) is negative") }
        rank = dimensions.count
        rowCount = dimensions[0]
        columnCount = rank == 2 ? dimensions[1] : 1
        guard columnCount > 0 else { throw TensorFailure("shape \(description) has no columns") }
        let (product, overflows) = rowCount.multipliedReportingOverflow(by: columnCount)
        guard !overflows else { throw TensorFailure("shape \(description) has more elements than can be counted") }
        count = product
    }

    /// Reads an array of whole numbers.
    static func read(_ json: inout JSONReader) throws -> TensorShape {
        guard try json.peek() == .array else { throw TensorFailure("shape must be an array of whole numbers") }
        var dimensions: [Int] = []
        try json.beginArray()
        while try json.nextElement() {
            guard try json.peek() == .number else { throw TensorFailure("shape must be an array of whole numbers") }
            let number = try json.readNumber()
            guard number.isWhole, number.value.magnitude < 0x1p53 else {
                throw TensorFailure("shape must be an array of whole numbers")
            }
            guard dimensions.count < 16 else { throw TensorFailure("shape has more than 16 dimensions") }
            dimensions.append(Int(number.value))
        }
        return try TensorShape(dimensions)
    }
}

/// What is wrong with one tensor: words without a value and without a final stop, to which its name is yet to be put.
struct TensorFailure: Error, Sendable, Equatable {
    let message: String

    init(_ message: String) { self.message = message }

    /// `1 row`, `2 rows`.
    static func words(_ count: Int, _ noun: String) -> String { "\(count) \(noun)" + (count == 1 ? "" : "s") }
}
