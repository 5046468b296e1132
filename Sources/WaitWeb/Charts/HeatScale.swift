import WaitCore

/// Seven steps or fewer from the least to the most of a heat map's figures.
struct HeatScale: Sendable, Hashable {
    let kind: FigureKind
    /// Where the first step begins, and how much each holds: minutes, of shares thousandths.
    let first: Int
    let width: Int
    let count: Int

    static let mostSteps = 7

    init(_ kind: FigureKind, _ figures: [Double]) {
        let amounts = figures.map { Self.amount($0, kind) }
        let (least, most) = (amounts.min() ?? 0, amounts.max() ?? 0)
        let widths = Self.widths(kind)
        let width = widths.first { most / $0 - least / $0 < Self.mostSteps } ?? (most / Self.mostSteps + 1)
        (self.kind, self.width) = (kind, width)
        first = least / width * width
        count = min(Self.mostSteps, most / width - least / width + 1)
    }

    func step(_ figure: Double) -> Int {
        max(0, min(count - 1, (Self.amount(figure, kind) - first) / width))
    }

    /// The published figures that a step holds, its first and its last; of shares where it begins and ends.
    func figures(of step: Int) -> (first: Int, last: Int) {
        let start = first + step * width
        return (start, kind == .share ? start + width : start + width - Self.grain(kind))
    }

    /// The step's place on the palette: few steps lie as far apart as many.
    func ink(_ step: Int) -> Int {
        count <= 1 ? Self.mostSteps / 2 : step * (Self.mostSteps - 1) / (count - 1)
    }

    private static func amount(_ figure: Double, _ kind: FigureKind) -> Int {
        kind == .share ? Int(figure * 1_000 + 1e-9) : Int(figure)
    }

    /// What a figure is a multiple of.
    private static func grain(_ kind: FigureKind) -> Int {
        switch kind {
        case .minutes, .share: 1
        case .upToHours: 30
        case .classes: 60
        }
    }

    private static func widths(_ kind: FigureKind) -> [Int] {
        switch kind {
        case .minutes: [1, 2, 5, 10, 15, 20, 30, 60, 120, 240]
        case .upToHours: [30, 60, 120, 180, 240]
        case .classes: [60, 120, 180]
        case .share: [5, 10, 20, 50, 100, 150]
        }
    }
}

extension HeatScale {
    /// A step in words: "20–24 min", "≤ 3–3.5 h", "> 1 h", "5–10%".
    func label(_ step: Int, _ text: WaitText) -> String {
        let (first, last) = figures(of: step)
        switch kind {
        case .minutes: return first == last ? text.minutes(first) : "\(first)–\(text.minutes(last))"
        case .share: return "\(Self.percent(first))–\(Self.percent(last))%"
        case .upToHours:
            guard last > 0 else { return text.hours(0) }
            return first == last ? "≤ \(text.hours(last))" : "≤ \(text.hourNumber(first))–\(text.hours(last))"
        case .classes:
            guard first > 0 else { return last == 0 ? "≤ \(text.hours(60))" : "≤ \(text.hours(last + 60))" }
            return first == last ? "> \(text.hours(first))" : "> \(text.hourNumber(first))–\(text.hours(last))"
        }
    }

    /// A figure as short as a cell is: "24", "≤3.5", ">1", "12%".
    func cell(_ figure: Double, _ text: WaitText) -> String {
        let minutes = Int(figure)
        switch kind {
        case .minutes: return "\(minutes)"
        case .upToHours: return minutes == 0 ? "0" : "≤\(text.hourNumber(minutes))"
        case .classes: return minutes == 0 ? "≤1" : ">\(text.hourNumber(minutes))"
        // Never a whole that it is not.
        case .share: return figure > 0 && figure < 0.01 ? "<1%" : "\(Int(figure * 100 + 1e-9))%"
        }
    }

    private static func percent(_ thousandths: Int) -> String { ChartNumber.text(Double(thousandths) / 10) }
}
