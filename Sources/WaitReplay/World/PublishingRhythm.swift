package import WaitCore

/// When which documents are put on offer.
package enum PublishingRhythm: Sendable, Equatable {
    /// 0 to 90 seconds into its quarter hour, the same for a slot every time: a poll just after the quarter may still
    /// see the one before.
    case delayed
    /// On the second its quarter hour begins.
    case punctual
    /// So many seconds after its quarter hour begins, drawn for each slot; before it where that is under 0. From −900:
    /// nothing is published a whole quarter hour ahead. A document that a later slot's overtook is never on offer.
    case shifted(seconds: ClosedRange<Int>)
    /// As somebody publishes by hand: update times off the quarter hours, documents up to eight minutes after them, some
    /// quarter hours without one and some with two.
    case irregular
    /// Delayed, and no quarter hour beginning after that minute is ever published: the last document stays on offer for
    /// ever, as the old feed's does (docs/feeds.md, "The old A&E feed").
    case frozen(since: HongKongMinute)
    /// Delayed, and the quarter hours beginning in `[from, to)` are never published: the last one before stays on
    /// offer meanwhile.
    case silent(from: HongKongMinute, to: HongKongMinute)
    /// Another rhythm, but for the quarter hours of each day that begin in those minutes of it, which are never published.
    indirect case silentDaily(minutes: Range<Int>, otherwise: PublishingRhythm)
    /// One after the other, in order: each for the slots from its minute on, the first one for those before as well.
    indirect case phases([Phase])

    package struct Phase: Sendable, Equatable {
        package let from: HongKongMinute
        package let rhythm: PublishingRhythm

        package init(from: HongKongMinute, _ rhythm: PublishingRhythm) {
            (self.from, self.rhythm) = (from, rhythm)
        }
    }

    /// Late by 2 to 9 minutes: after the first poll of a quarter hour, and within the last one's reach.
    package static let late = shifted(seconds: 120...540)
    /// Early by up to three minutes.
    package static let early = shifted(seconds: -180 ... -1)
    /// Nothing between one and six in the morning.
    package static let silentAtNight = silentDaily(minutes: 60..<360, otherwise: .delayed)

    /// The greatest delay in seconds.
    static let greatestDelay = 90

    /// The end of the old feed as it was.
    package static let oldFeedEnd = Feed.aeTopWait.life.to.map { PublishingRhythm.frozen(since: $0) } ?? .delayed
}

extension PublishingRhythm {
    /// The rhythm that a slot follows.
    func rhythm(of slot: HongKongMinute) -> PublishingRhythm {
        guard case .phases(let phases) = self else { return self }
        let phase = phases.last { $0.from <= slot } ?? phases.first
        return phase?.rhythm.rhythm(of: slot) ?? .delayed
    }

    /// Where a search back in time may go on from a slot without missing a document.
    func lastWorthAsking(_ slot: HongKongMinute) -> HongKongMinute {
        switch self {
        case .frozen(let since): min(slot, since.slotStart)
        case .silent(let from, let to) where from <= slot && slot < to: from.adding(minutes: -1).slotStart
        default: slot
        }
    }
}
