/// One column of the reference and of the window, ready to be tested.
package struct ColumnPair: Sendable {
    /// What both sides hold.
    package enum Values: Sendable {
        case numbers(OrderedSides)
        /// The reference's categories, both sides' rows in them, and the window's rows in others.
        case categories([String], BinnedSides, newRows: Int)
        /// One side can't be used.
        case unavailable(NoEvidence)
    }

    package let name: String
    package let role: ColumnDrift.Role
    package let kind: ColumnDrift.Kind
    package var importance: Double?
    package let values: Values
    package let sides: ColumnDrift.Sides

    package init(
        name: String, role: ColumnDrift.Role, kind: ColumnDrift.Kind, importance: Double? = nil, values: Values,
        sides: ColumnDrift.Sides
    ) {
        (self.name, self.role, self.kind, self.importance) = (name, role, kind, importance)
        (self.values, self.sides) = (values, sides)
    }

    /// A feature of the reference beside what was counted of a window in its bins.
    ///
    /// `window` must count in bins of this reference, and have a column of its name.
    package init(
        _ reference: ReferenceCounts, _ window: WindowCounts, role: ColumnDrift.Role = .feature, importance: Double?
    ) {
        guard let column = window.bins.column(named: reference.column) else {
            preconditionFailure("The window was not counted in bins of column '\(reference.column)'.")
        }
        let cells = window.valueCounts(of: column)
        let newRows = window.newCount(of: column)
        let there = cells.reduce(0, +) + newRows
        let (kind, own): (ColumnDrift.Kind, Values)
        let known: Int
        switch reference.values {
        case .numbers(let numbers, let counts, let isExact):
            kind = .number
            known = counts.reduce(0, +)
            own = .numbers(
                OrderedSides(values: numbers, referenceCounts: counts, isExact: isExact, windowCells: cells))
        case .categories(let categories, let counts):
            kind = .category
            known = counts.reduce(0, +)
            own = .categories(
                categories, BinnedSides(reference: counts + [0], window: cells + [newRows]), newRows: newRows)
        }
        let sides = ColumnDrift.Sides(
            reference: known, referenceMissing: reference.nullCount, window: there,
            windowMissing: window.missingCount(of: column))
        let values = Self.evidence(sides, unseen: window.unseenCount(of: column)).map(Values.unavailable) ?? own
        self.init(
            name: reference.column, role: role, kind: kind, importance: importance, values: values, sides: sides)
    }

    /// A column of the reference that the window can't be held against.
    package init(
        unavailable reference: ReferenceCounts, _ reason: NoEvidence, role: ColumnDrift.Role = .feature,
        importance: Double?
    ) {
        let (kind, known): (ColumnDrift.Kind, Int) =
            switch reference.values {
            case .numbers(_, let counts, _): (.number, counts.reduce(0, +))
            case .categories(_, let counts): (.category, counts.reduce(0, +))
            }
        self.init(
            name: reference.column, role: role, kind: kind, importance: importance, values: .unavailable(reason),
            sides: .init(reference: known, referenceMissing: reference.nullCount, window: 0, windowMissing: 0))
    }

    /// Why sides can't be compared; nil where they can.
    static func evidence(_ sides: ColumnDrift.Sides, unseen: Int) -> NoEvidence? {
        if sides.reference == 0 { return .emptyReference }
        if sides.window > 0 { return nil }
        if unseen > 0 { return .unseen }
        return sides.windowMissing > 0 ? .allMissing : .emptyWindow
    }
}
