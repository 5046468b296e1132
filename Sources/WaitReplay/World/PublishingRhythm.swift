#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// When the document of each quarter hour is put on offer.
package enum PublishingRhythm: Sendable, Equatable {
    /// 0 to 90 seconds into its quarter hour, the same for a slot every time: a poll just after the quarter may still
    /// see the one before.
    case delayed
    /// On the second its quarter hour begins.
    case punctual
    /// Delayed, and no quarter hour beginning after that instant is ever published: the last document stays on offer for
    /// ever, as the old feed's does (FEEDS.md, Old feed).
    case frozen(since: Date)
    /// Delayed, and the quarter hours beginning in `[from, to)` are never published: the last one before stays on
    /// offer meanwhile.
    case silent(from: Date, to: Date)

    /// The greatest delay in seconds.
    static let greatestDelay = 90

    /// The end of the old feed as it was: its last document is of 2025-10-13 00:15 (FEEDS.md, Old feed).
    package static let oldFeedEnd = PublishingRhythm.frozen(since: Date(timeIntervalSince1970: 1_760_285_700))
}

/// A rhythm at work: which slot's document is on offer when. Instants are seconds since 1970.
struct PublishingSchedule {
    let rhythm: PublishingRhythm
    /// Draws each slot's delay; tells feeds apart.
    let seed: UInt64

    /// The slot whose document is on offer at an instant.
    func slotOnOffer(at seconds: Int) -> Int {
        switch rhythm {
        case .delayed, .punctual:
            return newestSlot(at: seconds)
        case .frozen(let since):
            return min(newestSlot(at: seconds), slotStart(of: since.unixSeconds))
        case .silent(let from, let to):
            let slot = newestSlot(at: seconds)
            return isSilent(slot, from: from, to: to) ? slotStart(of: from.unixSeconds - 1) : slot
        }
    }

    /// The slots whose documents are on offer at some instant of `[from, to)`, oldest first. Cost: one step a slot.
    func slotsOnOffer(from: Int, to: Int) -> [Int] {
        guard from < to else { return [] }
        let first = slotOnOffer(at: from)
        let last = slotOnOffer(at: to - 1)
        return stride(from: first, through: last, by: HongKongTime.slotSeconds).filter { isPublished($0) }
    }

    /// The instant at which a slot's document is put on offer.
    func publishedAt(slot: Int) -> Int {
        if case .punctual = rhythm { return slot }
        let draw = mixed(seed ^ mixed(UInt64(bitPattern: Int64(slot))))
        return slot + Int(draw % UInt64(Self.delays))
    }

    private static let delays = PublishingRhythm.greatestDelay + 1

    /// The newest slot put on offer by an instant, were there neither freeze nor silence.
    private func newestSlot(at seconds: Int) -> Int {
        let slot = slotStart(of: seconds)
        return publishedAt(slot: slot) <= seconds ? slot : slot - HongKongTime.slotSeconds
    }

    /// Whether a slot's document is ever put on offer.
    private func isPublished(_ slot: Int) -> Bool {
        switch rhythm {
        case .delayed, .punctual: true
        case .frozen(let since): slot <= since.unixSeconds
        case .silent(let from, let to): !isSilent(slot, from: from, to: to)
        }
    }

    private func isSilent(_ slot: Int, from: Date, to: Date) -> Bool {
        from.unixSeconds <= slot && slot < to.unixSeconds
    }
}

extension Date {
    /// Whole seconds since 1970, rounded towards the past.
    var unixSeconds: Int { Int(timeIntervalSince1970.rounded(.down)) }

    init(unixSeconds: Int) {
        self.init(timeIntervalSince1970: Double(unixSeconds))
    }
}
