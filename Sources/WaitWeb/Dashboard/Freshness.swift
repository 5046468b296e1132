import Foundation
import WaitCore
import WaitStore

/// How old the new A&E feed's figures are, and whether a reader must know.
struct Freshness {
    private let summary: FeedSummary?
    private let health: FeedHealth
    private let now: Date

    init(_ context: AnswerContext) throws {
        now = context.now
        summary = try context.database.feedSummaries().first { $0.feed.id == Feed.aeWait.id }
        health = summary.map { FeedHealth.of($0.facts, now: context.now) } ?? .neverAsked
    }

    /// Older than this the figures are no longer of the moment: as a frozen feed is judged (`FeedHealth`).
    private static let mostMinutes = 38

    private var isOld: Bool {
        guard let observed = summary?.observedAt else { return false }
        return now.timeIntervalSince(observed.slotStart.date) > Double(Self.mostMinutes * 60)
    }

    /// A notice that figures are old; the page's script shows it later, too, where the page stays open.
    func notice(_ language: Language) -> Markup {
        guard let observed = summary?.observedAt else { return "" }
        let words = NowWords.old(WaitText(language: language).instant(observed))[language]
        let hidden: Markup? = isOld ? nil : " hidden"
        return """
            <p id="old" class="notice" role="status"\(hidden) data-observed="\(observed.slotStart.rfc3339)" \
            data-minutes="\(Self.mostMinutes)"><strong>\(words)</strong></p>
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
        let words = NowWords.opening(text.instant(observedAt), text.percent(share), text.day(coverage.range.from))
        // The answer is kept until the next quarter hour: how old the figures are is the page's script's to say.
        return """
            <p class="opening">\(words[language]) <span id="age" data-observed="\(observedAt.rfc3339)" \
            data-minutes="\(NowWords.minutesAgo[language])" data-hours="\(NowWords.hoursAgo[language])"></span></p>
            """
    }
}
