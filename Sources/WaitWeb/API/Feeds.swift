import Foundation
import WaitCore
import WaitStore

extension Endpoint {
    static let feeds = Endpoint(
        "/v1/feeds", "The feeds, their lives, and how each was last heard of.",
        schema: .list(
            of: .fields([
                "id": .text(), "title": .text(), "rhythm": .word(["quarterHourly", "daily", "weekly"]),
                "life_from": .optional(.time), "life_to": .optional(.time), "life_evidence": .text(), "retired": .flag,
                "health": .word(FeedHealth.Name.allCases.map(\.rawValue)), "health_since": .optional(.time),
                "observed_at": .optional(.time), "last_asked_at": .optional(.time),
                "last_outcome": .optional(.text()), "last_good_at": .optional(.time),
                "documents": .list(.fields(["url": .text(format: "uri"), "language": .optional(.text())])),
            ])), dependsOn: .recordAndSlot
    ) { _, context in
        let feeds = try context.database.feedSummaries()
        return try .json { json in
            json.list(feeds, next: nil) { feed, json in
                json.object { write(feed, now: context.now, to: &$0) }
            }
            try json.words(context, caveat: nil)
        }
    }

    private static func write(_ summary: FeedSummary, now: Date, to json: inout JSONWriter) {
        json.field("id", summary.feed.id)
        json.field("title", summary.feed.title)
        json.field("rhythm", summary.feed.rhythm.rawValue)
        json.field("life_from", summary.life.from?.rfc3339)
        json.field("life_to", summary.life.to?.rfc3339)
        json.field("life_evidence", summary.life.evidence)
        let health = FeedHealth.of(summary.facts, now: now)
        json.field("retired", health == .retired)
        json.field("health", health.name.rawValue)
        json.field(
            "health_since", health.since.map { SecondText.rfc3339(Int($0.timeIntervalSince1970)) })
        json.field("observed_at", summary.observedAt?.rfc3339)
        json.field("last_asked_at", summary.lastAttemptUnix.map(SecondText.rfc3339))
        json.field("last_outcome", summary.lastOutcome)
        json.field("last_good_at", summary.lastGoodUnix.map(SecondText.rfc3339))
        json.field(
            "documents",
            array: { json in
                for document in summary.feed.documents {
                    json.object { json in
                        json.field("url", document.url)
                        json.field("language", document.language?.rawValue)
                    }
                }
            })
    }
}
