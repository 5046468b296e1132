import WaitCore
import WaitStore

/// Every day of a feed as a square, a row of weeks a year, shaded by how whole it is; what is missing and why stands in
/// ``CoverageGaps`` beside it. A path a shade, so that ten years are some kilobytes.
struct CoverageCalendar {
    let coverage: Coverage
    /// What the calendar is of.
    let name: String
    let language: Language

    typealias Day = (start: HongKongMinute, counts: SlotCounts)

    private var text: WaitText { WaitText(language: language) }

    private static let (cell, left, top) = (13, 48, 16)

    /// Classes of a day, the least complete first; those before the fourth are crossed, so that shade is not the only sign.
    static let shades = ["dz", "d0", "d1", "d2", "d3", "d4"]

    var markup: Markup {
        let years = Dictionary(grouping: coverage.buckets) { $0.start.civil.year }
        guard !years.isEmpty else { return "<p>\(RecordWords.noDays[language])</p>" }
        let drawings = years.keys.sorted(by: >).map { year in drawing(year, years[year] ?? []) }
        return "<div class=\"wide\" tabindex=\"0\" role=\"group\" aria-label=\"\(name)\">\(drawings)</div>"
    }

    /// Index of a day's class in `shades`; nil where nothing is expected.
    static func shade(_ counts: SlotCounts) -> Int? {
        guard let share = counts.coverage else { return nil }
        return switch share {
        case 1...: 5
        case 0.98...: 4
        case 0.9...: 3
        case 0.5...: 2
        case 0: 0
        default: 1
        }
    }

    private func drawing(_ year: Int, _ days: [Day]) -> Markup {
        let total = days.map(\.counts).reduce(SlotCounts(), +)
        let label = "\(name), \(year): \(total.coverage.map(text.percent) ?? "–")"
        let shaded = Dictionary(grouping: days) { Self.shade($0.counts) }
        // A year that begins late begins at its first week, so that a narrow screen shows days and not an empty strip.
        let columns = days.map { Self.position($0.start).x }
        let start = (columns.min() ?? Self.left) - Self.left
        let width = max((columns.max() ?? 0) - start + Self.cell, 9 * Self.cell)
        let height = Self.top + 7 * Self.cell + 2
        let squares = Self.shades.indices.map { shade in Self.squares(shade, shaded[shade] ?? []) }
        let names = [1, 3, 5, 7].map { day in
            "<text x=\"\(start + 28)\" y=\"\(Self.top + (day - 1) * Self.cell + 9)\">\(text.weekdayShort(day))</text>"
                as Markup
        }
        return """
            <svg class="calendar" viewBox="\(start) 0 \(width) \(height)" width="\(width * 5 / 4)" height="\(height * 5 / 4)" role="img" aria-label="\(label)">\
            <text x="\(start)" y="\(Self.top + 9)">\(year)</text>\(names)\(months(year, from: start + Self.left))\(squares)</svg>
            """
    }

    /// The names of the months above the week of their first day.
    private func months(_ year: Int, from left: Int) -> [Markup] {
        (1...12).compactMap { month in
            HongKongMinute(year: year, month: month, day: 1).flatMap { first in
                let x = Self.position(first).x
                return x < left ? nil : "<text x=\"\(x)\" y=\"10\">\(text.monthName(month))</text>"
            }
        }
    }

    /// All days of one class.
    private static func squares(_ shade: Int, _ days: [Day]) -> Markup {
        guard !days.isEmpty else { return "" }
        let side = cell - 2
        let places = days.map { position($0.start) }
        let path = places.map { "M\($0.x) \($0.y)h\(side)v\(side)h-\(side)z" }.joined()
        let square: Markup = "<path class=\"\(shades[shade])\" d=\"\(path)\"/>"
        guard shade < 3 else { return square }
        let strokes = places.map { "M\($0.x + 2) \($0.y + side - 2)l\(side - 4) -\(side - 4)" }.joined()
        return square + "<path class=\"cross\" d=\"\(strokes)\"/>"
    }

    /// A day's place: weeks to the right, Monday at the top.
    private static func position(_ day: HongKongMinute) -> (x: Int, y: Int) {
        let first = HongKongMinute(year: day.civil.year, month: 1, day: 1) ?? day
        let number = (day.dayStart.sinceEpoch - first.sinceEpoch) / 1_440 + first.weekday - 1
        return (left + number / 7 * cell, top + number % 7 * cell)
    }
}
