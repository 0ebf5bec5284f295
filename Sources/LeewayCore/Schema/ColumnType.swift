/// What the values of a column are, as the source tells it.
public enum ColumnType: String, Sendable, Codable, CaseIterable {
    /// Whole numbers.
    case integer
    /// Numbers with a fraction.
    case number
    /// True or false.
    case boolean
    /// Any text.
    case text
    /// A day.
    case date
    /// A time of day.
    case time
    /// A day and a time.
    case timestamp

    /// True for the types whose values are held as `Double`.
    public var isNumeric: Bool { self == .integer || self == .number }

    /// True for days and times, which are read but are no features of their own.
    public var isTemporal: Bool { self == .date || self == .time || self == .timestamp }
}
