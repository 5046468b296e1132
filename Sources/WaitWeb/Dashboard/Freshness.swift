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

/// The sentence that a page opens with: as of when, how whole, since when.
struct Opening {
    let language: Language
    /// Of the feed's whole life.
    let coverage: Coverage

    init(coverage: Coverage, language: Language) {
        (self.coverage, self.language) = (coverage, language)
    }

    /// - Parameter hospital: a code; nil: all of them.
    init(_ context: AnswerContext, _ language: Language, of hospital: String? = nil) throws {
        self.language = language
        let life = try context.database.life(of: Feed.aeWait.id)
        let whole = TimeRange(from: life.from ?? HongKongMinute(sinceEpoch: 0), to: context.minute)
        coverage = try context.database.coverage(
            of: Feed.aeWait.id, hospital: hospital, by: .year, in: whole, now: context.minute)
    }

    func markup(observedAt: HongKongMinute?) -> Markup {
        let text = WaitText(language: language)
        guard let observedAt, let share = coverage.total.coverage else {
            return "<p class=\"opening\">\(CommonWords.nothing[language])</p>"
        }
        // The answer is kept until something new comes: how old the figures are is the page's script's to say.
        return """
            <p class="opening">\(NowWords.asOf(text.instant(observedAt))[language])<span id="age" \
            data-observed="\(observedAt.rfc3339)" data-minutes="\(NowWords.minutesAgo[language])" \
            data-hours="\(NowWords.hoursAgo[language])"></span>\
            \(NowWords.held(text.percent(share), text.day(coverage.range.from))[language])</p>
            """
    }
}
