import GRDB
package import WaitCore

/// From when to when a hospital was in a feed's documents.
package struct HospitalPresence: Sendable, Hashable {
    package let code: String
    /// In English; the code where there is none.
    package let name: String
    package let first: HongKongMinute
    package let newest: HongKongMinute

    package init(code: String, name: String, first: HongKongMinute, newest: HongKongMinute) {
        (self.code, self.name, self.first, self.newest) = (code, name, first, newest)
    }

    package enum State: Sendable, Hashable {
        case present
        /// Two quarter hours or more of the feed were without it.
        case missing
        /// It was in none of them for thirty days.
        case gone
    }

    /// - Parameter newest: the feed's own time.
    package func state(at newest: HongKongMinute) -> State {
        switch newest.sinceEpoch - self.newest.sinceEpoch {
        case ..<30: .present
        case ..<(30 * 1_440): .missing
        default: .gone
        }
    }

    /// Whether it came within the last week into documents that had others for longer.
    package func isNew(among all: [HospitalPresence], at newest: HongKongMinute) -> Bool {
        let week = 7 * 1_440
        guard let oldest = all.map(\.first).min() else { return false }
        return newest.sinceEpoch - first.sinceEpoch < week && first.sinceEpoch - oldest.sinceEpoch >= week
    }
}

extension WaitDatabase {
    /// The hospitals that a table has readings of, by code; two look-ups by key each.
    package func hospitalPresences(in table: ReadingTable) throws -> [HospitalPresence] {
        try access.read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT code, ifnull(name_en, code) AS name,
                        (SELECT min(observed_minute) FROM \(table.name) WHERE hospital_id = place.id) AS first,
                        (SELECT max(observed_minute) FROM \(table.name) WHERE hospital_id = place.id) AS newest
                    FROM place WHERE kind = 'hospital' AND newest IS NOT NULL ORDER BY code
                    """
            ).map { row in
                try HospitalPresence(
                    code: row["code"], name: row["name"], first: row.minute("first"),
                    newest: row.minute("newest"))
            }
        }
    }
}
