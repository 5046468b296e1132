import WaitCore

/// The week drawn as a heat map: one row per day, one column per hour, the figure in every cell.
struct HeatChart: Sendable {
    let subject: ChartSubject
    /// From Monday 00:00 to Sunday 23:00.
    let buckets: [ProfileBucket]
    private let scale: HeatScale
    private let left: Double

    private static let rowHeight = 29.0
    private static let top = 72.0
    private static let bottom = top + 7 * rowHeight

    init(subject: ChartSubject, buckets: [ProfileBucket]) {
        (self.subject, self.buckets) = (subject, buckets)
        scale = HeatScale(subject.kind, buckets.compactMap { $0.state.figures?.middle })
        let names = (1...7).map { TextWidth.of(subject.text.weekday($0), size: 12) }
        left = (16 + (names.max() ?? 0) + 8).rounded(.up)
    }

    var markup: Markup {
        ChartFrame(subject: subject).picture(
            aggregates: buckets.map(\.aggregate), description: subject.description(buckets, .hourOfWeek), body: body)
    }

    private var pen: ChartPen { subject.pen }
    private var cellWidth: Double { (ChartFrame.right - left) / 24 }

    private var body: Markup {
        let isEmpty = buckets.allSatisfy { $0.state.figures == nil }
        let cells = Markup(buckets.map(cell)) + names
        let below: Markup =
            isEmpty
            ? pen.text(subject.words.noReadings, x: left, y: 322, size: 15, ink: .ink) + "\n"
            : pen.text(caption, x: 16, y: 318, size: 11.5) + "\n" + legend.markup(x: 16, y: 341)
        return cells + below
    }

    /// What the colours are of.
    private var caption: String {
        let words = subject.words
        return subject.kind == .share ? subject.measure : "\(subject.measure)\(words.list)\(words.median)"
    }

    private var names: Markup {
        let days = (1...7).map { day in
            pen.text(
                subject.text.weekday(day), x: left - 8, y: Self.top + (Double(day) - 0.5) * Self.rowHeight + 4,
                anchor: .end) + "\n"
        }
        let hours = stride(from: 0, to: 24, by: 1).map { hour in
            pen.text(
                hour.padded(2), x: left + (Double(hour) + 0.5) * cellWidth, y: Self.bottom + 16, size: 11,
                anchor: .middle) + "\n"
        }
        let zone = pen.text(
            subject.words.hongKongTime, x: ChartFrame.right, y: 318, size: 11.5, anchor: .end)
        return Markup(days) + Markup(hours) + zone + "\n"
    }

    private func cell(_ bucket: ProfileBucket) -> Markup {
        let x = left + Double(bucket.number % 24) * cellWidth
        let y = Self.top + Double(bucket.number / 24) * Self.rowHeight
        let shape: Markup =
            "<rect x=\"\(x)\" y=\"\(y)\" width=\"\(cellWidth - 1)\" height=\"\(Self.rowHeight - 1)\""
        guard let figures = bucket.state.figures else {
            return bucket.state == .noData ? "\(shape) \(pen.hatched)/>\n" : "\(shape) \(pen.paint(fill: .gap))/>\n"
        }
        let ink = scale.ink(scale.step(figures.middle))
        let corner: Markup =
            bucket.isPartial
            ? "<path d=\"M\(x + cellWidth - 8) \(y)h7v7z\" \(pen.paint(fill: ChartInk.onHeat[ink]))/>" : ""
        let number = pen.text(
            scale.cell(figures.middle, subject.text), x: x + (cellWidth - 1) / 2, y: y + Self.rowHeight / 2 + 3.5,
            size: 10, ink: ChartInk.onHeat[ink], anchor: .middle)
        return "\(shape) \(pen.paint(fill: ChartInk.heat[ink]))/>\(corner)\(number)\n"
    }

    private var legend: ChartLegend {
        let words = subject.words
        var entries = (0..<scale.count).map { step in
            ChartLegend.Entry(mark: .heat(scale.ink(step)), text: scale.label(step, subject.text))
        }
        if buckets.contains(where: \.isPartial) { entries.append(.init(mark: .corner, text: words.partial)) }
        if buckets.contains(where: { $0.state == .noData }) { entries.append(.init(mark: .hatch, text: words.noData)) }
        return ChartLegend(pen: pen, entries: entries)
    }
}
