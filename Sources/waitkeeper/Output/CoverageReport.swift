import WaitCore
import WaitStore

/// The ledger as rows.
enum CoverageReport {
    static func report(_ coverage: Coverage) -> Report {
        Report(
            columns: [
                .init("start", "FROM"), .init("expected", "EXPECTED"), .init("observed", "OBSERVED"),
                .init("healed", "HEALED"), .init("not_archived", "NOT ARCHIVED"), .init("lost", "LOST"),
                .init("unknown", "UNKNOWN"), .init("coverage", "COVERAGE"), .init("partial", "PARTIAL"),
            ],
            rows: coverage.buckets.map { row($0.start, $0.counts) })
    }

    /// The ledger as a command prints it; JSON with the range, and what was asked.
    static func text(_ coverage: Coverage, feed: String, by: BucketSize, hospital: String?, _ format: OutputFormat)
        -> String
    {
        var range = JSONWriter()
        range.object { json in
            json.field("from", coverage.range.from)
            json.field("to", coverage.range.to)
        }
        var more: [(name: String, json: String)] = [
            ("hospital", hospital.map(JSONText.quoted) ?? "null"), ("feed", JSONText.quoted(feed)),
            ("by", JSONText.quoted(by.rawValue)), ("range", String(decoding: range.bytes, as: UTF8.self)),
            ("timezone", JSONText.quoted("Asia/Hong_Kong")),
        ]
        if let note = coverage.note { more.append(("note", JSONText.quoted(note))) }
        return report(coverage).text(format, isSimulated: coverage.isSimulated, more: more)
    }

    private static func row(_ start: HongKongMinute, _ counts: SlotCounts) -> [Report.Cell] {
        [
            .text(start.rfc3339), .integer(counts.expected), .integer(counts.observed), .integer(counts.healed),
            .integer(counts.notArchived), .integer(counts.lost), .integer(counts.unknown),
            .optionalShare(counts.coverage), .flag(counts.isPartial),
        ]
    }

    /// Which range was counted, and what it comes to.
    static func words(_ coverage: Coverage, feed: String) -> String {
        guard let share = coverage.total.coverage else {
            return coverage.note
                ?? "Nothing of \(feed) is expected in this range, which ends within the current quarter hour."
        }
        let percent = (share * 10_000).rounded() / 100
        return """
            \(feed) from \(coverage.range.from.rfc3339) up to \(coverage.range.to.rfc3339): \(percent.plainText) % of \
            \(coverage.total.expected) expected readings. \(Attribution.sourceLine).
            """
    }
}

/// A calendar of days in shades: a line a month, a cell a day.
enum CoverageCalendar {
    private static let shades = ["·", "░", "▒", "▓", "█"]

    static func text(_ days: Coverage) -> String {
        let months = Dictionary(grouping: days.buckets) { BucketSize.month.start(of: $0.start) }
        let lines = months.keys.sorted().map { month in
            let cells = Dictionary(
                (months[month] ?? []).map { ($0.start.civil.day, $0.counts) }
            ) { first, _ in first }
            return month.dayText.prefix(7) + "  " + (1...31).map { cells[$0].map(shade) ?? " " }.joined()
        }
        let legend = "         · none  ░ under 50 %  ▒ under 90 %  ▓ under 100 %  █ complete\n"
        return lines.map { $0 + "\n" }.joined() + legend
    }

    private static func shade(_ counts: SlotCounts) -> String {
        switch counts.coverage ?? 0 {
        case 0: shades[0]
        case ..<0.5: shades[1]
        case ..<0.9: shades[2]
        case ..<1: shades[3]
        default: shades[4]
        }
    }
}
