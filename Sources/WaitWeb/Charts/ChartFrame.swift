import WaitCore

/// The picture around the figures: title, subtitle, legend, source, and all of it in words for those who cannot see it.
struct ChartFrame: Sendable {
    let subject: ChartSubject

    static let width = 800.0
    static let height = 420.0
    private static let margin = 16.0
    /// Where figures may be drawn.
    static let right = width - 20
    static let top = 117.0
    static let bottom = 332.0
    private static let textWidth = width - 2 * margin

    /// - Parameters:
    ///   - description: the figures in words, a bucket a line.
    ///   - body: what is drawn.
    func picture(aggregates: [Aggregate], description: [String], body: Markup) -> Markup {
        let subtitle = subject.subtitle(aggregates)
        let inside = hatch + head(subtitle) + body + foot
        return """
            <svg xmlns="http://www.w3.org/2000/svg" id="\(id)" viewBox="0 0 \(Self.width) \(Self.height)" \
            width="\(Self.width)" height="\(Self.height)" role="img" aria-labelledby="\(id)-title \(id)-desc" \
            lang="\(language.tag)" xml:lang="\(language.tag)" font-family="\(Self.fonts(language))" font-size="12">
            <title id="\(id)-title">\(subject.title)</title>
            <desc id="\(id)-desc">\(words(subtitle, description))</desc>
            \(pen.style(for: inside))\(inside)</svg>

            """
    }

    private var id: String { pen.id }
    private var pen: ChartPen { subject.pen }
    private var language: Language { subject.text.language }

    private static func fonts(_ language: Language) -> Markup {
        language == .sc
            ? "system-ui, 'Noto Sans CJK SC', 'Noto Sans CJK HK', sans-serif"
            : "system-ui, 'Noto Sans CJK HK', 'Noto Sans CJK SC', sans-serif"
    }

    private func words(_ subtitle: String, _ description: [String]) -> String {
        let stop = subject.words.stop
        let head = [subject.measure + stop, subtitle + stop]
        return (head + description + [subject.words.source + stop, subject.words.caveat]).joined(separator: "\n")
    }

    private var hatch: Markup {
        """
        <defs><pattern id="\(id)-hatch" patternUnits="userSpaceOnUse" width="6" height="6">\
        <rect width="6" height="6" \(pen.paint(fill: .gap))/>\
        <path d="M-1 7L7 -1M-1 1L1 -1M5 7L7 5" \(pen.paint(stroke: .hatch)) stroke-width="1"/></pattern></defs>

        """
    }

    private func head(_ subtitle: String) -> Markup {
        let title = TextWidth.fit(subject.title, width: Self.textWidth, sizes: 13...19)
        let below = TextWidth.fit(subtitle, width: Self.textWidth, sizes: 10.5...13)
        return """
            <rect width="\(Self.width)" height="\(Self.height)" \(pen.paint(fill: .paper))/>
            \(pen.text(title.text, x: Self.margin, y: 31, size: title.size, ink: .ink, isBold: true))
            \(pen.text(below.text, x: Self.margin, y: 52, size: below.size))

            """
    }

    private var foot: Markup {
        let words = subject.words
        let asOf = words.asOf(subject.asOf)
        let room = Self.textWidth - TextWidth.of(asOf, size: 11) - 20
        let source = TextWidth.fit(words.source, width: room, sizes: 9...11)
        let caveat = TextWidth.fit(words.caveat, width: Self.textWidth, sizes: 9...11)
        return """
            <path d="M\(Self.margin) 374H\(Self.width - Self.margin)" \(pen.paint(stroke: .grid))/>
            \(pen.text(source.text, x: Self.margin, y: 391, size: source.size))
            \(pen.text(asOf, x: Self.width - Self.margin, y: 391, size: 11, anchor: .end))
            \(pen.text(caveat.text, x: Self.margin, y: 408, size: caveat.size))

            """
    }
}

extension ChartFrame {
    /// The axis of figures with its grid, and what it measures above it.
    /// - Parameter left: where the grid begins.
    func axis(_ axis: ValueAxis, left: Double) -> Markup {
        let height = Self.bottom - Self.top
        let lines = axis.lines.map { line -> Markup in
            let ink = line == 0 ? ChartInk.axis : .grid
            return "<path d=\"M\(left) \(Self.bottom - line * height)H\(Self.right)\" \(pen.paint(stroke: ink))/>\n"
        }
        let labels = axis.ticks.map { tick in
            pen.text(
                axis.label(tick, subject.text), x: left - 8, y: Self.bottom - axis.place(tick) * height + 4,
                anchor: .end) + "\n"
        }
        return Markup(lines) + Markup(labels) + pen.text(subject.measure, x: Self.margin, y: 101, size: 11.5) + "\n"
    }

    /// Where the grid begins: right of the widest label.
    func left(_ axis: ValueAxis) -> Double {
        let widest = axis.ticks.map { TextWidth.of(axis.label($0, subject.text), size: 12) }.max() ?? 0
        return (Self.margin + widest + 8).rounded(.up)
    }

    /// The axis of time with its ticks.
    func axis(_ time: TimeAxis) -> Markup {
        let ticks = time.ticks.map { "M\(ChartNumber.text(time.x($0))) \(ChartNumber.text(Self.bottom))v5" }.joined()
        let labels = time.labels.map { label in
            pen.text(label.text, x: label.x, y: Self.bottom + 19, anchor: .middle) + "\n"
        }
        let contexts = time.contexts.map { label in
            pen.text(label.text, x: label.x, y: Self.bottom + 36, ink: .ink) + "\n"
        }
        let zone = pen.text(subject.words.hongKongTime, x: Self.right, y: 101, size: 11.5, anchor: .end)
        return "<path d=\"\(ticks)\" \(pen.paint(stroke: .axis))/>\n\(labels)\(contexts)\(zone)\n"
    }

    /// A sentence in the middle of an empty frame.
    func note(_ text: String) -> Markup {
        pen.text(text, x: Self.width / 2, y: (Self.top + Self.bottom) / 2, size: 15, ink: .ink, anchor: .middle) + "\n"
    }
}

extension ChartPen {
    enum Anchor: String {
        case start, middle, end
    }

    func text(
        _ text: String, x: Double, y: Double, size: Double = TimeAxis.labelSize, ink: ChartInk = .soft,
        anchor: Anchor = .start, isBold: Bool = false
    ) -> Markup {
        let place: Markup = anchor == .start ? "" : " text-anchor=\"\(anchor.rawValue)\""
        let height: Markup = size == 12 ? "" : " font-size=\"\(size)\""
        let weight: Markup = isBold ? " font-weight=\"600\"" : ""
        return "<text x=\"\(x)\" y=\"\(y)\"\(height)\(weight)\(place) \(paint(fill: ink))>\(text)</text>"
    }

    /// The paint of what is missing: lines across, so that colour is not the only sign.
    var hatched: Markup { "fill=\"url(#\(id)-hatch)\"" }
}
