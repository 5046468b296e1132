import GRDB
package import WaitCore

/// From when to when a hospital was in a feed's documents.
package struct HospitalPresence: Sendable, Hashable {
    package let code: String
    /// In English; the code where there is none.
    package let name: String
    package let first: HongKongMinute
    package let newest: HongKongMinute
    /// Whether it has been in the feed since it began, or in eight documents; otherwise it is reported and left out of figures.
    package let counts: Bool
    /// The feed's last time before `first`; nil where `first` is the feed's own.
    package let before: HongKongMinute?

    package init(
        code: String, name: String, first: HongKongMinute, newest: HongKongMinute, counts: Bool = true,
        before: HongKongMinute? = nil
    ) {
        self.code = code
        self.name = name
        self.first = first
        self.newest = newest
        self.counts = counts
        self.before = before
    }

    package enum State: Sendable, Hashable {
        case present
        /// Two or more quarter hours of the feed left it out.
        case missing
        /// It was absent for 14 days, or never in enough documents to count.
        case gone
    }

    /// - Parameter newest: the feed's own time.
    package func state(at newest: HongKongMinute) -> State {
        switch newest.sinceEpoch - self.newest.sinceEpoch {
        case ..<30: .present
        case ..<(HospitalLives.daysUntilGone * 1_440) where counts: .missing
        default: .gone
        }
    }

    /// Whether it came within the last week into documents that had others for longer.
    package func isNew(among all: [HospitalPresence], at newest: HongKongMinute) -> Bool {
        let week = 7 * 1_440
        guard counts, let oldest = all.map(\.first).min() else { return false }
        return newest.sinceEpoch - first.sinceEpoch < week && first.sinceEpoch - oldest.sinceEpoch >= week
    }

    /// Hospitals of which one began in the very document that another was missing from for the first time, one to one: perhaps a
    /// new name of the same.
    package static func possibleRenames(
        among all: [HospitalPresence]
    ) -> [(former: HospitalPresence, new: HospitalPresence)] {
        let begun = Dictionary(grouping: all.filter { $0.before != nil }, by: \.before)
        return begun.values.compactMap { new in
            guard new.count == 1, let new = new.first else { return nil }
            let ended = all.filter { $0.newest == new.before && $0.code != new.code }
            return ended.count == 1 ? ended.first.map { ($0, new) } : nil
        }.sorted { $0.new.first < $1.new.first }
    }
}

extension WaitDatabase {
    /// The hospitals that a table has readings of, by code; a few look-ups by key each.
    package func hospitalPresences(in table: ReadingTable) throws -> [HospitalPresence] {
        try access.read { db in
            let counting = Set(try HospitalLives(table, db).counting().map(\.code))
            let rows = try Row.fetchAll(
                db,
                sql: """
                    SELECT code, coalesce(nullif(name_en, ''), nullif(name_tc, ''), nullif(name_sc, ''), code) AS name,
                        (SELECT min(observed_minute) FROM \(table.name) WHERE hospital_id = place.id) AS first,
                        (SELECT max(observed_minute) FROM \(table.name) WHERE hospital_id = place.id) AS newest
                    FROM place WHERE kind = 'hospital' AND newest IS NOT NULL ORDER BY code
                    """)
            let launch = try rows.map { try $0["first"] as Int }.min()
            return try rows.map { row in
                let first: HongKongMinute = try row.minute("first")
                let before = first.sinceEpoch == launch ? nil : try Self.newest(before: first.sinceEpoch, in: table, db)
                return HospitalPresence(
                    code: try row["code"], name: try row["name"], first: first, newest: try row.minute("newest"),
                    counts: counting.contains(try row["code"]),
                    before: try before.map { try HongKongMinute(stored: $0) })
            }
        }
    }

    private static func newest(before minute: Int, in table: ReadingTable, _ db: Database) throws -> Int? {
        try Int.fetchOne(
            db,
            sql: """
                SELECT max((SELECT max(observed_minute) FROM \(table.name)
                    WHERE hospital_id = place.id AND observed_minute < ?)) FROM place WHERE kind = 'hospital'
                """, arguments: [minute])
    }
}
