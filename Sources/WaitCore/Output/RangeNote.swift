/// What a person who asked for a range of a feed's readings should know: why nothing is in it, or that a trial was left out.
package struct RangeNote: Sendable, Hashable {
    package let feed: String
    /// As it was asked for; nil: the whole record was.
    package let asked: TimeRange?
    /// When the feed's life begins and ends, both readings of it; nil where it is not known, or goes on.
    package let life: Feed.Life
    /// The times of the record's first and newest reading of the feed, its trial included; nil where it has none.
    package let held: ClosedRange<HongKongMinute>?
    /// Whether readings of the trial lie in the range and were not counted.
    package let leavesOutTrial: Bool
    /// Whether nothing was counted.
    package let isEmpty: Bool
    package let now: HongKongMinute

    package init(
        feed: String, asked: TimeRange?, life: Feed.Life, held: ClosedRange<HongKongMinute>?, leavesOutTrial: Bool,
        isEmpty: Bool, now: HongKongMinute
    ) {
        self.feed = feed
        self.asked = asked
        self.life = life
        self.held = held
        self.leavesOutTrial = leavesOutTrial
        self.isEmpty = isEmpty
        self.now = now
    }

    /// Sentences; nil where the answer speaks for itself.
    package var words: String? {
        var sentences = isEmpty ? [reason] + [span].compactMap { $0 } : []
        if leavesOutTrial, let from = life.from {
            sentences.append(
                """
                Readings of the feed's trial, before \(from.rfc3339), lie in this range and are not counted; --include-trial counts \
                them (in the API include_trial=true).
                """)
        }
        return sentences.isEmpty ? nil : sentences.joined(separator: " ")
    }

    private var reason: String {
        if let asked {
            let nothing = "Not published: nothing of \(feed) is expected in this range"
            if let from = life.from, asked.to <= from {
                return "\(nothing), before the feed's life, which began with \(from.rfc3339)."
            }
            if let to = life.to, asked.from > to {
                return "\(nothing), after the feed's life, which ended with \(to.rfc3339)."
            }
            if asked.from > now { return "Not published yet: this range lies in the future." }
        }
        guard held != nil else { return "The record has no readings of \(feed)." }
        return "The record has nothing of \(feed) that was asked for\(asked == nil ? "" : " in this range")."
    }

    /// What was asked for, and what there is.
    private var span: String? {
        let asked = asked.map { "Asked for: from \($0.from.rfc3339) up to \($0.to.rfc3339)" }
        let held = held.map {
            "the record holds readings of \(feed) from \($0.lowerBound.rfc3339) to \($0.upperBound.rfc3339)"
        }
        switch (asked, held) {
        case (let asked?, let held?): return "\(asked); \(held)."
        case (let asked?, nil): return "\(asked)."
        case (nil, _): return nil
        }
    }
}
