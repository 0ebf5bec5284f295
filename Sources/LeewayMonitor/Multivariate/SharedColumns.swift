import LeewayCore

/// The columns that reference and window have in common, over the sampled rows of both: the reference's rows come first.
///
/// - Order: that of the reference's columns. Columns that only the window has are not looked at.
/// - Kinds: a column that is numeric on one side and categorical on the other is left out, unless it is missing from every
///   row of a table, which has no kind then.
/// - Missing: NaN or -1, as in a `Dataset`.
struct SharedColumns: Sendable {
    /// One column over the rows of both sides; categories of both share one dictionary.
    struct Column: Sendable, Equatable {
        let name: String
        let values: Dataset.Values
    }

    /// The columns that can be compared.
    let columns: [Column]
    /// The reference's columns that can't.
    let leftOut: [LeftOutColumn]
    /// The reference's rows.
    let referenceCount: Int
    /// The window's rows.
    let windowCount: Int

    /// How many rows both sides have.
    var rowCount: Int { referenceCount + windowCount }

    /// Lays the sampled rows of both tables one after the other.
    ///
    /// - Complexity: O(rows · columns + categories).
    init(reference: Dataset, _ referenceSample: SideSample, window: Dataset, _ windowSample: SideSample) {
        var (columns, leftOut) = ([Column](), [LeftOutColumn]())
        let windowPlaces = Dictionary(uniqueKeysWithValues: zip(window.columns.map(\.name), window.columns.indices))
        for column in reference.columns {
            guard let place = windowPlaces[column.name] else {
                leftOut.append(LeftOutColumn(column.name, .noColumn))
                continue
            }
            let values = window.columns[place].values
            guard
                let joined = Self.joined(
                    column.values, referenceSample.places, values, windowSample.places)
            else {
                leftOut.append(LeftOutColumn(column.name, .wrongType))
                continue
            }
            columns.append(Column(name: column.name, values: joined))
        }
        (self.columns, self.leftOut) = (columns, leftOut)
        (referenceCount, windowCount) = (referenceSample.places.count, windowSample.places.count)
    }

    private static func joined(
        _ reference: Dataset.Values, _ referencePlaces: [Int], _ window: Dataset.Values, _ windowPlaces: [Int]
    ) -> Dataset.Values? {
        switch (reference, window) {
        case (.numeric(let left), .numeric(let right)):
            return .numeric(referencePlaces.map { left[$0] } + windowPlaces.map { right[$0] })
        case (.categorical(let left), .categorical(let right)):
            let (categories, codes) = merged(left.categories, right.categories)
            return .categorical(
                Categorical(
                    categories: categories,
                    codes: referencePlaces.map { left.codes[$0] }
                        + windowPlaces.map { right.codes[$0] < 0 ? Categorical.missing : codes[Int(right.codes[$0])] }))
        case (.numeric(let left), .categorical(let right)):
            if right.codes.allSatisfy({ $0 < 0 }) {
                return .numeric(referencePlaces.map { left[$0] } + windowPlaces.map { _ in .nan })
            }
            guard left.allSatisfy(\.isNaN) else { return nil }
            return .categorical(
                Categorical(
                    categories: right.categories,
                    codes: referencePlaces.map { _ in Categorical.missing } + windowPlaces.map { right.codes[$0] }))
        case (.categorical(let left), .numeric(let right)):
            if right.allSatisfy(\.isNaN) {
                return .categorical(
                    Categorical(
                        categories: left.categories,
                        codes: referencePlaces.map { left.codes[$0] } + windowPlaces.map { _ in Categorical.missing }))
            }
            guard left.codes.allSatisfy({ $0 < 0 }) else { return nil }
            return .numeric(referencePlaces.map { _ in .nan } + windowPlaces.map { right[$0] })
        }
    }

    /// The categories of both sides, and for each code of the window its code among them.
    private static func merged(_ left: [String], _ right: [String]) -> ([String], [Int32]) {
        guard left != right else { return (left, left.indices.map(Int32.init)) }
        var categories = left
        var known: [[UInt8]: Int32] = [:]
        for (code, text) in left.enumerated() { known[Array(text.utf8)] = Int32(code) }
        let codes = right.map { text -> Int32 in
            if let code = known[Array(text.utf8)] { return code }
            categories.append(text)
            return Int32(categories.count - 1)
        }
        return (categories, codes)
    }
}
