import GRDB
package import WaitCore

/// Hospitals side by side over the slots that they all have; not adjusted for attendance or case mix.
package struct Comparison: Sendable {
    package let question: AggregateQuestion
    /// The range that was used.
    package let range: TimeRange
    /// Slots in which every compared hospital has a number for the metric: each row is over these.
    package let commonSlots: Int
    package let rows: [Row]
    /// Hospitals that count and were in the feed for a smaller part of the range only: left out where none were asked for by code.
    package let leftOut: [HospitalName]
    /// The coverage by the common slots from which rows are ranked.
    package let leastCoverage: Double
    /// Why nothing is counted or ranked, or what was left out; nil where the rows speak for themselves.
    package var note: String?
    /// Whether the record was made by the demo.
    package var isSimulated = false

    package struct Row: Sendable {
        package let hospital: HospitalName
        /// Over the common slots; its coverage is theirs.
        package let aggregate: Aggregate
        /// The hospital's own coverage of the range, common or not: who keeps the comparison small.
        package let ownCoverage: Double?
        /// Places by median (of shares by mean), 1 the shortest, where figures tie several; nil where the common slots are too few.
        package let rank: ClosedRange<Int>?
    }

    package static let caveat =
        "Over the quarter hours that all compared hospitals have; not adjusted for attendance or case mix."
}

extension WaitDatabase {
    /// Compares hospitals over the slots that they all have.
    ///
    /// - Parameters:
    ///   - codes: nil: every hospital that counts, but for those whose life in the feed covers less than nine tenths of what the
    ///     longest one does of the range.
    ///   - leastCoverage: the coverage by the common slots from which rows are ranked, 0 to 1; under 0.9 they are partial and say so.
    /// - Throws: `StoreError` where packed days are damaged.
    /// Cost: one row of 96 cells and 200 bytes of memory a hospital and day.
    package func compare(
        _ codes: [String]?, _ question: AggregateQuestion, leastCoverage: Double = Comparison.usualLeastCoverage,
        now: HongKongMinute
    ) throws -> Comparison {
        var comparison = try counted(codes, question, leastCoverage: leastCoverage, now: now)
        let isEmpty = comparison.rows.allSatisfy { $0.aggregate.count == 0 && ($0.ownCoverage ?? 0) == 0 }
        let notes = [try note(on: question, isEmpty: isEmpty, now: now), comparison.whyUnranked].compactMap { $0 }
        comparison.note = notes.isEmpty ? nil : notes.joined(separator: " ")
        comparison.isSimulated = try isSimulated()
        return comparison
    }

    private func counted(
        _ codes: [String]?, _ question: AggregateQuestion, leastCoverage: Double, now: HongKongMinute
    ) throws -> Comparison {
        try access.read { db in
            guard let table = ReadingTable.of(feed: question.metric.feed) else {
                return Comparison(
                    question: question, range: TimeRange(from: now, to: now), commonSlots: 0, rows: [],
                    leftOut: [], leastCoverage: leastCoverage)
            }
            let plan = try SlotPlan(question, table: table, now: now, db)
            let values = try MetricValues(question.metric, kind: table.kind(of: question.metric.column), db)
            let cells = try MetricCells(db, table: table, column: table.packedColumn(of: question.metric), plan: plan)
            let lives = try HospitalLives(table, now: now, db)
            let asked = try HospitalName.all(codes ?? table.hospitalCodes(db), db).map { id, name in
                Compared(id: id, name: name, lives: try lives.periods(of: id, in: plan.expected))
            }
            let longest = asked.map { plan.count(of: $0.lives) }.max() ?? 0
            func isLong(_ hospital: Compared) -> Bool { plan.count(of: hospital.lives) * 10 >= longest * 9 }
            let hospitals = try asked.filter { codes != nil || isLong($0) }.map { hospital in
                var slots = SlotFigures(plan, values: values)
                try cells.walk(hospital: hospital.id, &slots)
                return (hospital, slots)
            }
            let leftOut = codes == nil ? asked.filter { !isLong($0) }.map(\.name) : []
            return Self.comparison(question, plan, hospitals, leftOut: leftOut, leastCoverage: leastCoverage)
        }
    }

    private static func comparison(
        _ question: AggregateQuestion, _ plan: SlotPlan, _ hospitals: [(of: Compared, slots: SlotFigures)],
        leftOut: [HospitalName], leastCoverage: Double
    ) -> Comparison {
        let slotCount = hospitals.isEmpty ? 0 : plan.countedDays.count * PackedCells.slotsADay
        let common = (0..<slotCount).filter { slot in hospitals.allSatisfy { $0.slots.hasNumber(slot) } }
        let expected = plan.count(of: hospitals.map(\.of.lives).reduce([plan.expected], TimeRange.common))
        let commonExpected = common.count { SlotPlan.contains($0, of: plan) }
        let aggregates = hospitals.map { hospital in
            var aggregate = hospital.slots.aggregate(over: common, atLeast: question.atLeast)
            (aggregate.expected, aggregate.covered) = (expected, commonExpected)
            return aggregate
        }
        let ranks = SharedRanks.of(
            aggregates.map { aggregate in
                guard let coverage = aggregate.coverage, coverage >= leastCoverage, let figures = aggregate.figures
                else {
                    return nil
                }
                return question.metric.unit == .share ? figures.mean : Double(figures.median)
            })
        return Comparison(
            question: question, range: plan.range, commonSlots: common.count,
            rows: hospitals.indices.map { index in
                let (hospital, slots) = hospitals[index]
                let own = plan.count(of: hospital.lives)
                return Comparison.Row(
                    hospital: hospital.name, aggregate: aggregates[index],
                    ownCoverage: own == 0 ? nil : Double(slots.covered) / Double(own), rank: ranks[index])
            }, leftOut: leftOut, leastCoverage: leastCoverage)
    }
}

/// A hospital that is compared, with its periods of life in the range.
private struct Compared {
    let id: Int64
    let name: HospitalName
    let lives: [TimeRange]
}

extension TimeRange {
    /// The parts that both lists of ranges have.
    fileprivate static func common(_ one: [TimeRange], _ other: [TimeRange]) -> [TimeRange] {
        one.flatMap { range in other.map { range.clamped(to: $0) } }.filter { !$0.isEmpty }
    }
}

/// One hospital's figures by slot of the days that count.
private struct SlotFigures: DayVisitor {
    /// Place of the slot's first number among the metric's values; less than those have where it has none.
    private(set) var places: [UInt16]
    /// Further numbers of a slot.
    private var later: [(slot: Int, id: UInt32)] = []
    /// Expected slots that have a reading.
    private(set) var covered = 0
    private let plan: SlotPlan
    private let values: MetricValues

    init(_ plan: SlotPlan, values: MetricValues) {
        (self.plan, self.values) = (plan, values)
        places = Array(repeating: 0, count: plan.countedDays.count * PackedCells.slotsADay)
    }

    mutating func visit(day: Int, _ cells: PackedCellReader) {
        guard plan.isOpen(day: day) else { return }
        let first = (day - plan.countedDays.lowerBound) * PackedCells.slotsADay
        let expected = SlotPlan.slots(of: day, in: plan.expected)
        let counted = SlotPlan.slots(of: day, touching: plan.counted)
        for slot in counted where plan.slots[slot] {
            let id = cells.id(at: slot)
            if id != 0, expected.contains(slot) { covered += 1 }
            places[first + slot] = UInt16(values.place(of: id))
        }
        for (slot, id) in cells.later where counted.contains(slot) && plan.slots[slot] {
            guard values.number(of: id) != nil else { continue }
            if hasNumber(first + slot) {
                later.append((first + slot, id))
            } else {
                places[first + slot] = UInt16(values.place(of: id))
            }
        }
    }

    func hasNumber(_ slot: Int) -> Bool { places[slot] >= MetricValues.firstValue }

    func aggregate(over slots: [Int], atLeast: Int?) -> Aggregate {
        var counts = Array(repeating: UInt32(0), count: values.placeCount)
        for slot in slots { counts[Int(places[slot])] += 1 }
        let common = later.isEmpty ? [] : Set(slots)
        for (slot, id) in later where common.contains(slot) { counts[values.place(of: id)] += 1 }
        return counts[MetricValues.firstValue...].withUnsafeBufferPointer { counts in
            values.distribution.aggregate(counts: counts, atLeast: atLeast)
        }
    }
}

extension SlotPlan {
    /// How many slots of the periods the question is about.
    fileprivate func count(of periods: [TimeRange]) -> Int {
        periods.reduce(0) { sum, period in
            Self.days(of: period).reduce(sum) { sum, day in
                guard isOpen(day: day) else { return sum }
                return sum + Self.slots(of: day, in: period).count { slots[$0] }
            }
        }
    }

    /// Whether a slot, counted from the first of the days that count, is expected.
    fileprivate static func contains(_ slot: Int, of plan: SlotPlan) -> Bool {
        let start = HongKongMinute(dayIndex: plan.countedDays.lowerBound).adding(minutes: slot * 15)
        return plan.expected.from <= start && start < plan.expected.to
    }
}

extension WaitDatabase {
    /// Codes of the hospitals that have readings in a feed and count.
    package func hospitalsWithReadings(in feed: String) throws -> [String] {
        guard let table = ReadingTable.of(feed: feed) else { return [] }
        return try access.read(table.hospitalCodes)
    }
}

extension ReadingTable {
    /// Codes of the hospitals that have readings and count.
    func hospitalCodes(_ db: Database) throws -> [String] {
        let lives = try HospitalLives(self, db)
        let withReadings = Set(try hospitals(db))
        return try lives.counting().filter { withReadings.contains($0.id) }.map(\.code)
    }
}
