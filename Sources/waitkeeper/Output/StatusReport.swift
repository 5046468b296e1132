import Foundation
import WaitCore
import WaitIngest
import WaitStore

/// The state of the feeds and the record, as rows and as words.
enum StatusReport {
    static func health(of feed: FeedStatus, now: Date) -> FeedHealth {
        guard let known = Feed.named(feed.feed) else { return .neverAsked }
        return FeedHealth.of(
            FeedHealth.Facts(
                rhythm: known.rhythm, life: feed.life, lastAttemptAt: feed.lastAttemptUnix.map(date),
                lastGoodAt: feed.lastGoodUnix.map(date), observedAt: feed.observedAt),
            now: now)
    }

    static func feeds(_ status: RecordStatus, now: Date) -> Report {
        Report(
            columns: [
                .init("feed", "FEED"), .init("health", "HEALTH"), .init("observed_at", "OBSERVED"),
                .init("age_minutes", "AGE MIN"), .init("rows", "ROWS"), .init("last_outcome", "LAST OUTCOME"),
                .init("last_captured_at", "LAST ASKED"), .init("captures_24h", "ASKED 24H"),
                .init("failed_24h", "FAILED 24H"),
            ],
            rows: status.feeds.map { feed in
                let age = feed.observedAt.map { Int(now.timeIntervalSince1970 / 60) - $0.sinceEpoch }
                let failed = feed.lastDay.filter { Outcome(rawValue: $0.key)?.isFailure == true }.values.reduce(0, +)
                return [
                    .text(feed.feed), .text(health(of: feed, now: now).rawValue), .optional(feed.observedAt?.rfc3339),
                    .optional(age), .integer(feed.rows), .optional(feed.lastCapture?.outcome),
                    .optional(feed.lastCapture?.capturedAt), .integer(feed.lastDay.values.reduce(0, +)),
                    .integer(failed),
                ]
            })
    }

    /// How whole the record is: over 24 hours, 30 days and each feed's life.
    static func completeness(of database: WaitDatabase, now: Date) throws -> Report {
        let end = HongKongMinute(secondsSince1970: now.timeIntervalSince1970)
        let spans = [("24 hours", -1_440), ("30 days", -30 * 1_440), ("life", -end.sinceEpoch)]
        var report = Report(
            columns: [
                .init("feed", "COMPLETENESS"), .init("over", "OVER"), .init("coverage", "COVERAGE"),
                .init("expected", "EXPECTED"), .init("observed", "OBSERVED"), .init("healed", "HEALED"),
                .init("not_archived", "NOT ARCHIVED"), .init("lost", "LOST"), .init("unknown", "UNKNOWN"),
            ])
        for feed in ReadingTable.all.map(\.feed) {
            for (name, minutes) in spans {
                let range = TimeRange(from: end.adding(minutes: minutes), to: end)
                let counts = try database.coverage(of: feed, by: .year, in: range, now: end).total
                report.rows.append([
                    .text(feed), .text(name), .optional(counts.coverage.map(CoverageReport.rounded)),
                    .integer(counts.expected), .integer(counts.observed), .integer(counts.healed),
                    .integer(counts.notArchived), .integer(counts.lost), .integer(counts.unknown),
                ])
            }
        }
        return report
    }

    static func words(_ status: RecordStatus, path: String) -> String {
        var lines = [
            "",
            "\(path): \(status.databaseBytes / 1_024) KiB, \(status.captures) captures, \(status.payloads) payloads, "
                + "\(status.revisions) revisions, \(status.faults) quarantined.",
        ]
        lines += status.unrecognised.map {
            "Not recognised (\($0.phrase.kind.rawValue)): \"\($0.phrase.text.withoutControls)\" in \($0.readings) figures; kept, without a number."
        }
        lines += status.unplaced.map { "Without coordinates: \($0.kind) \($0.code.withoutControls)." }
        return lines.joined(separator: "\n") + "\n\(Words.sourceLine).\n"
    }

    private static func date(_ unix: Int) -> Date {
        Date(timeIntervalSince1970: Double(unix))
    }
}
