import Dispatch
import GRDB
import Synchronization
package import WaitCore

extension WaitDatabase {
    /// A metric's aggregates over time, one series a hospital.
    ///
    /// Every bucket of the range is a row, also without readings. Weeks are ISO weeks; edge buckets are cut to the range.
    /// - Parameters:
    ///   - codes: hospitals in the order of the answer.
    ///   - mostRows: how many rows, over all hospitals, are given at most.
    /// - Throws: `StoreError` with the code `tooLarge` where there would be more, `damaged` where packed days are.
    /// Cost: one row of 96 cells a hospital and day.
    package func trend(
        of codes: [String], _ question: AggregateQuestion, by size: BucketSize, now: HongKongMinute,
        mostRows: Int = AggregateQuestion.mostRows
    ) throws -> AggregateAnswer {
        try noted(
            now: now,
            aggregate(of: codes, question, now: now) { plan in
                let minutes = plan.range.to.sinceEpoch - plan.range.from.sinceEpoch
                let rows = (minutes / size.leastMinutes + 2) * codes.count
                guard rows <= mostRows else {
                    throw StoreError(
                        code: .tooLarge,
                        message:
                            "That would be about \(rows) rows, more than the limit of \(mostRows): shorten the range, or use larger buckets."
                    )
                }
                return TrendBuckets(plan, size: size)
            })
    }

    /// What is usual: a metric's aggregates by hour, weekday or month, one series a hospital.
    /// - Throws: `StoreError` where packed days are damaged.
    /// Cost: one row of 96 cells a hospital and day.
    package func profile(
        of codes: [String], _ question: AggregateQuestion, by size: ProfileSize, now: HongKongMinute
    ) throws -> AggregateAnswer {
        try noted(now: now, aggregate(of: codes, question, now: now) { plan in ProfileBuckets(plan, size: size) })
    }

    /// The answer with what goes with its figures.
    private func noted(now: HongKongMinute, _ answer: AggregateAnswer) throws -> AggregateAnswer {
        var answer = answer
        answer.note = try note(on: answer.question, isEmpty: answer.isEmpty, now: now)
        answer.isSimulated = try isSimulated()
        return answer
    }

    /// Many hospitals are counted by two readers side by side, half each; where somebody wrote between their beginnings, so that
    /// they may not have seen the same, by one.
    private func aggregate<Buckets: BucketPlan>(
        of codes: [String], _ question: AggregateQuestion, now: HongKongMinute,
        _ buckets: @escaping @Sendable (SlotPlan) throws -> Buckets
    ) throws -> AggregateAnswer {
        let count = Counting(question: question, now: now, buckets: buckets)
        guard codes.count >= Self.leastForTwo, access.pool != nil, !access.isSnapshot else {
            return try access.read { db in try count.answer(of: codes, db).answer }
        }
        let halves = [codes[..<(codes.count / 2)], codes[(codes.count / 2)...]].map(Array.init)
        let found = Mutex<[Int: Result<Counted, any Error>]>([:])
        DispatchQueue.concurrentPerform(iterations: halves.count) { half in
            let result = Result { try access.read { db in try count.answer(of: halves[half], db) } }
            found.withLock { $0[half] = result }
        }
        let parts = try found.withLock { found in try halves.indices.compactMap { try found[$0]?.get() } }
        guard parts.count == halves.count, parts[0].generation == parts[1].generation else {
            return try access.read { db in try count.answer(of: codes, db).answer }
        }
        return AggregateAnswer(
            question: question, range: parts[0].answer.range, series: parts.flatMap(\.answer.series))
    }

    /// Fewer are counted in less time than a second thread takes to begin.
    private static let leastForTwo = 4
}

/// An answer with the generation of the record that it was made from.
private struct Counted: Sendable {
    let answer: AggregateAnswer
    let generation: Int
}

/// Counts a question's readings hospital by hospital, in one view of the record.
private struct Counting<Buckets: BucketPlan>: Sendable {
    let question: AggregateQuestion
    let now: HongKongMinute
    let buckets: @Sendable (SlotPlan) throws -> Buckets

    func answer(of codes: [String], _ db: Database) throws -> Counted {
        let generation = try WaitDatabase.generation(db)
        guard let table = ReadingTable.of(feed: question.metric.feed) else {
            let none = AggregateAnswer(question: question, range: TimeRange(from: now, to: now), series: [])
            return Counted(answer: none, generation: generation)
        }
        let plan = try SlotPlan(question, table: table, now: now, db)
        let values = try MetricValues(question.metric, kind: table.kind(of: question.metric.column), db)
        let cells = try MetricCells(db, table: table, column: table.packedColumn(of: question.metric), plan: plan)
        let buckets = try buckets(plan)
        let lives = try HospitalLives(table, now: now, db)
        let everySlot = buckets.expected(in: [plan.expected])
        let series = try HospitalName.all(codes, db).map { id, hospital in
            let periods = try lives.periods(of: id, in: plan.expected)
            let expected = periods == [plan.expected] ? everySlot : buckets.expected(in: periods)
            var counter = BucketCounter(buckets, plan: plan, values: values, atLeast: question.atLeast)
            try cells.walk(hospital: id, &counter)
            return AggregateSeries(hospital: hospital, rows: counter.rows(expected: expected))
        }
        return Counted(
            answer: AggregateAnswer(question: question, range: plan.range, series: series), generation: generation)
    }
}

extension ReadingTable {
    /// Where a metric's figures are packed; the feed's origin where it has none, which is never asked for.
    func packedColumn(of metric: Metric) -> PackedColumn {
        packedColumns.first { $0.metric == metric.column } ?? packedOrigin
    }

    /// What the phrases of a column are about.
    func kind(of column: String) -> PhraseKind {
        columns.firstIndex(of: column).map { kinds[$0] } ?? .flag
    }
}

extension HospitalName {
    /// Hospitals by code with their row ids, in the order of `codes`; unknown codes are left out.
    static func all(_ codes: [String], _ db: Database) throws -> [(id: Int64, name: HospitalName)] {
        try codes.compactMap { code in
            let row = try Row.fetchOne(
                db.cachedStatement(sql: "SELECT * FROM place WHERE kind = 'hospital' AND code = ?"), arguments: [code])
            return try row.map { row in
                try (
                    row["id"],
                    HospitalName(
                        code: code, name: Trilingual(en: row["name_en"], tc: row["name_tc"], sc: row["name_sc"]),
                        latitude: row["latitude"], longitude: row["longitude"])
                )
            }
        }
    }
}
