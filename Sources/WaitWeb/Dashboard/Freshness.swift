import Foundation
import WaitCore
import WaitStore

/// How old figures of the new A&E feed are, and whether a reader must know.
struct Freshness {
    private let observedAt: HongKongMinute?
    private let health: FeedHealth
    /// Whether the feed goes on without the hospital.
    private let isMissing: Bool
    private let now: Date

    /// Whether there has been a reading at all.
    var hasReadings: Bool { observedAt != nil }
    /// Whether the figures are of another day: then they are not of now.
    var isOfAnotherDay: Bool { observedAt.map { now.timeIntervalSince($0.slotStart.date) > 86_400 } ?? false }

    /// - Parameter hospital: a hospital's newest reading, where the page is about one.
    init(_ context: AnswerContext, of hospital: HongKongMinute? = nil) throws {
        now = context.now
        let summary = try context.database.feedSummaries().first { $0.feed.id == Feed.aeWait.id }
        health = summary.map { FeedHealth.of($0.facts, now: context.now) } ?? .neverAsked
        observedAt = hospital ?? summary?.observedAt
        isMissing = hospital.map { own in summary?.observedAt.map { own.slotStart < $0.slotStart } ?? false } ?? false
    }

    private var isOld: Bool {
        guard let observedAt else { return false }
        return now.timeIntervalSince(observedAt.slotStart.date) > Double(FeedHealth.mostMinutes * 60)
    }

    /// A notice that figures are old; the page's script shows it later, too, where the page stays open.
    func notice(_ language: Language) -> Markup {
        guard let observedAt else { return "" }
        let words = NowWords.old(WaitText(language: language).instant(observedAt))[language]
        let why = isMissing ? NowWords.missing : NowWords.why(health.name)
        let hidden: Markup? = isOld ? nil : " hidden"
        return """
            <p id="old" class="notice" role="status"\(hidden) data-observed="\(observedAt.slotStart.rfc3339)" \
            data-minutes="\(FeedHealth.mostMinutes)"><strong>\(words)</strong> \(why[language])</p>
            """
    }
}

/// The sentences of a page about its figures: as of when, and below them how whole and since when.
struct SummaryLine {
    let language: Language
    /// Of the feed's whole life.
    let coverage: Coverage
    /// Now.
    private let now: HongKongMinute

    init(coverage: Coverage, language: Language, now: HongKongMinute) {
        (self.coverage, self.language, self.now) = (coverage, language, now)
    }

    /// - Parameter hospital: a code; nil: all of them.
    init(_ context: AnswerContext, _ language: Language, of hospital: String? = nil) throws {
        (self.language, now) = (language, context.minute)
        let life = try context.database.life(of: Feed.aeWait.id)
        let whole = TimeRange(from: life.from ?? HongKongMinute(sinceEpoch: 0), to: context.minute)
        coverage = try context.database.coverage(
            of: Feed.aeWait.id, hospital: hospital, by: .year, in: whole, now: context.minute)
    }

    private var text: WaitText { WaitText(language: language) }

    /// As of when; the box of an empty record where there is nothing.
    func markup(observedAt: HongKongMinute?) -> Markup {
        guard let observedAt else { return Self.empty(language) }
        let whole = text.instant(observedAt)
        let today = observedAt.dayStart == now.dayStart
        let words = (today ? NowWords.asOfToday(observedAt.timeText, whole) : NowWords.asOf(whole))[language]
        // The answer is kept until something new comes, and a visitor's clock may be wrong: how old the figures are is the page's
        // script's to say, by the server's clock. Before this slot's beginning it cannot be.
        return """
            <p class="opening"><span id="as-of" data-day="\(observedAt.dayText)" data-whole="\(NowWords.asOf(whole)[language])">\(words)</span>\
            <span id="age" data-observed="\(observedAt.rfc3339)" data-slot="\(now.slotStart.rfc3339)" \
            data-minutes="\(NowWords.minutesAgo[language])" data-hours="\(NowWords.hoursAgo[language])" \
            data-days="\(NowWords.daysAgo[language])"></span></p>
            """
    }

    /// How whole the record is, and since when.
    var held: Markup {
        guard let share = coverage.total.coverage else { return "" }
        return "<p class=\"small\">\(NowWords.held(text.percent(share), text.day(coverage.range.from))[language])</p>"
    }

    /// What a record without a reading shows instead of tables of dashes.
    static func empty(_ language: Language) -> Markup {
        """
        <div class="notice" role="status"><p><strong>\(CommonWords.nothing[language])</strong></p>
        <p>\(CommonWords.nothingAbout[language])</p></div>
        """
    }
}
