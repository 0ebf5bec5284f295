import LeewayMonitor

/// What a distance of each method means as the shift of a normal column, and the other way round.
struct ShiftTable: Encodable {
    /// One distance and the shift that it amounts to.
    struct Entry: Encodable {
        let method: String
        let distance: Double
        let shift: Double
    }

    /// A method's distances at `shifts`.
    struct Row: Encodable {
        let method: String
        let words: String
        let distances: [Double]
    }

    let shifts: [Double]
    let rows: [Row]
    /// The distances that were asked about, in their order.
    let asked: [Entry]

    /// Takes questions such as `psi:0.25`; nil where one is none.
    init?(_ questions: some Sequence<String>, shifts: [Double] = [0.05, 0.1, 0.25, 0.5, 1]) {
        var asked: [Entry] = []
        for question in questions {
            let parts = question.split(separator: ":")
            guard parts.count == 2, let method = DriftMethod(rawValue: String(parts[0])),
                let distance = Double(parts[1])
            else { return nil }
            asked.append(
                Entry(method: method.rawValue, distance: distance, shift: ShiftScale.shift(of: distance, by: method)))
        }
        self.shifts = shifts
        self.asked = asked
        rows = DriftMethod.allCases.map { method in
            Row(
                method: method.rawValue, words: method.words,
                distances: shifts.map { ShiftScale.distance(of: $0, by: method) })
        }
    }
}
