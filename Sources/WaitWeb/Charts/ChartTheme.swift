/// The light a picture is drawn for.
enum ChartTheme: String, Sendable, CaseIterable {
    case light, dark
    /// The reader's own choice, where the picture is shown by something that knows it.
    case auto
}

/// A colour of a picture in both lights.
///
/// Texts have a contrast of at least 4.5 to what they stand on (WCAG 2.2, 1.4.3), lines of at least 3 (1.4.11). The
/// heat scale is one hue from near the paper to far from it, so it reads the same to every kind of eye and in print.
struct ChartInk: Sendable, Hashable {
    /// Its class where a style sheet sets it.
    let name: String
    let light: String
    let dark: String

    static let paper = ChartInk(name: "paper", light: "#ffffff", dark: "#14181c")
    static let ink = ChartInk(name: "ink", light: "#1b1f24", dark: "#e8ebee")
    static let soft = ChartInk(name: "soft", light: "#545d68", dark: "#a8b1bb")
    static let grid = ChartInk(name: "grid", light: "#e1e5ea", dark: "#2a3037")
    static let axis = ChartInk(name: "axis", light: "#8590a0", dark: "#6b7682")
    static let line = ChartInk(name: "line", light: "#0b5394", dark: "#74b9f5")
    static let band = ChartInk(name: "band", light: "#c6dcf1", dark: "#23486b")
    static let gap = ChartInk(name: "gap", light: "#f1f2f4", dark: "#1e2329")
    static let hatch = ChartInk(name: "hatch", light: "#8a929d", dark: "#727c88")

    /// From the least to the most.
    static let heat = zip(
        ["#e7f1fa", "#c8def1", "#9fc5e6", "#70a8d9", "#4387c2", "#2163a0", "#0d3f73"],
        ["#1d2e3e", "#234362", "#2c5c88", "#3370a8", "#609dd2", "#93c2ea", "#d0e6f8"]
    ).enumerated().map { ChartInk(name: "h\($0.offset)", light: $0.element.0, dark: $0.element.1) }

    /// What is written on each of them.
    static let onHeat = heat.indices.map { step in
        ChartInk(
            name: "t\(step)", light: step < 5 ? "#0e141a" : "#ffffff", dark: step < 4 ? "#ffffff" : "#0b1014")
    }

    static let all = [paper, ink, soft, grid, axis, line, band, gap, hatch] + heat + onHeat
}

/// Writes colours as presentation attributes, and for the reader's own light the style that changes them.
struct ChartPen: Sendable {
    let theme: ChartTheme
    /// The picture's id: rules hold below it alone, also where the picture stands in somebody's page.
    let id: String

    /// `fill="#…" stroke="#…"`.
    func paint(fill: ChartInk? = nil, stroke: ChartInk? = nil) -> Markup {
        var attributes: Markup = "fill=\"\(fill.map(color) ?? "none")\""
        if let stroke { attributes += " stroke=\"\(color(stroke))\"" }
        guard theme == .auto else { return attributes }
        let classes = [fill.map { "f-\($0.name)" }, stroke.map { "s-\($0.name)" }].compactMap { $0 }
        return classes.isEmpty ? attributes : attributes + " class=\"\(classes.joined(separator: " "))\""
    }

    /// The only style there is, and only where the light is the reader's: attributes cannot ask for it.
    /// - Parameter picture: rules for colours that are not in it are left out.
    func style(for picture: Markup) -> Markup {
        guard theme == .auto else { return "" }
        let rules = ChartInk.all.flatMap { ink in
            [("f", "fill"), ("s", "stroke")].compactMap { short, property -> Markup? in
                let name = "\(short)-\(ink.name)"
                let isUsed = ["\"\(name)\"", "\"\(name) ", " \(name)\""].contains { picture.source.contains($0) }
                return isUsed ? "#\(id) .\(name){\(property):\(ink.dark)}" : nil
            }
        }
        return "<style>@media screen and (prefers-color-scheme:dark){\(rules)}</style>\n"
    }

    private func color(_ ink: ChartInk) -> String { theme == .dark ? ink.dark : ink.light }
}
