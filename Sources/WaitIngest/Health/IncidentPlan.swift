package import Foundation
package import WaitCore
package import WaitStore

/// Which incidents begin and end: pure functions of what is known now and of those that are open.
package struct IncidentPlan: Sendable {
    /// How a matter stands.
    package enum Verdict: Sendable, Hashable {
        case troubled(since: Date, String)
        case well(String)
        /// Nothing can be said now: an open incident stays open, none begins.
        case unknown
    }

    /// What is known at a moment.
    package struct Facts: Sendable {
        package var feeds: [FeedSummary] = []
        /// Hospitals by the feed they were read in.
        package var hospitals: [String: [HospitalPresence]] = [:]
        /// Nil where the disk did not say.
        package var freeBytes: Int?

        package init() {}
    }

    package let leastFreeBytes: Int

    package init(leastFreeBytes: Int) {
        self.leastFreeBytes = leastFreeBytes
    }

    /// What to open and what to close, so that each incident is reported once and closed once, whatever happens to the process.
    package func changes(_ facts: Facts, open incidents: [Incident], now: Date) -> [IncidentChange] {
        let verdicts = verdicts(facts, now: now)
        let open = Set(incidents.map(\.matter))
        let begun = verdicts.compactMap { matter, verdict -> IncidentChange? in
            guard !open.contains(matter), case .troubled(let since, let words) = verdict else { return nil }
            return .open(matter, sinceUnix: Int(since.timeIntervalSince1970), opening: words)
        }
        let known = Dictionary(verdicts, uniquingKeysWith: { first, _ in first })
        let ended = incidents.compactMap { incident -> IncidentChange? in
            switch known[incident.matter] {
            case .well(let words): .close(incident, closing: words)
            case nil: .close(incident, closing: "It is no longer watched.")
            case .troubled, .unknown: nil
            }
        }
        return begun + ended
    }

    private func verdicts(_ facts: Facts, now: Date) -> [(Incident.Matter, Verdict)] {
        let feeds = facts.feeds.flatMap { feed -> [(Incident.Matter, Verdict)] in
            let health = FeedHealth.of(feed.facts, now: now)
            let hospitals = facts.hospitals[feed.feed.id] ?? []
            return [
                (Incident.Matter(.frozen, feed.feed.id), frozen(feed, health)),
                (Incident.Matter(.failing, feed.feed.id), failing(feed, health)),
            ] + hospitals.map { (Incident.Matter(.missing, "\(feed.feed.id) \($0.code)"), missing($0, feed, health)) }
        }
        return feeds + [(Incident.Matter(.disk, "record"), disk(facts.freeBytes, now: now))]
    }

    private func frozen(_ feed: FeedSummary, _ health: FeedHealth) -> Verdict {
        switch health {
        case .frozen(let since):
            let stood = feed.observedAt.map { "has stood at \($0.rfc3339) since" } ?? "cannot be read"
            return .troubled(since: since, "\(feed.feed.id) answers, and its own time \(stood).")
        case .fresh, .late:
            return .well(
                "\(feed.feed.id) moves again\(feed.observedAt.map { ": its own time is \($0.rfc3339)" } ?? "").")
        case .retired: return .well("\(feed.feed.id) is retired.")
        case .failing, .notAsked, .neverAsked: return .unknown
        }
    }

    private func failing(_ feed: FeedSummary, _ health: FeedHealth) -> Verdict {
        switch health {
        case .failing(let since, _, _) where health.isLastingFailure(feed.feed.rhythm):
            return .troubled(
                since: since,
                "\(feed.feed.id) could not be fetched or read since \(Self.text(since)); last outcome: \(feed.lastOutcome ?? "none")."
            )
        case .fresh, .late, .frozen: return .well("\(feed.feed.id) answers again.")
        case .retired: return .well("\(feed.feed.id) is retired.")
        case .failing, .notAsked, .neverAsked: return .unknown
        }
    }

    /// A hospital that was missing from two quarter hours of a feed that goes on; after 14 days it counts as gone.
    private func missing(_ hospital: HospitalPresence, _ feed: FeedSummary, _ health: FeedHealth) -> Verdict {
        guard health == .fresh, let newest = feed.observedAt else {
            return health == .retired ? .well(Self.gone) : .unknown
        }
        switch hospital.state(at: newest) {
        case .present: return .well("\(hospital.code) has readings in \(feed.feed.id) again.")
        case .gone: return .well(Self.gone)
        case .missing:
            return .troubled(
                since: hospital.newest.date,
                "\(hospital.name) (\(hospital.code)) has had no reading in \(feed.feed.id) since \(hospital.newest.rfc3339)."
            )
        }
    }

    private static let gone = "It is presumed to be gone."

    /// Closed with a tenth to spare, so that it does not flutter at the line.
    private func disk(_ freeBytes: Int?, now: Date) -> Verdict {
        guard let freeBytes else { return .unknown }
        let free = ByteCountFormatter.text(freeBytes)
        if freeBytes < leastFreeBytes {
            return .troubled(
                since: now,
                "\(free) are free on the record's disk, under \(ByteCountFormatter.text(leastFreeBytes)): make room.")
        }
        return freeBytes > leastFreeBytes / 10 * 11 ? .well("\(free) are free again.") : .unknown
    }

    private static func text(_ date: Date) -> String {
        HongKongMinute(secondsSince1970: date.timeIntervalSince1970).rfc3339
    }
}

extension ByteCountFormatter {
    /// A size for people, in the powers of 1,000 that disks are sold by: `950 bytes`, `12.3 MB`.
    package static func text(_ bytes: Int) -> String {
        let formatter = ByteCountFormatter()
        formatter.countStyle = .decimal
        formatter.allowsNonnumericFormatting = false
        return formatter.string(fromByteCount: Int64(bytes))
    }
}
