import Foundation
import WaitCore
import WaitStore

/// Parameters that several endpoints take; they carry the command's names.
enum Parameters {
    static let code = Parameter<String>(
        name: "code", about: "A hospital, by the Hospital Authority's code or by name in any language.", example: "QMH",
        schema: name, expectation: expectedName, read: readName)

    static let hospitals = Parameter<[String]>(
        name: "hospital", about: "Hospitals, by code or by name in any language, with commas between; by default all.",
        example: "QMH,PWH", schema: .list(name, count: 1...100), expectation: "one to 100 codes or names"
    ) { text in
        let names = text.split(separator: ",", omittingEmptySubsequences: false).map { readName(String($0)) }
        return names.count <= 100 && !names.contains(nil) ? names.compactMap { $0 } : nil
    }

    static let feed = Parameter.word(
        "feed", ReadingTable.all.map(\.feed), "Which A&E feed; by default the new one. The two are never joined.")

    static let includeTrial = Parameter.flag(
        "include_trial", "Whether readings from before the feed's life are included; by default not.")

    static let from = time("from", "First day, month or year, or an instant.", read: TimeRange.start)
    static let to = time(
        "to", "Last day, month or year (whole), or the instant before which it ends.", read: TimeRange.end)
    static let period = Parameter<TimeRange>(
        name: "in", about: "A year, a month or a day, instead of from and to.", example: "2026-11",
        schema: .text(pattern: "^\(periodPattern)$"),
        expectation: "a year, a month or a day: 2025, 2025-10 or 2025-10-31, from 2000 to 2100",
        read: TimeRange.init(in:))
    static let range: [DeclaredParameter] = [.query(from), .query(to), .query(period)]

    static let excel = Parameter.flag(
        "excel", "CSV as Excel reads it: a byte-order mark, its times, formula-safe cells.")

    static let limit = Parameter.integer("limit", 1...2_000, example: 100, "The most rows on a page; by default 500.")
    static let cursor = Parameter<String>(
        name: "cursor", about: "Where to continue: `next` of the page before.", example: "",
        schema: .text(pattern: "^[A-Za-z0-9_-]{\(Cursor.length)}$"), expectation: "the next of an earlier page"
    ) { $0.utf8.count == Cursor.length ? $0 : nil }

    private static func time(
        _ name: String, _ about: String, read: @escaping @Sendable (String) -> HongKongMinute?
    ) -> Parameter<HongKongMinute> {
        Parameter(
            name: name, about: about, example: name == "from" ? "2026-11-01" : "2026-11-30",
            schema: .text(
                pattern:
                    "^(\(periodPattern)|\(dayPattern)[Tt ]\(clockPattern)(\(secondsPattern))?([Zz]|[+-]\(offsetPattern))?)$"
            ),
            expectation: "a day or a time: 2026, 2026-01, 2026-01-31 or 2026-01-31T04:30+08:00, from 2000 to 2100"
        ) { text in
            guard text.utf8.count <= 40 else { return nil }
            // A form writes a space as "+".
            return read(text) ?? read(text.replacing("+", with: " "))
        }
    }

    private static let periodPattern = "(20[0-9]{2}|2100)(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?"
    private static let dayPattern = "(20[0-9]{2}|2100)-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
    private static let clockPattern = "([01][0-9]|2[0-3]):[0-5][0-9]"
    private static let secondsPattern = ":[0-5][0-9](\\.[0-9]{1,9})?"
    private static let offsetPattern = "([01][0-9]|2[0-3])(:?[0-5][0-9])?"

    private static let name = Schema.text(pattern: "^[^,\\u0000-\\u001F\\u007F]{1,100}$")
    private static let expectedName = "a hospital's code or name, of at most 100 characters"

    private static let readName: @Sendable (String) -> String? = { text in
        // A form writes a space as "+".
        let name = String(text.replacing("+", with: " ").trimming { $0 == " " })
        return (1...100).contains(name.unicodeScalars.count) && !name.contains(",") ? name : nil
    }
}

extension AnswerContext {
    /// The code of the hospital that a path names.
    /// - Throws: `Problem` 404 where it names none, 400 where it may be several.
    func hospital(_ text: String, parameter: String) throws -> String {
        let codes = try database.hospitals(named: text)
        guard let code = codes.first else {
            throw Problem.notFound(
                "\"\(text)\" is not a hospital's code or name; /v1/hospitals lists all.", parameter: parameter)
        }
        guard codes.count == 1 else {
            throw Problem.parameter(parameter, "\"\(text)\" may be \(codes.joined(separator: ", ")); name one of them.")
        }
        return code
    }

    /// The codes that a list of hospitals names, each once; nil where the request has none.
    /// - Throws: `Problem` 404 where one of them names none, 400 where it may be several.
    func hospitals(_ query: Query) throws -> [String]? {
        try query[Parameters.hospitals]?.reduce(into: []) { codes, name in
            let code = try hospital(name, parameter: Parameters.hospitals.name)
            if !codes.contains(code) { codes.append(code) }
        }
    }

    /// The table of the feed that is asked about; the new feed's where the request names none.
    func table(_ query: Query) -> ReadingTable {
        query[Parameters.feed].flatMap(ReadingTable.of(feed:)) ?? ReadingTable.aeWait
    }

    /// The range that is asked about, until now where the request names no end.
    /// - Throws: `Problem` 400 where it ends before it begins, or is named twice.
    func range(_ query: Query) throws -> TimeRange {
        if let period = query[Parameters.period] {
            guard !query.has(Parameters.from), !query.has(Parameters.to) else {
                throw Problem.parameter(Parameters.period.name, "Name in, or from and to, not both.")
            }
            return period
        }
        let start = query[Parameters.from] ?? HongKongMinute(sinceEpoch: 0)
        let end = query[Parameters.to] ?? max(minute.slotStart.adding(minutes: 15), start.adding(minutes: 15))
        guard start < end else { throw Problem.parameter(Parameters.to.name, "The range ends before it begins.") }
        return TimeRange(from: start, to: end)
    }

    /// How long an answer about the readings of a range may be kept.
    ///
    /// A range whose last day the archive has settled, two days later, is final where nothing in it is unknown; until then
    /// healing may fill it at any time.
    func lifetime(of range: TimeRange) -> Answer.Lifetime {
        guard range.to <= minute else { return .nextSlot }
        let lastDay = range.to.adding(minutes: -1).dayStart
        guard minute >= ArchiveKnowledge.settledAt(lastDay) else { return .unsettled }
        // Where the ledger cannot be read, nothing is said of its being whole.
        return (try? hasGaps(range)) == false ? .day : .unsettled
    }

    /// Whether an A&E feed has unknown slots in the range; of a long range, whether it has any at all.
    private func hasGaps(_ range: TimeRange) throws -> Bool {
        let isLong = range.to.sinceEpoch - range.from.sinceEpoch > 40 * 1_440
        if isLong { return try record.unknownSlots(in: database, now: minute).values.contains { $0 > 0 } }
        return try ReadingTable.all.contains { table in
            try database.coverage(of: table.feed, by: .year, in: range, now: minute).total.unknown > 0
        }
    }
}
