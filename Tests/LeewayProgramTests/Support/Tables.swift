/// Small tables as CSV.
enum Tables {
    /// A word that stands in cells and may stand in no error.
    static let secret = "SECRETVALUE"

    /// A header and rows.
    static func csv(_ header: String, _ count: Int, _ row: (Int) -> String) -> String {
        var text = header + "\n"
        for number in 0..<count { text += row(number) + "\n" }
        return text
    }

    /// Ages, cities and an income that neither quite tells.
    static func people(_ count: Int = 60) -> String {
        csv("age,city,income", count) { "\(20 + $0),\(city($0)),\(income($0))" }
    }

    /// One of three cities.
    static func city(_ row: Int) -> String { ["Bergen", "Cádiz", secret][row % 3] }

    /// One of two classes.
    static func income(_ row: Int) -> String { row * 7 % 5 < 2 ? "high" : "low" }

    /// A cell as CSV wants it.
    static func cell(_ text: String) -> String { "\"" + text.replacing("\"", with: "\"\"") + "\"" }

    /// Cells as a line.
    static func line(_ cells: [String]) -> String { cells.map(cell).joined(separator: ",") }
}
