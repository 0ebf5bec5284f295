import LeewayMonitor

/// A column's distribution on both sides, as a drawing: the reference as an area, the window as a line over it.
struct ShapeDrawing {
    private static let (width, height) = (520.0, 150.0)
    private static let (left, right, top, bottom) = (6.0, 6.0, 10.0, 22.0)

    let shape: ColumnShape
    let kind: ColumnDrift.Kind
    /// What is drawn, for who can't see it.
    let title: String

    /// The drawing as SVG; empty where there is nothing to draw.
    var svg: String {
        guard !shape.bins.isEmpty else { return "" }
        return kind == .number ? numbers : categories
    }

    private var shares: (reference: [Double], window: [Double]) {
        var (reference, window) = (shape.bins.map { Double($0.reference) }, shape.bins.map { Double($0.window) })
        if shape.newRows > 0 {
            reference.append(0)
            window.append(Double(shape.newRows))
        }
        func divided(_ counts: [Double]) -> [Double] {
            let total = counts.reduce(0, +)
            return total > 0 ? counts.map { $0 / total } : counts
        }
        return (divided(reference), divided(window))
    }

    // MARK: Numbers

    private var numbers: String {
        let (reference, window) = shares
        let largest = max(reference.max() ?? 0, window.max() ?? 0, 1e-9)
        let step = (Self.width - Self.left - Self.right) / Double(reference.count)
        let scale = (Self.height - Self.top - Self.bottom) / largest
        let base = Self.height - Self.bottom
        func point(_ x: Double, _ y: Double) -> String { "\(Self.round(x)) \(Self.round(y))" }
        func steps(_ shares: [Double]) -> String {
            shares.enumerated().map { place, share in
                let (x, y) = (Self.left + step * Double(place), base - share * scale)
                return "L\(point(x, y))L\(point(x + step, y))"
            }.joined()
        }
        let area = "M\(point(Self.left, base))\(steps(reference))L\(point(Self.width - Self.right, base))Z"
        let line = "M\(point(Self.left, base))\(steps(window))L\(point(Self.width - Self.right, base))"
        return open(Self.height) + "<path class=\"r\" d=\"\(area)\"/><path class=\"w\" d=\"\(line)\"/>"
            + "<line class=\"axis\" x1=\"\(Self.left)\" x2=\"\(Self.width - Self.right)\" y1=\"\(base)\" y2=\"\(base)\"/>"
            + ticks(step) + "</svg>"
    }

    /// A few edges below the axis.
    private func ticks(_ step: Double) -> String {
        let edges = shape.bins.dropLast().enumerated().compactMap { place, bin in bin.upper.map { (place, $0) } }
        let stride = max(1, edges.count / 6)
        return edges.enumerated().filter { $0.offset.isMultiple(of: stride) }.map { _, edge in
            let x = Self.left + step * Double(edge.0 + 1)
            return
                "<text class=\"tick\" x=\"\(Self.round(x))\" y=\"\(Self.height - 7)\">\(PageNumbers.short(edge.1))</text>"
        }.joined()
    }

    // MARK: Categories

    private var categories: String {
        let (reference, window) = shares
        var names = shape.bins.map {
            $0.category.map { Markup.short($0, 22) } ?? "<tspan class=\"rest\">all others</tspan>"
        }
        if shape.newRows > 0 { names.append("<tspan class=\"rest\">new</tspan>") }
        let largest = max(reference.max() ?? 0, window.max() ?? 0, 1e-9)
        let (row, label, value) = (20.0, 150.0, 96.0)
        let scale = (Self.width - label - value - Self.right) / largest
        let height = row * Double(names.count) + 8
        let rows = names.indices.map { place in
            let y = 4 + row * Double(place)
            let change = window[place] - reference[place]
            let text =
                "\(PageNumbers.percent(window[place])) <tspan class=\"change\">\(change < 0 ? "−" : "+")\(PageNumbers.fixed(abs(change) * 100, 1))</tspan>"
            let end = label + max(reference[place], window[place]) * scale + 8
            return "<text class=\"name\" x=\"\(label - 8)\" y=\"\(Self.round(y + 13))\">\(names[place])</text>"
                + "<rect class=\"r\" x=\"\(label)\" y=\"\(Self.round(y + 2))\" height=\"14\" rx=\"2\" width=\"\(Self.round(max(0.5, reference[place] * scale)))\"/>"
                + "<rect class=\"w\" x=\"\(label)\" y=\"\(Self.round(y + 5))\" height=\"8\" rx=\"1.5\" width=\"\(Self.round(max(0.5, window[place] * scale)))\"/>"
                + "<text class=\"value\" x=\"\(Self.round(end))\" y=\"\(Self.round(y + 13))\">\(text)</text>"
        }
        return open(height) + rows.joined() + "</svg>"
    }

    private func open(_ height: Double) -> String {
        "<svg viewBox=\"0 0 \(Int(Self.width)) \(Self.round(height))\" class=\"\(kind.rawValue)\" role=\"img\" aria-label=\"\(Markup.escaped(title))\">"
    }

    private static func round(_ number: Double) -> String {
        let tenths = (number * 10).rounded() / 10
        return tenths == tenths.rounded() ? "\(Int(tenths))" : "\(tenths)"
    }
}
