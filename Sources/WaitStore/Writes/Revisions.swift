import GRDB

/// A figure that another document gives differently; the first read stands.
struct Revision {
    let feed: String
    let place: Int64
    let observedMinute: Int
    let metric: String
    let kept: String
    let other: String
}

enum Revisions {
    /// Enters the disagreement unless it is known; returns how many rows were added.
    static func keep(_ disagreement: Revision, attempt: Int64, _ db: Database) throws -> Int {
        try db.cachedStatement(
            sql: """
                INSERT INTO disagreement (feed_id, place_id, observed_minute, metric, kept_text, other_text, attempt_id)
                SELECT id, ?, ?, ?, ?, ?, ? FROM feed WHERE name = ? ON CONFLICT DO NOTHING
                """
        ).execute(arguments: [
            disagreement.place, disagreement.observedMinute, disagreement.metric, disagreement.kept, disagreement.other,
            attempt, disagreement.feed,
        ])
        return db.changesCount
    }
}
