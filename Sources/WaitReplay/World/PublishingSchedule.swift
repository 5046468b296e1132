package import WaitCore

package import struct Foundation.Date

/// A version of a document with the time it was on offer: what a test judges a collector by.
package struct ReplayOffer: Sendable, Equatable {
    /// The document's public address.
    package let document: String
    /// Its update time.
    package let observedAt: HongKongMinute
    /// On offer from then …
    package let from: Date
    /// … until just before then.
    package let to: Date

    package init(document: String, observedAt: HongKongMinute, from: Date, to: Date) {
        (self.document, self.observedAt, self.from, self.to) = (document, observedAt, from, to)
    }
}

/// A rhythm at work: which version is on offer when. A publisher never goes back to an older one.
struct PublishingSchedule {
    /// A version being put on offer.
    struct Publication: Equatable {
        /// The version's update time.
        let observedAt: HongKongMinute
        /// A whole second.
        let publishedAt: Date
    }

    let rhythm: PublishingRhythm
    /// Draws each slot's delay; tells feeds apart.
    let seed: UInt64

    private static let slotMinutes = 15
    private static let delays = PublishingRhythm.greatestDelay + 1

    /// The version on offer at an instant. Cost: a step for each slot back to the one that published it.
    func onOffer(at instant: Date) -> Publication {
        var slot = rhythm.lastWorthAsking(.slot(at: instant).adding(minutes: Self.slotMinutes))
        while true {
            let out = publications(of: slot).filter { $0.publishedAt <= instant }
            if let newest = out.max(by: { $0.observedAt < $1.observedAt }) { return newest }
            slot = rhythm.lastWorthAsking(slot.adding(minutes: -Self.slotMinutes))
        }
    }

    /// The versions on offer at some second of `[from, to)`, oldest first, with the second each came. The first may have
    /// come before. Cost: one step a slot.
    func onOffer(from: Date, to: Date) -> [Publication] {
        guard from < to else { return [] }
        let first = onOffer(at: from)
        let last = HongKongMinute.slot(at: to).sinceEpoch + Self.slotMinutes
        let later = stride(from: first.observedAt.slotStart.sinceEpoch, through: last, by: Self.slotMinutes)
            .flatMap { publications(of: HongKongMinute(sinceEpoch: $0)) }
            .filter { from < $0.publishedAt && $0.publishedAt < to }
            .sorted { ($0.publishedAt, $0.observedAt) < ($1.publishedAt, $1.observedAt) }
        return later.reduce(into: [first]) { seen, publication in
            guard let newest = seen.last, newest.observedAt < publication.observedAt else { return }
            if newest.publishedAt == publication.publishedAt { seen.removeLast() }
            seen.append(publication)
        }
    }

    /// What a slot puts on offer, none where it is left out; later slots' versions have later update times.
    private func publications(of slot: HongKongMinute) -> [Publication] {
        switch rhythm.rhythm(of: slot) {
        case .delayed: [delayed(slot)]
        case .punctual: [publication(of: slot, afterSeconds: 0)]
        case .shifted(let seconds):
            [publication(of: slot, afterSeconds: seconds.lowerBound + Int(draw(slot) % UInt64(seconds.count)))]
        case .irregular: irregular(slot)
        case .frozen(let since): slot <= since ? [delayed(slot)] : []
        case .silent(let from, let to): slot < from || to <= slot ? [delayed(slot)] : []
        case .silentDaily(let minutes, let otherwise):
            minutes.contains(slot.sinceEpoch - slot.dayStart.sinceEpoch)
                ? [] : PublishingSchedule(rhythm: otherwise, seed: seed).publications(of: slot)
        case .phases: []  // resolved above
        }
    }

    private func delayed(_ slot: HongKongMinute) -> Publication {
        publication(of: slot, afterSeconds: Int(draw(slot) % UInt64(Self.delays)))
    }

    /// One slot in eight has no document, one has two; the others' update times are 0 to 6 minutes into the quarter hour.
    private func irregular(_ slot: HongKongMinute) -> [Publication] {
        let draw = draw(slot)
        let delay = Int(draw >> 8 % UInt64(Self.delays))
        switch draw % 8 {
        case 0: return []
        case 1:
            return [
                publication(of: slot, afterSeconds: delay),
                publication(of: slot.adding(minutes: 8), afterSeconds: delay),
            ]
        default:
            let observedAt = slot.adding(minutes: Int(draw >> 16 % 7))
            return [publication(of: observedAt, afterSeconds: Int(draw >> 24 % 481))]
        }
    }

    private func publication(of observedAt: HongKongMinute, afterSeconds delay: Int) -> Publication {
        Publication(
            observedAt: observedAt,
            publishedAt: observedAt.date.addingTimeInterval(Double(delay)))
    }

    private func draw(_ slot: HongKongMinute) -> UInt64 {
        mixed(seed ^ mixed(UInt64(bitPattern: Int64(slot.secondsSince1970))))
    }
}

extension HongKongMinute {
    /// The start of the quarter hour that an instant falls in.
    static func slot(at instant: Date) -> HongKongMinute {
        HongKongMinute(secondsSince1970: instant.timeIntervalSince1970).slotStart
    }
}
