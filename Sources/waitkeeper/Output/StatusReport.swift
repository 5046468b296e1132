import Foundation
import WaitCore
import WaitIngest
import WaitStore

/// The state of the feeds and the record at a moment: as tables and words for people, as one JSON object for programs.
struct StatusReport {
    let status: RecordStatus
    let now: Date
    /// Of the A&E feeds, by name.
    let hospitals: [String: [HospitalPresence]]
    /// Those that are not over, the oldest first, and the last ten.
    let openIncidents: [Incident]
    let lastIncidents: [Incident]
    let path: String
    let freeBytes: Int?
    /// Whether the record was made by the demo.
    private let isSimulated: Bool
    private let coverage: [(feed: String, over: String, counts: SlotCounts)]

    /// - Throws: `StoreError`, GRDB's `DatabaseError`.
    init(_ database: WaitDatabase, path: String, freeBytes: Int?, now: Date) throws {
        (self.path, self.freeBytes, self.now) = (path, freeBytes, now)
        status = try database.status(now: Int(now.timeIntervalSince1970))
        hospitals = try Dictionary(
            uniqueKeysWithValues: ReadingTable.all.map { ($0.feed, try database.hospitalPresences(in: $0)) })
        openIncidents = try database.openIncidents()
        lastIncidents = try database.incidents(atMost: 10)
        coverage = try Self.coverage(of: database, now: now)
        isSimulated = try database.isSimulated()
    }

    /// Whether a person should look at a feed.
    var isTroubled: Bool {
        status.feeds.contains { health(of: $0).isTrouble($0.summary.feed.rhythm) }
    }

    private func health(of feed: FeedStatus) -> FeedHealth { FeedHealth.of(feed.summary.facts, now: now) }

    func text(_ format: OutputFormat) -> String {
        switch format {
        case .csv: feeds.csv(isSimulated: isSimulated)
        case .json: json
        case .table: feeds.table() + "\n" + completeness.table() + words
        }
    }

    // MARK: Reports

    private var feeds: Report {
        Report(
            columns: [
                .init("feed", "FEED"), .init("health", "HEALTH"), .init("health_since", "SINCE"),
                .init("observed_at", "OBSERVED"), .init("age_minutes", "AGE"), .init("rows", "ROWS"),
                .init("last_outcome", "LAST OUTCOME"), .init("last_captured_at", "LAST ASKED"),
                .init("captures_24h", "ASKED 24H"), .init("failed_24h", "FAILED 24H"),
            ],
            rows: status.feeds.map { feed in
                let (summary, health) = (feed.summary, health(of: feed))
                let age = summary.observedAt.map { Int(now.timeIntervalSince1970 / 60) - $0.sinceEpoch }
                let failed = feed.lastDay.filter { Outcome(rawValue: $0.key)?.isFailure == true }.values.reduce(0, +)
                return [
                    .text(summary.feed.id), .text(health.name.rawValue),
                    .optional(health.since.map { Self.text(Int($0.timeIntervalSince1970)) }),
                    .optional(summary.observedAt?.rfc3339), .optionalAge(age), .integer(feed.rows),
                    .optional(feed.lastCapture?.outcome), .optional(feed.lastCapture?.capturedAt),
                    .integer(feed.lastDay.values.reduce(0, +)), .integer(failed),
                ]
            })
    }

    /// How whole the record is: over 24 hours, 30 days and each feed's life.
    private var completeness: Report {
        Report(
            columns: [
                .init("feed", "FEED"), .init("over", "OVER"), .init("coverage", "COVERAGE"),
                .init("expected", "EXPECTED"), .init("observed", "OBSERVED"), .init("healed", "HEALED"),
                .init("not_archived", "NOT ARCHIVED"), .init("lost", "LOST"), .init("unknown", "UNKNOWN"),
            ],
            rows: coverage.map { feed, over, counts in
                [
                    .text(feed), .text(over), .optionalShare(counts.coverage),
                    .integer(counts.expected), .integer(counts.observed), .integer(counts.healed),
                    .integer(counts.notArchived), .integer(counts.lost), .integer(counts.unknown),
                ]
            })
    }

    private static func coverage(
        of database: WaitDatabase, now: Date
    ) throws -> [(feed: String, over: String, counts: SlotCounts)] {
        let end = HongKongMinute(secondsSince1970: now.timeIntervalSince1970)
        let spans = [("24 hours", -1_440), ("30 days", -30 * 1_440), ("life", -end.sinceEpoch)]
        return try ReadingTable.all.map(\.feed).flatMap { feed in
            try spans.map { name, minutes in
                let range = TimeRange(from: end.adding(minutes: minutes), to: end)
                return (feed, name, try database.coverage(of: feed, by: .year, in: range, now: end).total)
            }
        }
    }

    private func incidents(_ incidents: [Incident]) -> Report {
        Report(
            columns: [
                .init("kind", nil), .init("subject", nil), .init("since", nil), .init("opened_at", nil),
                .init("opening", nil), .init("closed_at", nil), .init("closing", nil),
            ],
            rows: incidents.map { incident in
                [
                    .text(incident.matter.kind.rawValue), .text(incident.matter.subject),
                    .text(Self.text(incident.sinceUnix)), .text(Self.text(incident.openedUnix)),
                    .text(incident.opening), .optional(incident.closedUnix.map(Self.text)), .optional(incident.closing),
                ]
            })
    }

    private var absences: [(feed: String, hospital: HospitalPresence)] {
        hospitals(where: { $0.state(at: $1) == .missing })
    }

    private var arrivals: [(feed: String, hospital: HospitalPresence)] {
        hospitals { hospital, newest in
            hospitals.values.contains { $0.contains(hospital) && hospital.isNew(among: $0, at: newest) }
        }
    }

    /// Names that stood in fewer than eight documents.
    private var strangers: [(feed: String, hospital: HospitalPresence)] {
        hospitals { hospital, _ in !hospital.counts }
    }

    private var renames: [(feed: String, former: HospitalPresence, new: HospitalPresence)] {
        status.feeds.flatMap { feed in
            HospitalPresence.possibleRenames(among: hospitals[feed.summary.feed.id] ?? []).map {
                (feed.summary.feed.id, $0, $1)
            }
        }
    }

    /// In feeds whose life is not over.
    private func hospitals(
        where condition: (HospitalPresence, HongKongMinute) -> Bool
    ) -> [(feed: String, hospital: HospitalPresence)] {
        status.feeds.flatMap { feed -> [(feed: String, hospital: HospitalPresence)] in
            guard health(of: feed) != .retired, let newest = feed.summary.observedAt else { return [] }
            let all = hospitals[feed.summary.feed.id] ?? []
            return all.filter { condition($0, newest) }.map { (feed.summary.feed.id, $0) }
        }
    }

    // MARK: Words

    private var words: String {
        var lines = ["", sizes]
        if let disk { lines.append(disk) }
        lines += openIncidents.map {
            "INCIDENT since \(Self.text($0.sinceUnix)) (\($0.matter.kind.rawValue)): \($0.opening.withoutControls)"
        }
        lines += absences.map { "Missing in \($0): \(Self.name($1)), last at \($1.newest.rfc3339)." }
        lines += arrivals.map { "New in \($0): \(Self.name($1)), since \($1.first.rfc3339)." }
        lines += strangers.map {
            "Rare in \($0): \(Self.name($1)), last at \($1.newest.rfc3339); it is not counted until eight documents have had it."
        }
        lines += renames.map { feed, former, new in
            """
            Perhaps renamed in \(feed): \(Self.name(new)) came at \(new.first.rfc3339) when \(Self.name(former)) went; \
            if they are one, set places.same to "\(new.name.withoutControls) = \(former.code.withoutControls)".
            """
        }
        lines += status.unrecognised.map {
            "Not recognised (\($0.phrase.kind.rawValue)): \"\($0.phrase.text.withoutControls)\" in \($0.readings) figures; kept, without a number."
        }
        lines += status.missing.map { "Missing: \($0.metric) in \($0.readings) readings; they have the other figures." }
        lines += status.unreadQuotas.map {
            "Not recognised (quota): \"\($0.text.withoutControls)\" on \($0.days) days; kept, without a number."
        }
        lines += status.drift.map { Self.sentence($0) }
        lines += status.faultReasons.map { "Quarantined \($0.count): \($0.reason.withoutControls)" }
        lines += status.unplaced.map { "Without coordinates: \($0.kind) \($0.code.withoutControls)." }
        return lines.joined(separator: "\n") + "\n\(Attribution.sourceLine).\n"
    }

    private var sizes: String {
        "\(path): \(ByteCountFormatter.text(status.databaseBytes)), \(status.captures) captures, \(status.payloads) payloads, "
            + "\(status.revisions) revisions, \(status.faults) quarantined."
    }

    /// What is free, and for how long that lasts as the record has grown of late.
    private var disk: String? {
        guard let freeBytes else { return nil }
        let free = "\(ByteCountFormatter.text(freeBytes)) free on its disk"
        guard let growth = status.bytesADay, growth > 0 else {
            return "\(free); it is too early to say how fast the record grows."
        }
        let years = Double(freeBytes) / Double(growth) / 365
        let lasts = years > 100 ? "over 100 years" : years > 2 ? "\(Int(years)) years" : "\(Int(years * 365)) days"
        return "\(free); it grows by about \(ByteCountFormatter.text(growth)) a day, so there is room for \(lasts)."
    }

    private static func sentence(_ record: DriftRecord) -> String {
        let key = "\"\(record.drift.key.withoutControls)\""
        let change =
            switch record.drift.change {
            case .added: "New key \(key)"
            case .vanished: "No record has the key \(key)"
            case .unread: "A value of the key \(key) cannot be read"
            }
        return "\(change) in \(record.document), first on \(record.capturedAt) (capture \(record.captureID))."
    }

    private static func name(_ hospital: HospitalPresence) -> String {
        "\(hospital.name.withoutControls) (\(hospital.code.withoutControls))"
    }

    private static func text(_ unix: Int) -> String {
        HongKongMinute(secondsSince1970: Double(unix)).rfc3339
    }

    // MARK: JSON

    private var json: String {
        func presences(_ list: [(feed: String, hospital: HospitalPresence)]) -> Report {
            Report(
                columns: ["feed", "hospital", "first_at", "newest_at"].map { .init($0, nil) },
                rows: list.map {
                    [.text($0), .text($1.code), .text($1.first.rfc3339), .text($1.newest.rfc3339)]
                })
        }
        let record = Report(
            columns: [
                "path", "bytes", "bytes_a_day", "free_bytes", "captures", "payloads", "revisions", "quarantined",
            ].map { .init($0, nil) },
            rows: [
                [
                    .text(path), .integer(status.databaseBytes), .optional(status.bytesADay), .optional(freeBytes),
                    .integer(status.captures), .integer(status.payloads), .integer(status.revisions),
                    .integer(status.faults),
                ]
            ])
        let parts: [(String, Report)] = [
            ("feeds", feeds), ("completeness", completeness), ("record", record),
            ("open_incidents", incidents(openIncidents)), ("last_incidents", incidents(lastIncidents)),
            ("missing_hospitals", presences(absences)), ("new_hospitals", presences(arrivals)),
            ("seldom_hospitals", presences(strangers)),
            (
                "possible_renames",
                Self.part(
                    ["feed", "hospital", "former_hospital", "at"],
                    renames.map { [.text($0), .text($2.code), .text($1.code), .text($2.first.rfc3339)] })
            ),
            (
                "missing_figures",
                Self.part(["metric", "readings"], status.missing.map { [.text($0.metric), .integer($0.readings)] })
            ),
            (
                "unrecognised_quotas",
                Self.part(["text", "days"], status.unreadQuotas.map { [.text($0.text), .integer($0.days)] })
            ),
            ("changed_keys", changedKeys),
            (
                "unrecognised_phrases",
                Self.part(
                    ["kind", "text", "figures"],
                    status.unrecognised.map {
                        [.text($0.phrase.kind.rawValue), .text($0.phrase.text), .integer($0.readings)]
                    })
            ),
            (
                "quarantine_reasons",
                Self.part(["reason", "records"], status.faultReasons.map { [.text($0.reason), .integer($0.count)] })
            ),
            (
                "without_coordinates",
                Self.part(["kind", "id"], status.unplaced.map { [.text($0.kind), .text($0.code)] })
            ),
        ]
        let fields =
            parts.map { "\"\($0)\": \($1.json().dropLast())" } + [
                "\"source\": \(JSONText.quoted(Attribution.source))", "\"simulated\": \(isSimulated)",
            ]
        return "{\n" + fields.joined(separator: ",\n") + "\n}\n"
    }

    private var changedKeys: Report {
        Self.part(
            ["document", "key", "change", "capture_id", "captured_at"],
            status.drift.map {
                [
                    .text($0.document), .text($0.drift.key), .text($0.drift.change.rawValue),
                    .integer(Int($0.captureID)), .text($0.capturedAt),
                ]
            })
    }

    private static func part(_ columns: [String], _ rows: [[Report.Cell]]) -> Report {
        Report(columns: columns.map { .init($0, nil) }, rows: rows)
    }
}
