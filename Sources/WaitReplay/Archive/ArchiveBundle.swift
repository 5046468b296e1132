import WaitCore

/// A bundle of the archive: one ZIP of a past month, or of a past day of the current month.
struct ArchiveBundle: Hashable, Sendable {
    enum Period: String {
        case month = "M"
        case day = "D"
    }

    let period: Period
    /// Midnight of the first day.
    let start: HongKongMinute
    /// Midnight after the last day.
    let end: HongKongMinute

    private static let dayMinutes = 1_440

    private init(dayOf minute: HongKongMinute) {
        period = .day
        start = minute.dayStart
        end = start.adding(minutes: Self.dayMinutes)
    }

    private init(monthOf minute: HongKongMinute) {
        period = .month
        start = minute.monthStart
        end = start.adding(minutes: 32 * Self.dayMinutes).monthStart
    }

    /// The bundle that a past day's versions are in, as of now.
    init(of day: HongKongMinute, now: HongKongMinute) {
        self = day.monthStart < now.monthStart ? Self(monthOf: day) : Self(dayOf: day)
    }

    /// The bundle that the archive names by a day, as of now; nil where it has none of that name: a later day of a past
    /// month, today and the future.
    init?(named day: HongKongMinute, now: HongKongMinute) {
        let bundle = Self(of: day, now: now)
        guard bundle.start == day, bundle.end <= now.dayStart else { return nil }
        self = bundle
    }

    /// The bundle with that file name at the storage.
    init?(fileName: String) {
        guard fileName.hasSuffix(".zip") else { return nil }
        let digits = String(fileName.dropLast(4))
        if let day = ArchiveStamps.day(of: digits) {
            self.init(dayOf: day)
        } else if let day = ArchiveStamps.day(of: digits + "01") {
            self.init(monthOf: day)
        } else {
            return nil
        }
    }

    /// Its file name at the storage: `202601.zip` of a month, `20260203.zip` of a day.
    var fileName: String {
        (period == .month ? String(timestamp.dropLast(2)) : timestamp) + ".zip"
    }

    /// Its name in listings and requests, the first day: `20260101`.
    var timestamp: String { ArchiveStamps.dayText(of: start) }

    /// The bundles that hold the versions of whole days, oldest first.
    ///
    /// - Parameter days: midnights.
    static func covering(_ days: ClosedRange<HongKongMinute>, now: HongKongMinute) -> [ArchiveBundle] {
        var bundles: [ArchiveBundle] = []
        var next = days.lowerBound
        while next <= days.upperBound {
            let bundle = ArchiveBundle(of: next, now: now)
            bundles.append(bundle)
            next = bundle.end
        }
        return bundles
    }
}

extension HongKongMinute {
    /// Hong Kong midnight of the first of the month.
    fileprivate var monthStart: Self {
        dayStart.adding(minutes: -(civil.day - 1) * 1_440)
    }
}
