/// What is known of a quarter hour of one hospital in one feed (docs/design.md, "Ledger of slots").
package enum SlotState: String, Sendable, CaseIterable {
    /// Read live.
    case observed
    /// Read from the archive, or from an import.
    case healed
    /// The archive was asked and has none.
    case notArchived
    /// The archive lists one and could not give it on three different days.
    case lost
    /// Not asked yet, or asking failed. A failure is never an absence.
    case unknown
}

/// A version that the archive lists of a document, as far as it was dealt with.
package struct ListedVersion: Sendable, Hashable {
    /// When the archive captured it.
    package let stamp: HongKongMinute
    /// Whether its bytes were had and could be read.
    package let isRead: Bool
    /// The update time inside, where it was read.
    package let observedAt: HongKongMinute?
    /// On how many different days it could not be fetched.
    package let failedDays: Int

    package init(stamp: HongKongMinute, isRead: Bool, observedAt: HongKongMinute?, failedDays: Int) {
        (self.stamp, self.isRead, self.observedAt, self.failedDays) = (stamp, isRead, observedAt, failedDays)
    }
}

/// What the archive has answered about a document so far.
package struct ArchiveKnowledge: Sendable {
    /// Day number → when its listings were last read whole, under every key; the earliest of the keys' last times.
    package let askedAt: [Int: HongKongMinute]
    /// By stamp, rising.
    package let versions: [ListedVersion]

    package init(askedAt: [Int: HongKongMinute], versions: [ListedVersion]) {
        (self.askedAt, self.versions) = (askedAt, versions)
    }

    /// A listed version is lost when it could not be fetched on so many different days.
    package static let daysUntilLost = 3
    /// Versions that can carry a slot's reading are captured within so many minutes after its start.
    package static let captureWindowMinutes = 120

    /// From when on a listing of this day is its last word: 24 hours after its last quarter hour, taken up to midnight.
    package static func settledAt(_ day: HongKongMinute) -> HongKongMinute {
        day.dayStart.adding(minutes: 2 * 1_440)
    }

    /// What the archive's answers say of the quarter hour beginning at `slot`: not archived, lost, or unknown.
    ///
    /// Not archived: the listings of its day and of the next were read whole at least 24 hours after it, every version listed
    /// within two hours after its start was read, and none carries an update time in it.
    package func state(of slot: HongKongMinute) -> SlotState {
        guard isListedForGood(slot) else { return .unknown }
        let window = versions[firstIndex(from: slot)...].prefix {
            $0.stamp < slot.adding(minutes: Self.captureWindowMinutes)
        }
        let unread = window.filter { !$0.isRead }
        guard unread.allSatisfy({ $0.failedDays >= Self.daysUntilLost }) else { return .unknown }
        guard !window.contains(where: { $0.observedAt?.slotStart == slot }) else { return .unknown }
        return unread.isEmpty ? .notArchived : .lost
    }

    private func isListedForGood(_ slot: HongKongMinute) -> Bool {
        let due = slot.adding(minutes: 1_440)
        return [slot, due].allSatisfy { day in askedAt[day.dayNumber].map { $0 >= due } ?? false }
    }

    /// Index of the first version captured at or after `slot`, by bisection.
    private func firstIndex(from slot: HongKongMinute) -> Int {
        var (low, high) = (0, versions.count)
        while low < high {
            let middle = (low + high) / 2
            if versions[middle].stamp < slot { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

/// Slots of a bucket, counted by state.
package struct SlotCounts: Sendable, Hashable {
    package var expected = 0
    package var observed = 0
    package var healed = 0
    package var notArchived = 0
    package var lost = 0
    package var unknown = 0

    package init() {}

    /// Counts one expected slot.
    @inlinable
    package mutating func add(_ state: SlotState) {
        expected += 1
        switch state {
        case .observed: observed += 1
        case .healed: healed += 1
        case .notArchived: notArchived += 1
        case .lost: lost += 1
        case .unknown: unknown += 1
        }
    }

    package static func + (one: SlotCounts, other: SlotCounts) -> SlotCounts {
        var sum = one
        sum.expected += other.expected
        sum.observed += other.observed
        sum.healed += other.healed
        sum.notArchived += other.notArchived
        sum.lost += other.lost
        sum.unknown += other.unknown
        return sum
    }

    /// (observed + healed) ÷ expected; nil where nothing is expected.
    package var coverage: Double? {
        expected == 0 ? nil : Double(observed + healed) / Double(expected)
    }

    /// Under 0.9: shown and marked, never ranked or called a record.
    package var isPartial: Bool { coverage.map { $0 < 0.9 } ?? false }
}
