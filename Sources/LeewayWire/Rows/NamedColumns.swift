import LeewayCore
import LeewayValidate

/// The columns of a table that names them once, and not in every row.
///
/// Required fields that have no column, and columns that are no field, are reported in the first row only.
struct NamedColumns: Sendable {
    /// The field of each column; nil where there is none.
    let places: [Int?]
    private let extras: [String]
    /// Required fields without a column.
    private let absent: [Int]
    private var isFirst = true

    /// Finds the columns in a contract; errors call one by `noun`.
    ///
    /// - Throws: `malformedRequest` where a name stands twice.
    init(_ names: [String], _ contract: Contract, called noun: String) throws(LeewayError) {
        var (places, extras): ([Int?], [String]) = ([], [])
        var seen: Set<String> = []
        for name in names {
            guard seen.insert(name).inserted else {
                throw LeewayError(.malformedRequest, "\(noun) '\(name.prefix(100))' stands twice.")
            }
            var name = name
            let place = name.withUTF8 { contract.names.find($0) }
            places.append(place)
            if place == nil { extras.append(name) }
        }
        let given = Set(places)
        (self.places, self.extras) = (places, extras)
        absent = contract.fields.indices.filter { contract.fields[$0].isRequired && !given.contains($0) }
    }

    /// Begins a row.
    mutating func beginRow(_ reader: inout ContractReader) {
        reader.beginRow()
        if isFirst {
            isFirst = false
            for name in extras { reader.extra(name) }
        } else {
            for place in absent { _ = reader.begin(place) }
        }
    }
}
