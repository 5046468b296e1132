import GRDB
import WaitCore

/// Which readings a question counts and which slots it expects, day by day; the same for every hospital.
struct SlotPlan {
    /// The range of the answer.
    let range: TimeRange
    /// Where readings count: the range within the feed's life, or with its trial.
    let counted: TimeRange
    /// Whole slots in range, life and past.
    let expected: TimeRange
    let filter: SlotFilter
    /// For each of the day's slots whether the filter takes it.
    let slots: [Bool]
    private let takesEveryDay: Bool
    /// Days of which every slot is counted and expected: most of them, and the quick ones.
    let wholeDays: Range<Int>

    /// All quarter hours of `range`, which begins and ends with whole ones.
    init(every range: TimeRange) {
        self.init(range: range, counted: range, expected: range, filter: .everything)
    }

    private init(range: TimeRange, counted: TimeRange, expected: TimeRange, filter: SlotFilter) {
        (self.range, self.counted, self.expected, self.filter) = (range, counted, expected, filter)
        (slots, takesEveryDay) = (filter.slots, filter.weekdays.count == 7)
        wholeDays = slots.contains(false) ? 0..<0 : Self.wholeDays(of: counted.clamped(to: expected))
    }

    /// Days that lie in the range whole.
    static func wholeDays(of range: TimeRange) -> Range<Int> {
        let days = days(of: range)
        let first = days.lowerBound + (range.from.dayStart == range.from ? 0 : 1)
        let end = days.upperBound - (range.to.dayStart == range.to ? 0 : 1)
        return first..<max(first, end)
    }

    /// An end that the question does not name is that of the feed's life, as `coverage` has it: what the record lacks of the life
    /// counts as lacking, asked for or not.
    init(_ question: AggregateQuestion, table: ReadingTable, now: HongKongMinute, _ db: Database) throws {
        let life = try FeedLife(table, now: now, db)
        let counts = question.includesTrial ? life.withTrial : life.range
        let range = TimeRange(
            from: question.from ?? min(counts.from, question.to ?? counts.from), to: question.to ?? counts.to)
        self.init(
            range: range, counted: range.clamped(to: counts), expected: life.expected(in: range),
            filter: question.filter)
    }

    /// Hong Kong days that the range touches, counted from 1970-01-01.
    var days: Range<Int> { Self.days(of: range) }
    /// Those in which readings count.
    var countedDays: Range<Int> { Self.days(of: counted) }

    static func days(of range: TimeRange) -> Range<Int> {
        range.isEmpty ? 0..<0 : range.from.dayIndex..<(range.to.adding(minutes: -1).dayIndex + 1)
    }

    func isOpen(day: Int) -> Bool {
        takesEveryDay || filter.weekdays.contains(HongKongMinute(dayIndex: day).weekday)
    }

    /// The slots of a day that begin in `range`.
    static func slots(of day: Int, in range: TimeRange) -> Range<Int> {
        let start = HongKongMinute(dayIndex: day).sinceEpoch
        let from = min(max(0, range.from.sinceEpoch - start + 14) / 15, 96)
        let to = min(max(0, range.to.sinceEpoch - start + 14) / 15, 96)
        return from..<max(from, to)
    }

    /// Slots of which the range has at least a part: of a cut slot only readings in the range are shown.
    static func slots(of day: Int, touching range: TimeRange) -> Range<Int> {
        slots(of: day, in: TimeRange(from: range.from.slotStart, to: range.to))
    }

    /// Whether the day's readings all count or all do not, slot by slot; else a slot is cut in two.
    func isCut(day: Int) -> Bool {
        [counted.from, counted.to].contains { $0.dayIndex == day && $0.slotStart != $0 }
    }
}

/// From when to when a feed's readings count.
struct FeedLife {
    /// Life ∩ up to the end of the running slot.
    let range: TimeRange
    /// The same from the first reading on, where that is earlier.
    let withTrial: TimeRange
    /// Where the life is known to begin, whole slots; nil where the record's first reading has to stand for it.
    let beginning: HongKongMinute?
    /// The end of the life, whole slots; nil while the feed lives.
    let end: HongKongMinute?
    /// Nil where there is none.
    let firstReading: HongKongMinute?
    /// The start of the running slot: later ones are not expected yet.
    private let past: HongKongMinute

    /// A life without a beginning begins with the day of the first reading.
    init(_ table: ReadingTable, now: HongKongMinute, _ db: Database) throws {
        let row = try Row.fetchOne(
            db.cachedStatement(sql: "SELECT life_from_minute, life_to_minute FROM feed WHERE name = ?"),
            arguments: [table.feed])
        firstReading = try Int.fetchOne(
            db.cachedStatement(
                sql: """
                    SELECT min((SELECT min(observed_minute) FROM \(table.name) WHERE hospital_id = place.id))
                    FROM place WHERE kind = 'hospital'
                    """)
        ).map { try HongKongMinute(stored: $0) }
        past = now.slotStart
        beginning = try row?.minute("life_from_minute")?.slotStart
        let start = beginning ?? firstReading?.dayStart ?? past
        end = try row?.minute("life_to_minute")?.slotStart.adding(minutes: 15)
        let last = min(end ?? past.adding(minutes: 15), past.adding(minutes: 15))
        range = TimeRange(from: start, to: last)
        withTrial = TimeRange(from: min(start, firstReading?.dayStart ?? start), to: last)
    }

    /// Range ∩ life ∩ past, in whole slots.
    func expected(in asked: TimeRange) -> TimeRange {
        let within = asked.clamped(to: TimeRange(from: range.from, to: min(range.to, past)))
        let start = within.from.slotStart == within.from ? within.from : within.from.slotStart.adding(minutes: 15)
        return TimeRange(from: start, to: max(start, within.to.slotStart))
    }
}
