/// Lines of the AUC by month, one a policy.
package struct ReplayPlot {
    /// A policy's months that are drawn.
    private struct Line {
        let name: String
        let months: [ReplayReport.Policy.Month]
    }

    private let policies: [Line]

    package init(_ policies: [ReplayReport.Policy]) {
        // A month of which the history has a day or two says little, and would bend the whole drawing.
        let most = policies.flatMap(\.months).map(\.rows).max() ?? 0
        self.policies = policies.map { policy in
            Line(name: policy.name, months: policy.months.filter { $0.rows * Self.leastShare >= most })
        }
    }

    /// A month with fewer rows than the largest one's divided by this is left out.
    private static let leastShare = 10

    private static let colors = ["#8a8f98", "#d9822b", "#2f7ed8", "#1a9850", "#b03a8c", "#555555"]
    private static let (width, height) = (760.0, 300.0)
    private static let (left, right, top, bottom) = (52.0, 110.0, 14.0, 34.0)

    /// The drawing on its own.
    package var svg: String {
        let values = policies.flatMap { $0.months.compactMap(\.rocAUC) }
        guard let low = values.min(), let high = values.max(), let first = policies.first, first.months.count > 1 else {
            return "<p class=\"soft\">Fewer than two months.</p>"
        }
        let (floor, ceiling) = ((low * 50).rounded(.down) / 50, max((high * 50).rounded(.up) / 50, low + 0.02))
        let (plotWidth, plotHeight) = (Self.width - Self.left - Self.right, Self.height - Self.top - Self.bottom)
        func x(_ place: Int) -> Double { Self.left + plotWidth * Double(place) / Double(first.months.count - 1) }
        func y(_ value: Double) -> Double { Self.top + plotHeight * (ceiling - value) / (ceiling - floor) }
        func short(_ number: Double) -> String { NumberFormat.fixed(number, 1) }
        var parts: [String] = []
        for step in 0...4 {
            let value = floor + (ceiling - floor) * Double(step) / 4
            parts.append(
                "<line class=\"axis\" x1=\"\(Self.left)\" x2=\"\(Self.width - Self.right)\" y1=\"\(short(y(value)))\" y2=\"\(short(y(value)))\"/>"
                    + "<text x=\"\(Self.left - 8)\" y=\"\(short(y(value) + 4))\" text-anchor=\"end\">\(NumberFormat.fixed(value, 3))</text>"
            )
        }
        for (place, month) in first.months.enumerated() {
            parts.append(
                "<text x=\"\(short(x(place)))\" y=\"\(Self.height - 12)\" text-anchor=\"middle\">\(month.month.suffix(5))</text>"
            )
        }
        // Names at the right end, in the order of the lines there, none upon another.
        let ends = policies.map { $0.months.last?.rocAUC.map(y) ?? Self.top }
        var names = ends
        var lowest = -Double.infinity
        for place in ends.indices.sorted(by: { (ends[$0], $0) < (ends[$1], $1) }) {
            names[place] = max(ends[place], lowest + 13)
            lowest = names[place]
        }
        for (place, policy) in policies.enumerated() {
            let color = Self.colors[place % Self.colors.count]
            let points = policy.months.enumerated().compactMap { month in
                month.element.rocAUC.map { "\(short(x(month.offset))),\(short(y($0)))" }
            }
            parts.append(
                "<polyline points=\"\(points.joined(separator: " "))\" fill=\"none\" stroke=\"\(color)\" stroke-width=\"2\"/>"
            )
            parts.append(
                "<text x=\"\(Self.width - Self.right + 8)\" y=\"\(short(names[place] + 4))\" style=\"fill:\(color);opacity:1\">\(Markup.escaped(policy.name))</text>"
            )
        }
        return """
            <svg class="plot" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(Int(Self.width)) \(Int(Self.height))" role="img" aria-label="AUC by month and policy">
            \(parts.joined(separator: "\n"))
            </svg>
            """
    }
}
