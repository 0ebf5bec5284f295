import Foundation

/// What a server answered.
struct HTTPReply: Sendable {
    let status: Int
    let headers: [(name: String, value: String)]
    let body: [UInt8]

    /// A header, by its name in any case.
    subscript(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }

    var text: String { String(decoding: body, as: UTF8.self) }

    /// The body as JSON.
    func json() throws -> JSON { try JSON(text) }

    /// All that came, for a search.
    var everything: String { headers.map { "\($0.name): \($0.value)\n" }.joined() + text }

    /// The texts behind a key, in order, by a scan: `"id":"…"` of many predictions.
    func texts(_ key: String) -> [String] { values("\"\(key)\":\"", until: [UInt8(ascii: "\"")]) }

    /// The numbers behind a key, as they are written.
    func numbers(_ key: String) -> [String] { values("\"\(key)\":", until: Array(",}]".utf8)) }

    private func values(_ start: String, until ends: [UInt8]) -> [String] {
        let start = Array(start.utf8)
        var (found, place) = ([String](), 0)
        while place + start.count < body.count {
            guard body[place] == start[0], body[place..<place + start.count].elementsEqual(start) else {
                place += 1
                continue
            }
            place += start.count
            let end = body[place...].firstIndex { ends.contains($0) } ?? body.endIndex
            found.append(String(decoding: body[place..<end], as: UTF8.self))
            place = end
        }
        return found
    }
}
