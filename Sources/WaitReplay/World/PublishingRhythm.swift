package import WaitCore

import struct Foundation.Date

/// When the document of each quarter hour is put on offer.
package enum PublishingRhythm: Sendable, Equatable {
    /// 0 to 90 seconds into its quarter hour, the same for a slot every time: a poll just after the quarter may still
    /// see the one before.
    case delayed
    /// On the second its quarter hour begins.
    case punctual
    /// Delayed, and no quarter hour beginning after that minute is ever published: the last document stays on offer for
    /// ever, as the old feed's does (FEEDS.md, Old feed).
    case frozen(since: HongKongMinute)
    /// Delayed, and the quarter hours beginning in `[from, to)` are never published: the last one before stays on
    /// offer meanwhile.
    case silent(from: HongKongMinute, to: HongKongMinute)

    /// The greatest delay in seconds.
    static let greatestDelay = 90

    /// The end of the old feed as it was.
    package static let oldFeedEnd = Feed.aeTopWait.life.to.map { PublishingRhythm.frozen(since: $0) } ?? .delayed
}

/// A rhythm at work: which slot's document is on offer when.
struct PublishingSchedule {
    let rhythm: PublishingRhythm
    /// Draws each slot's delay; tells feeds apart.
    let seed: UInt64

    private static let slotMinutes = 15
    private static let delays = PublishingRhythm.greatestDelay + 1

    /// The slot whose document is on offer at an instant.
    func slotOnOffer(at instant: Date) -> HongKongMinute {
        let slot = newestSlot(at: instant)
        return switch rhythm {
        case .delayed, .punctual: slot
        case .frozen(let since): min(slot, since.slotStart)
        case .silent(let from, _): isPublished(slot) ? slot : from.adding(minutes: -1).slotStart
        }
    }

    /// The slots whose documents are on offer at some second of `[from, to)`, oldest first. Cost: one step a slot.
    func slotsOnOffer(from: Date, to: Date) -> [HongKongMinute] {
        guard from < to else { return [] }
        let first = slotOnOffer(at: from).sinceEpoch
        let last = slotOnOffer(at: to.addingTimeInterval(-1)).sinceEpoch
        return stride(from: first, through: last, by: Self.slotMinutes)
            .map { HongKongMinute(sinceEpoch: $0) }
            .filter(isPublished)
    }

    /// The instant, a whole second, at which a slot's document is put on offer.
    func publishedAt(slot: HongKongMinute) -> Date {
        let start = slot.secondsSince1970
        if case .punctual = rhythm { return Date(timeIntervalSince1970: Double(start)) }
        let draw = mixed(seed ^ mixed(UInt64(bitPattern: Int64(start))))
        return Date(timeIntervalSince1970: Double(start + Int(draw % UInt64(Self.delays))))
    }

    /// The newest slot put on offer by an instant, were there neither freeze nor silence.
    private func newestSlot(at instant: Date) -> HongKongMinute {
        let slot = HongKongMinute.slot(at: instant)
        return publishedAt(slot: slot) <= instant ? slot : slot.adding(minutes: -Self.slotMinutes)
    }

    /// Whether a slot's document is ever put on offer.
    private func isPublished(_ slot: HongKongMinute) -> Bool {
        switch rhythm {
        case .delayed, .punctual: true
        case .frozen(let since): slot <= since
        case .silent(let from, let to): slot < from || to <= slot
        }
    }
}

extension HongKongMinute {
    /// The start of the quarter hour that an instant falls in.
    static func slot(at instant: Date) -> HongKongMinute {
        HongKongMinute(secondsSince1970: instant.timeIntervalSince1970).slotStart
    }
}
