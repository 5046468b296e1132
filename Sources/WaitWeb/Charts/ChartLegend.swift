/// What the marks of a picture mean, beside each other and on as many lines as that takes.
struct ChartLegend: Sendable {
    struct Entry: Sendable {
        let mark: Mark
        let text: String
    }

    enum Mark: Sendable {
        case line
        /// A row of boxes' medians.
        case bar
        case band
        case whisker
        case column
        case hollow
        /// A box whose outline is dashed.
        case dashed
        case hatch
        /// A step of the heat scale.
        case heat(Int)
        case corner
    }

    let pen: ChartPen
    let entries: [Entry]

    private static let size = 12.0
    private static let markWidth = 24.0

    /// - Parameters:
    ///   - y: the first line's base.
    ///   - right: where lines end.
    func markup(x left: Double, y: Double, right: Double = ChartFrame.width - 16) -> Markup {
        var (x, y) = (left, y)
        return Markup(
            entries.map { entry in
                let width = Self.markWidth + 6 + TextWidth.of(entry.text, size: Self.size)
                if x > left, x + width > right { (x, y) = (left, y + 19) }
                defer { x += width + 16 }
                return mark(entry.mark, x: x, y: y - 4)
                    + pen.text(entry.text, x: x + Self.markWidth + 6, y: y, size: Self.size, ink: .ink) + "\n"
            })
    }

    /// - Parameter y: the mark's middle.
    private func mark(_ mark: Mark, x: Double, y: Double) -> Markup {
        let end = x + Self.markWidth
        let box: Markup = "<rect x=\"\(x)\" y=\"\(y - 6)\" width=\"\(Self.markWidth)\" height=\"12\""
        switch mark {
        case .line:
            return "<path d=\"M\(x) \(y)H\(end)\" \(pen.paint(stroke: .line)) stroke-width=\"2\"/>"
        case .bar:
            return "<path d=\"M\(x + 4) \(y)H\(end - 4)\" \(pen.paint(stroke: .line)) stroke-width=\"3\"/>"
        case .band: return "\(box) \(pen.paint(fill: .band))/>"
        case .whisker:
            return
                "<path d=\"M\(x + 12) \(y - 7)V\(y + 7)M\(x + 8) \(y - 7)h8M\(x + 8) \(y + 7)h8\" \(pen.paint(stroke: .line))/>"
        case .column: return "\(box) \(pen.paint(fill: .line))/>"
        case .hollow:
            return
                "<circle cx=\"\(x + 12)\" cy=\"\(y)\" r=\"3.5\" \(pen.paint(fill: .paper, stroke: .line)) stroke-width=\"1.5\"/>"
        case .dashed:
            return "\(box) \(pen.paint(fill: .paper, stroke: .line)) stroke-dasharray=\"3 2\"/>"
        case .hatch: return "\(box) \(pen.hatched)/>"
        case .heat(let step): return "\(box) \(pen.paint(fill: ChartInk.heat[step], stroke: .axis))/>"
        case .corner:
            return """
                \(box) \(pen.paint(fill: ChartInk.heat[1]))/>\
                <path d="M\(end - 7) \(y - 6)h7v7z" \(pen.paint(fill: ChartInk.onHeat[1]))/>
                """
        }
    }
}
