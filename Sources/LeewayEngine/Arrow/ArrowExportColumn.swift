package import LeewayCore

/// A column on its way into an engine.
package struct ArrowExportColumn: Sendable {
    /// The values; each kind becomes the Arrow type of its name, texts 64-bit UTF-8.
    package enum Values: Sendable {
        case int32([Int32])
        case int64([Int64])
        /// NaN goes as it is, or as null where that is asked for.
        case double([Double], nanIsNull: Bool = true)
        case boolean([Bool])
        /// Nil goes as null.
        case texts([String?])
        /// Goes as texts; code -1 as null.
        case categorical(Categorical)
    }

    /// The column's name in the table.
    package let name: String
    /// The column's values.
    package let values: Values

    /// Takes a name and its values.
    package init(_ name: String, _ values: Values) {
        self.name = name
        self.values = values
    }

    /// How many rows there are.
    package var count: Int {
        switch values {
        case .int32(let values): values.count
        case .int64(let values): values.count
        case .double(let values, nanIsNull: _): values.count
        case .boolean(let values): values.count
        case .texts(let values): values.count
        case .categorical(let values): values.codes.count
        }
    }

    /// The column's type in the Arrow C data interface.
    var format: String {
        switch values {
        case .int32: "i"
        case .int64: "l"
        case .double: "g"
        case .boolean: "b"
        case .texts, .categorical: "U"
        }
    }
}
