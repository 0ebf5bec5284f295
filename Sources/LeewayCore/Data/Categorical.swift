/// Categories as codes: `codes[row]` is a place in `categories`, or -1 where the value is missing or unknown.
///
/// - Units: 4 bytes a row; each category's text is held once.
public struct Categorical: Sendable, Equatable {
    /// The code of a missing (or, after encoding, unknown) value.
    public static let missing: Int32 = -1

    /// The texts that the codes stand for; each stands once, in an order of the maker's choice.
    public let categories: [String]
    /// One code a row, from -1 to `categories.count - 1`.
    public let codes: [Int32]

    /// Takes categories and codes as they are.
    ///
    /// - Precondition: every code lies in -1 ..< categories.count; makers that take foreign codes check them first.
    public init(categories: [String], codes: [Int32]) {
        self.categories = categories
        self.codes = codes
    }

    /// Encodes texts, with the categories in the order of their UTF-8 bytes.
    ///
    /// - Missing: nil becomes -1.
    /// - Complexity: O(n log k) for k categories.
    public init(_ texts: [String?]) {
        let categories = Set(texts.compactMap { $0 }).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        let code = Dictionary(uniqueKeysWithValues: zip(categories, Int32(0)...))
        self.init(categories: categories, codes: texts.map { text in text.flatMap { code[$0] } ?? Self.missing })
    }

    /// The text of a row, or nil where it is missing.
    public subscript(row: Int) -> String? {
        let code = codes[row]
        return code < 0 ? nil : categories[Int(code)]
    }

    /// The rows at the given places, in their order.
    public func rows(_ places: [Int]) -> Categorical {
        Categorical(categories: categories, codes: places.map { codes[$0] })
    }
}
