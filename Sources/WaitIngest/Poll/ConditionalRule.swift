package import Foundation
package import WaitCore
package import WaitStore

/// Which validators a document is asked for with, so that a server or a cache that says "not modified" for ever is found out:
/// pure functions of what is held and what time it is.
package enum ConditionalRule {
    /// A copy that was read longer ago than this is asked for whole, in seconds.
    package static func wholeAfterSeconds(_ rhythm: Feed.Rhythm) -> Double {
        rhythm == .weekly ? 30 * 86_400 : 7 * 86_400
    }

    /// None, where the document is to be asked for whole:
    ///
    /// - its last whole answer is more than a week old, a weekly feed's more than 30 days, or of a time that has not come yet;
    /// - a quarter-hourly feed's version is due, and an answer in an earlier quarter hour was "not modified" already.
    package static func validators(for held: HeldCopy?, rhythm: Feed.Rhythm, now: Date) -> Validators {
        guard let held, (0...wholeAfterSeconds(rhythm)).contains(now.timeIntervalSince(held.readAt)) else {
            return Validators()
        }
        if rhythm == .quarterHourly, let notModifiedAt = held.notModifiedAt {
            let slot = minute(now).slotStart
            let isDue = held.observedAt.map { $0.slotStart < slot } ?? true
            if isDue, minute(notModifiedAt).slotStart < slot { return Validators() }
        }
        return usable(held.validators, now: now)
    }

    /// The validators that can be sent back verbatim: a `Last-Modified` that is not an HTTP date is ignored by servers, and one
    /// that has not come yet is of a clock that is wrong: every later version would pass for not modified.
    static func usable(_ validators: Validators, now: Date) -> Validators {
        let isPast = validators.lastModified.flatMap(HTTPDate.date).map { $0 <= now.addingTimeInterval(60) } ?? false
        return Validators(
            entityTag: validators.entityTag, lastModified: isPast ? validators.lastModified : nil)
    }

    /// Whether a 304 names another copy than the one that was asked about (RFC 9110, 15.4.5: it carries the validators of the
    /// current one): then it says nothing about the copy that is held.
    ///
    /// - Parameters:
    ///   - answered: the validators in the 304.
    ///   - sent: those of the request.
    static func isOfAnotherCopy(_ answered: Validators, sent: Validators) -> Bool {
        if let tag = sent.entityTag { return answered.entityTag.map { opaque($0) != opaque(tag) } ?? false }
        return answered.lastModified.map { $0 != sent.lastModified } ?? false
    }

    /// A tag without the mark of weakness and without what servers append for a content coding.
    private static func opaque(_ tag: String) -> String {
        var text = tag.hasPrefix("W/") ? String(tag.dropFirst(2)) : tag
        text = text.filter { $0 != "\"" }
        for suffix in ["-gzip", ";gzip", "--gzip", "-gz", "-df"] where text.hasSuffix(suffix) {
            text = String(text.dropLast(suffix.count))
        }
        return text
    }

    private static func minute(_ date: Date) -> HongKongMinute {
        HongKongMinute(secondsSince1970: date.timeIntervalSince1970)
    }
}
