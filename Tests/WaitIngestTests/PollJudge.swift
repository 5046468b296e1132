import Foundation
import WaitCore
import WaitReplay

/// The poll rule of docs/design.md read once more, over a publisher's offer log and with none of the plan's code: which versions a
/// collector owes.
struct PollJudge {
    /// Seconds from the start of a quarter hour to its first poll.
    let lagSeconds: Double
    /// Minutes from there to the later tries.
    static let laterTriesMinutes = [2.0, 4, 8]

    /// The versions on offer at the moments of `[from, to)` that the rule polls for: just after each quarter hour, and again
    /// for as long as that quarter hour's own version is not there.
    ///
    /// - Parameter offers: of one document, oldest first, the first one begun by `from`.
    func owed(_ offers: [ReplayOffer], from: Date, to: Date) -> Set<HongKongMinute> {
        var owed: Set<HongKongMinute> = []
        var rest = offers[...]
        for quarter in stride(from: from, to: to, by: 900) {
            for minutes in [0] + Self.laterTriesMinutes {
                let moment = quarter.addingTimeInterval(lagSeconds + minutes * 60)
                while let next = rest.dropFirst().first, next.from <= moment { rest = rest.dropFirst() }
                guard moment < to, let offer = rest.first else { break }
                owed.insert(offer.observedAt)
                if Double(offer.observedAt.slotStart.secondsSince1970) >= quarter.timeIntervalSince1970 { break }
            }
        }
        return owed
    }

    /// What a record holds of a feed's document, by the view named.
    static func caught(_ path: String, view: String = "ae_wait") throws -> Set<HongKongMinute> {
        Set(
            try SQLite.rows(path, "SELECT DISTINCT observed_unix / 60 FROM \(view)").compactMap { Int($0) }
                .map(HongKongMinute.init(sinceEpoch:)))
    }
}
