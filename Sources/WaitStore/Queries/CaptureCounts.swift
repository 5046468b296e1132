import GRDB

/// Captures by feed and outcome, counted on from an earlier count.
package struct CaptureCounts: Hashable, Sendable {
    package struct Key: Hashable, Sendable {
        package let feed: String
        package let outcome: String

        package init(feed: String, outcome: String) {
            (self.feed, self.outcome) = (feed, outcome)
        }
    }

    package private(set) var counts: [Key: Int] = [:]
    /// The newest capture that is counted.
    package private(set) var lastID: Int64 = 0

    package init() {}

    fileprivate mutating func add(_ row: Row) throws {
        counts[try Key(feed: row["feed"], outcome: row["outcome"]), default: 0] += try row["count"]
        lastID = max(lastID, try row["last"])
    }
}

extension WaitDatabase {
    /// `counts` with the captures that came since; each is counted once, with the outcome it had then.
    ///
    /// Cost: one pass over the captures that came since.
    package func captures(since counts: CaptureCounts) throws -> CaptureCounts {
        try access.read { db in
            let rows = try Row.fetchAll(
                db,
                sql: """
                    SELECT feed.name AS feed, outcome, count(*) AS count, max(attempt.id) AS last
                    FROM attempt JOIN document ON document.id = document_id JOIN feed ON feed.id = feed_id
                    WHERE attempt.id > ? GROUP BY feed.name, outcome
                    """, arguments: [counts.lastID])
            return try rows.reduce(into: counts) { try $0.add($1) }
        }
    }
}
