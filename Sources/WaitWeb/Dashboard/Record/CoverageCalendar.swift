import WaitCore
import WaitStore

/// Every day of a feed as a square, a row of weeks a year, shaded by how whole it is; what is missing stands in the squares' titles.
struct CoverageCalendar {
    let coverage: Coverage
    /// What the calendar is of.
    let name: String
    let language: Language

    private var text: WaitText { WaitText(language: language) }

    private static let (cell, left, top) = (13, 34, 16)

    var markup: Markup {
        let years = Dictionary(grouping: coverage.buckets) { $0.start.civil.year }
        guard !years.isEmpty else { return "<p>\(RecordWords.noDays[language])</p>" }
        return Markup(years.keys.sorted(by: >).map { year in drawing(year, years[year] ?? []) })
    }

    /// How whole a day is, as a class: 0 under half … 4 complete.
    static func shade(_ counts: SlotCounts) -> Int? {
        guard let share = counts.coverage else { return nil }
        return switch share {
        case 1...: 4
        case 0.98...: 3
        case 0.9...: 2
        case 0.5...: 1
        default: 0
        }
    }

    private func drawing(_ year: Int, _ days: [(start: HongKongMinute, counts: SlotCounts)]) -> Markup {
        let total = days.map(\.counts).reduce(SlotCounts(), +)
        let label = "\(name), \(year): \(total.coverage.map(text.percent) ?? "–")"
        return """
            <svg class="calendar" viewBox="0 0 \(Self.left + 54 * Self.cell) \(Self.top + 7 * Self.cell + 2)" role="img" aria-label="\(label)">\
            <text x="0" y="\(Self.top + 10)">\(year)</text>\(months(year))\(whole(days))\(days.map(incomplete))</svg>
            """
    }

    /// The names of the months above the week of their first day.
    private func months(_ year: Int) -> [Markup] {
        (1...12).compactMap { month in
            HongKongMinute(year: year, month: month, day: 1).map { first in
                "<text x=\"\(Self.position(first).x)\" y=\"10\">\(text.monthName(month))</text>"
            }
        }
    }

    /// Complete days are most: all of them are one stroke.
    private func whole(_ days: [(start: HongKongMinute, counts: SlotCounts)]) -> Markup {
        let side = Self.cell - 2
        let path = days.filter { Self.shade($0.counts) == 4 }.map { day, _ in
            let (x, y) = Self.position(day)
            return "M\(x) \(y)h\(side)v\(side)h-\(side)z"
        }
        return "<path class=\"d4\" d=\"\(path.joined())\"/>"
    }

    private func incomplete(_ day: (start: HongKongMinute, counts: SlotCounts)) -> Markup {
        guard let shade = Self.shade(day.counts), shade < 4 else { return "" }
        let (x, y) = Self.position(day.start)
        let side = Self.cell - 2
        let cross: Markup? =
            shade < 2 ? "<path class=\"cross\" d=\"M\(x + 2) \(y + side - 2)l\(side - 4) -\(side - 4)\"/>" : nil
        return """
            <g><title>\(words(day))</title><rect class="d\(shade)" x="\(x)" y="\(y)" width="\(side)" height="\(side)"/>\(cross)</g>
            """
    }

    /// "21 Nov 2026: 83.3%; 288 the archive has none".
    private func words(_ day: (start: HongKongMinute, counts: SlotCounts)) -> String {
        let counts = day.counts
        let missing = [
            (counts.notArchived, SlotState.notArchived), (counts.lost, .lost), (counts.unknown, .unknown),
        ].filter { $0.0 > 0 }.map { "\(text.number($0)) \(CommonWords.state($1)[language])" }
        return "\(text.day(day.start)): \(counts.coverage.map(text.percent) ?? "–"); " + missing.joined(separator: ", ")
    }

    /// A day's place: weeks to the right, Monday at the top.
    private static func position(_ day: HongKongMinute) -> (x: Int, y: Int) {
        let first = HongKongMinute(year: day.civil.year, month: 1, day: 1) ?? day
        let number = (day.dayStart.sinceEpoch - first.sinceEpoch) / 1_440 + first.weekday - 1
        return (left + number / 7 * cell, top + number % 7 * cell)
    }
}
