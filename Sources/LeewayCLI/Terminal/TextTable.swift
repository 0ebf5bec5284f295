/// Rows of cells in columns that line up.
struct TextTable {
    enum Alignment {
        case left
        case right
    }

    private let alignments: [Alignment]
    private var rows: [[String]] = []

    /// Takes the alignment of each column.
    init(_ alignments: [Alignment]) { self.alignments = alignments }

    mutating func add(_ cells: [String]) { rows.append(cells) }

    /// The table as it fits: while it is wider than `width`, the next one of `dispensable` columns leaves; all rows have all columns.
    func fitted(to width: Int, without dispensable: [Int]) -> TextTable {
        var table = self
        var kept = Array(alignments.indices)
        for column in dispensable where table.width > width {
            kept.removeAll { $0 == column }
            table = TextTable(kept.map { alignments[$0] })
            for row in rows { table.add(kept.map { row[$0] }) }
        }
        return table
    }

    private var widths: [Int] {
        alignments.indices.map { column in
            rows.map { column < $0.count ? Self.width($0[column]) : 0 }.max() ?? 0
        }
    }

    private var width: Int { widths.reduce(0, +) + 2 * max(0, widths.count - 1) }

    /// The rows as lines, each after the indent, columns two spaces apart; `decorate` colours a cell after it was measured.
    func lines(indent: String = "  ", decorate: (_ row: Int, _ column: Int, _ cell: String) -> String = { $2 })
        -> String
    {
        let widths = widths
        return rows.enumerated().map { place, row in
            let cells = row.enumerated().map { column, cell in
                let padding = String(repeating: " ", count: widths[column] - Self.width(cell))
                let shown = decorate(place, column, cell)
                let isLast = column == row.count - 1
                return alignments[column] == .right ? padding + shown : shown + (isLast ? "" : padding)
            }
            return indent + cells.joined(separator: "  ") + "\n"
        }.joined()
    }

    /// A sentence on lines of at most so many columns, broken between words; lines after the first are indented.
    static func wrapped(_ text: String, to limit: Int, indent: String = "    ") -> String {
        guard width(plain(text)) > limit else { return text }
        let words = text.drop { $0 == " " }.split(separator: " ", omittingEmptySubsequences: false)
        var (lines, line) = ([String](), text.prefix { $0 == " " } + (words.first ?? ""))
        for word in words.dropFirst() {
            let longer = line + " " + word
            if width(plain(String(longer))) <= limit {
                line = longer
            } else {
                lines.append(String(line))
                line = indent + word
            }
        }
        return (lines + [String(line)]).joined(separator: "\n")
    }

    /// A text without colours.
    private static func plain(_ text: String) -> String { text.replacing(/\u{1B}\[[0-9;]*m/, with: "") }

    /// How many columns of a terminal a text takes: two for wide East Asian characters and emoji.
    static func width(_ text: String) -> Int {
        text.reduce(0) { sum, character in
            guard let scalar = character.unicodeScalars.first else { return sum }
            let isWide =
                (0x1100...0x115F).contains(scalar.value) || (0x2E80...0xA4CF).contains(scalar.value)
                || (0xAC00...0xD7A3).contains(scalar.value) || (0xF900...0xFAFF).contains(scalar.value)
                || (0xFE30...0xFE4F).contains(scalar.value) || (0xFF00...0xFF60).contains(scalar.value)
                || scalar.properties.isEmojiPresentation
            return sum + (isWide ? 2 : 1)
        }
    }

    /// A text cut to so many columns, with `…` where something is gone; control characters, and those that turn the direction
    /// of reading, show as `·`.
    static func clipped(_ text: String, to limit: Int) -> String {
        let plain = String(text.map { $0.unicodeScalars.contains(where: isControl) ? "·" : $0 })
        guard width(plain) > limit else { return plain }
        var kept = ""
        for character in plain {
            guard width(kept) + width(String(character)) < limit else { break }
            kept.append(character)
        }
        return kept + "…"
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case ..<0x20, 0x7F...0x9F, 0x200E...0x200F, 0x202A...0x202E, 0x2066...0x2069: true
        default: false
        }
    }
}
