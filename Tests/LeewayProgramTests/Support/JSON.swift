import Foundation

/// JSON of any shape, looked into by names and places; what is not there is null.
enum JSON: Equatable, Decodable {
    case null
    case bool(Bool)
    case number(Double)
    case text(String)
    case list([JSON])
    case object([String: JSON])

    /// Reads a text.
    init(_ text: String) throws { self = try JSONDecoder().decode(JSON.self, from: Data(text.utf8)) }

    init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if value.decodeNil() {
            self = .null
        } else if let bool = try? value.decode(Bool.self) {
            self = .bool(bool)
        } else if let number = try? value.decode(Double.self) {
            self = .number(number)
        } else if let text = try? value.decode(String.self) {
            self = .text(text)
        } else if let list = try? value.decode([JSON].self) {
            self = .list(list)
        } else {
            self = .object(try value.decode([String: JSON].self))
        }
    }

    subscript(_ name: String) -> JSON {
        guard case .object(let members) = self else { return .null }
        return members[name] ?? .null
    }

    subscript(_ place: Int) -> JSON { list.indices.contains(place) ? list[place] : .null }

    var list: [JSON] {
        guard case .list(let list) = self else { return [] }
        return list
    }

    var keys: [String] {
        guard case .object(let members) = self else { return [] }
        return members.keys.sorted()
    }

    /// The number; NaN where there is none.
    var number: Double {
        guard case .number(let number) = self else { return .nan }
        return number
    }

    /// The text, or nil.
    var text: String? {
        guard case .text(let text) = self else { return nil }
        return text
    }

    /// The element of a list that has a text under a key.
    func element(where key: String, is text: String) -> JSON { list.first { $0[key].text == text } ?? .null }
}
