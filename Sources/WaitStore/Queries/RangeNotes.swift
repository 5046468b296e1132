import GRDB
package import WaitCore

extension WaitDatabase {
    /// What is to be said of a question's range; nil where its answer speaks for itself.
    ///
    /// - Parameter isEmpty: whether the answer counts no reading.
    /// Cost: two look-ups by key a hospital, where there is something to say.
    func note(on question: AggregateQuestion, isEmpty: Bool, now: HongKongMinute) throws -> String? {
        guard let table = ReadingTable.of(feed: question.metric.feed) else { return nil }
        return try access.read { db in
            try table.note(
                from: question.from, to: question.to, includesTrial: question.includesTrial, isEmpty: isEmpty, now: now,
                db)
        }
    }

    /// The same of a table's readings over the ends that were named.
    package func note(
        on table: ReadingTable, _ ends: (from: HongKongMinute?, to: HongKongMinute?), includesTrial: Bool,
        isEmpty: Bool,
        now: HongKongMinute
    ) throws -> String? {
        try access.read { db in
            try table.note(
                from: ends.from, to: ends.to, includesTrial: includesTrial, isEmpty: isEmpty, now: now, db)
        }
    }

    /// What is to be said of an export's range, once it is known whether it has rows.
    package func note(on request: ExportRequest, isEmpty: Bool) throws -> String? {
        guard request.dataset.isSeries else { return nil }
        return try access.read { db in
            guard let table = request.dataset.readings else {
                return isEmpty ? try QuotaRecords(db: db).note(from: request.from, to: request.to) : nil
            }
            let newest = try table.newestMinute(db) ?? HongKongMinute(sinceEpoch: 0)
            return try table.note(
                from: request.from, to: request.to, includesTrial: request.includesTrial, isEmpty: isEmpty,
                now: max(newest, request.from ?? newest), db)
        }
    }
}

extension ReadingTable {
    /// - Parameters:
    ///   - from: nil: no start was named.
    ///   - to: nil: no end was named.
    func note(
        from: HongKongMinute?, to: HongKongMinute?, includesTrial: Bool, isEmpty: Bool, now: HongKongMinute,
        _ db: Database
    ) throws -> String? {
        let life = try WaitDatabase.life(of: feed, db)
        let isTrialAsked = from.flatMap { from in life.from.map { from < $0 } } ?? false
        guard isEmpty || (isTrialAsked && !includesTrial) else { return nil }
        let held = try held(db)
        let early = HongKongMinute(sinceEpoch: 0)
        let asked = from == nil && to == nil ? nil : TimeRange(from: from ?? held?.lowerBound ?? early, to: to ?? now)
        let trial = try life.from.map { try hasReadings(from: asked?.from ?? early, to: min($0, asked?.to ?? $0), db) }
        return RangeNote(
            feed: feed, asked: asked, life: life, held: held, leavesOutTrial: !includesTrial && trial ?? false,
            isEmpty: isEmpty, now: now
        ).words
    }

    /// The times of the first and the newest reading.
    private func held(_ db: Database) throws -> ClosedRange<HongKongMinute>? {
        let row = try Row.fetchOne(
            db,
            sql: """
                SELECT min((SELECT min(observed_minute) FROM \(name) WHERE hospital_id = place.id)),
                    max((SELECT max(observed_minute) FROM \(name) WHERE hospital_id = place.id))
                FROM place WHERE kind = 'hospital'
                """)
        guard let row, let first: Int = try row[0], let newest: Int = try row[1] else { return nil }
        return try HongKongMinute(stored: first)...HongKongMinute(stored: newest)
    }

    private func hasReadings(from: HongKongMinute, to: HongKongMinute, _ db: Database) throws -> Bool {
        try Bool.fetchOne(
            db,
            sql: """
                SELECT EXISTS (SELECT 1 FROM place WHERE kind = 'hospital' AND EXISTS
                    (SELECT 1 FROM \(name) WHERE hospital_id = place.id AND observed_minute >= ? AND observed_minute < ?))
                """, arguments: [from.sinceEpoch, to.sinceEpoch]) ?? false
    }
}

extension TimeRange {
    /// The ends that can have been named (`years`): open ranges begin with 1970 and end far beyond.
    var namedFrom: HongKongMinute? { from.sinceEpoch <= 0 ? nil : from }
    var namedTo: HongKongMinute? { to.sinceEpoch >= Self.beyondYears ? nil : to }

    /// Early in 2103, in minutes.
    private static let beyondYears = 70_000_000
}

extension QuotaRecords {
    /// Why no period ends in a range.
    func note(from: HongKongMinute?, to: HongKongMinute?) throws -> String {
        let row = try Row.fetchOne(db, sql: "SELECT min(period_to), max(period_to) FROM quota_record")
        guard let row, let first = HongKongMinute(dayNumber: try row[0] ?? 0),
            let last = HongKongMinute(dayNumber: try row[1] ?? 0)
        else { return "The record has no quotas yet; \"waitkeeper poll\" asks for them." }
        let asked = [from.map { " from \($0.rfc3339)" }, to.map { " up to \($0.rfc3339)" }].compactMap { $0 }.joined()
        return """
            The record has no such quotas whose four weeks end\(asked.isEmpty ? " in this range" : asked); it holds periods that end \
            from \(first.dayText) to \(last.dayText).
            """
    }
}
