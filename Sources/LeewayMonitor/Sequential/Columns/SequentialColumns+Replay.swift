package import LeewayCore

extension SequentialColumns {
    /// Looks at the rows of a data set one after the other, and returns the alarms.
    ///
    /// Categories are found by their text, byte for byte; the data's other columns are passed over, and a row without a watched
    /// column leaves it as it was.
    ///
    /// - Throws: `wrongColumnKind` where a column has numbers on one side and categories on the other.
    package mutating func replay(_ data: Dataset) throws(LeewayError) -> [SequentialAlarm] {
        enum Source {
            case numbers(Int, [Double])
            case codes(Int, [Int32])
        }
        var sources: [Source] = []
        for (place, column) in columns.enumerated() {
            guard let found = data.columns.first(where: { $0.name == column.name }) else { continue }
            switch (found.values, column.isNumeric) {
            case (.numeric(let numbers), true): sources.append(.numbers(place, numbers))
            case (.categorical(let categorical), false):
                let codes = categorical.categories.map { column.code(of: $0) }
                sources.append(
                    .codes(place, categorical.codes.map { $0 < 0 ? WindowCounts.missingCode : codes[Int($0)] }))
            default:
                throw LeewayError(
                    .wrongColumnKind, "Column '\(column.name)' has numbers on one side and categories on the other.")
            }
        }
        var alarms: [SequentialAlarm] = []
        for row in 0..<data.rowCount {
            for source in sources {
                switch source {
                case .numbers(let column, let numbers): add(number: numbers[row], to: column)
                case .codes(let column, let codes): add(code: codes[row], to: column)
                }
            }
            if let alarm = endRow() { alarms.append(alarm) }
        }
        return alarms
    }
}
