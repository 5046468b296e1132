import Foundation
import WaitCore

/// Whether a document's own time can be the time that its figures are of (docs/design.md, "Storage rules").
///
/// It is decided when a document is captured, and `attempt` keeps the decision: outcome `quarantined` with one of the sentences below.
/// `verify` and `reparse` hold to it, since what the clocks said is known only then.
struct UpdateTimeRule {
    /// How far a time may lie ahead of the clocks.
    static let mostMinutesAhead = 15
    /// How far a live time may lie behind what the feed has published before.
    static let mostMinutesBehind = 1_440
    /// How far a version's time may lie behind its stamp in the archive: less than what a day and a month in the wrong order differ
    /// by, which is 27 days at least.
    static let mostMinutesOld = 14 * 1_440
    /// How long before its life a feed may have been tried.
    static let mostTrialMinutes = 62 * 1_440
    /// No A&E waiting time was published before the end of 2016 (docs/feeds.md, "A&E waiting times").
    static let earliest = HongKongMinute(year: 2016, month: 1, day: 1)

    let origin: Capture.Origin
    let capturedAt: HongKongMinute
    /// The answer's `Date` header, nil where it had none.
    let answeredAt: HongKongMinute?
    let life: Feed.Life

    /// Why a document's time cannot be; the record keeps these sentences.
    enum Refusal: String, CaseIterable {
        case ahead =
            "The update time is more than 15 minutes after the capture, so it cannot be when this was observed."
        case behind =
            "The update time is more than a day before what the feed has published already, so it cannot be when this was observed."
        case old = "The update time is long before the capture, so it cannot be when this was observed."
        /// Of records of schema 4 and older.
        case hourAhead =
            "The update time is more than an hour after the capture, so it cannot be when this was observed."
    }

    /// Why `observedAt` cannot be, nil where it can.
    /// - Parameter newest: the newest time that the feed has published, of those up to the one given.
    func refusal(
        of observedAt: HongKongMinute, newest: (HongKongMinute) throws -> HongKongMinute?
    ) rethrows -> Refusal? {
        let latest = max(capturedAt, answeredAt ?? capturedAt).adding(minutes: Self.mostMinutesAhead)
        guard observedAt <= latest else { return .ahead }
        if let earliest, observedAt < earliest { return .old }
        switch origin {
        // The day of a collection's file is in its path.
        case .import: return nil
        case .archive:
            // A feed that stands still says for weeks what it said at last.
            return try observedAt >= floor || newest(latest) == observedAt ? nil : .old
        case .live:
            // Without a record anything of the feed's days may be its last reading: a feed that stands still, or has ended.
            guard let newest = try newest(latest) else { return nil }
            return observedAt < newest.adding(minutes: -Self.mostMinutesBehind) ? .behind : nil
        }
    }

    /// The first moment that the feed can have published: its trial came shortly before its life.
    private var earliest: HongKongMinute? {
        [Self.earliest, life.from?.adding(minutes: -Self.mostTrialMinutes)].compactMap { $0 }.max()
    }

    /// The earliest time of a version that needs no other proof: of a feed whose life is over, its last day too.
    private var floor: HongKongMinute {
        let floor = capturedAt.adding(minutes: -Self.mostMinutesOld)
        guard let end = life.to, end < capturedAt else { return floor }
        return min(floor, end.adding(minutes: -Self.mostMinutesBehind))
    }

    /// The document's content, or why its time cannot be.
    func admitted(
        _ content: DocumentContent, newest: (HongKongMinute) throws -> HongKongMinute?
    ) rethrows -> Result<DocumentContent, ReadFault> {
        guard case .waits(let waits) = content, let observedAt = waits.newest,
            let refusal = try refusal(of: observedAt, newest: newest)
        else { return .success(content) }
        return .failure(refusal.fault(observedAt))
    }

    /// What was decided when a capture of the document was stored: its error says so.
    static func decided(_ content: DocumentContent, outcome: Outcome, error: String?) -> Result<
        DocumentContent, ReadFault
    > {
        guard outcome == .quarantined, case .waits(let waits) = content, let observedAt = waits.newest,
            let refusal = error.flatMap(Refusal.init(rawValue:))
        else { return .success(content) }
        return .failure(refusal.fault(observedAt))
    }
}

extension UpdateTimeRule.Refusal {
    fileprivate func fault(_ observedAt: HongKongMinute) -> ReadFault {
        ReadFault(field: "updateTime", text: observedAt.rfc3339, reason: rawValue)
    }
}

extension DocumentContent {
    /// What a document says where it was captured at `date`.
    func captured(at date: Date) -> DocumentContent {
        guard case .quotas(let quotas) = self else { return self }
        return .quotas(quotas.captured(at: HongKongMinute(secondsSince1970: date.timeIntervalSince1970)))
    }
}

extension WaitDocument {
    /// The time that decides whether the document's times can be.
    fileprivate var newest: HongKongMinute? { observedAt ?? readings.map(\.observedAt).max() }
}
