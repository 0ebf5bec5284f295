/// A condition as an object: `{"column": "age", "above": 40, "up_to": 55, "or_missing": false}`, or with `among` or `except` and their
/// categories; with none of them, missing rows (`or_missing`) or all others are meant.
extension SegmentCondition: Codable {
    private enum CodingKeys: String, CodingKey {
        case column
        case above
        case upTo = "up_to"
        case among
        case except
        case orMissing = "or_missing"
    }

    /// Reads what `encode` writes.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let orMissing = try container.decode(Bool.self, forKey: .orMissing)
        let above = try container.decodeIfPresent(Double.self, forKey: .above)
        let upTo = try container.decodeIfPresent(Double.self, forKey: .upTo)
        let values: Values
        if let among = try container.decodeIfPresent([String].self, forKey: .among) {
            values = .among(among)
        } else if let except = try container.decodeIfPresent([String].self, forKey: .except) {
            values = .except(except)
        } else if above != nil || upTo != nil {
            values = .numbers(above: above, upTo: upTo)
        } else {
            values = orMissing ? .none : .any
        }
        self.init(column: try container.decode(String.self, forKey: .column), values: values, orMissing: orMissing)
    }

    /// Writes what applies, nothing for what does not.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(column, forKey: .column)
        switch values {
        case .numbers(let above, let upTo):
            try container.encodeIfPresent(above, forKey: .above)
            try container.encodeIfPresent(upTo, forKey: .upTo)
        case .among(let categories): try container.encode(categories, forKey: .among)
        case .except(let categories): try container.encode(categories, forKey: .except)
        case .none, .any: break
        }
        try container.encode(orMissing, forKey: .orMissing)
    }
}
