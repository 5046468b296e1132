import WaitCore

/// An axis of Hong Kong time, from left to right.
struct TimeAxis: Sendable {
    let range: TimeRange
    /// Where it begins and ends in the picture.
    let left: Double
    let right: Double
    let step: TimeStep
    private let text: WaitText

    static let labelSize = 12.0
    /// Between two labels.
    private static let room = 9.0

    /// A label at its place, centred there or beginning there.
    struct Label: Sendable, Hashable {
        let x: Double
        let text: String
    }

    /// - Parameter size: ticks are not finer than the buckets.
    init(_ range: TimeRange, size: BucketSize, left: Double, right: Double, text: WaitText) {
        (self.range, self.left, self.right, self.text) = (range, left, right, text)
        step = Self.step(range, size: size, width: right - left, text: text)
    }

    func x(_ minute: HongKongMinute) -> Double {
        let minutes = max(1, range.to.sinceEpoch - range.from.sinceEpoch)
        return left + Double(minute.sinceEpoch - range.from.sinceEpoch) / Double(minutes) * (right - left)
    }

    /// The finest step whose labels stand beside each other, and what they leave out, too.
    private static func step(_ range: TimeRange, size: BucketSize, width: Double, text: WaitText) -> TimeStep {
        guard size != .financialYear else { return .financialYear }
        let perMinute = width / Double(max(1, range.to.sinceEpoch - range.from.sinceEpoch))
        let found = TimeStep.all.first { step in
            guard step.leastMinutes >= size.leastMinutes else { return false }
            func fits(_ label: String?, _ minutes: Int) -> Bool {
                Double(minutes) * perMinute >= TextWidth.of(label ?? "", size: labelSize) + room
            }
            return fits(step.label(widestTick, text), step.leastMinutes)
                && fits(step.context(widestTick, text), step.contextMinutes)
        }
        return found ?? .years(50)
    }

    /// Its day, month and year have as many digits as any.
    private static let widestTick = HongKongMinute(year: 2026, month: 11, day: 30) ?? HongKongMinute(sinceEpoch: 0)

    /// Ticks within the range, both ends included.
    var ticks: [HongKongMinute] {
        edges.filter { $0 >= range.from && $0 <= range.to }
    }

    /// The ticks from the one at or before the range to the one at or after it.
    private var edges: [HongKongMinute] {
        var edges = [step.start(of: range.from)]
        while let last = edges.last, last < range.to, edges.count < 2_000 { edges.append(step.next(after: last)) }
        return edges
    }

    /// Labels, centred at their places.
    var labels: [Label] {
        guard let named = step.named else {
            return ticks.filter { $0 < range.to }.map { Label(x: x($0), text: step.label($0, text)) }
        }
        return edges.compactMap { start in
            let whole = TimeRange(from: start, to: named.next(after: start))
            let seen = whole.clamped(to: range)
            let label = Label(x: (x(seen.from) + x(seen.to)) / 2, text: step.label(start, text))
            // A stretch that the range cuts may be too short for its name.
            let width = TextWidth.of(label.text, size: Self.labelSize) + 4
            return seen == whole || width <= x(seen.to) - x(seen.from) ? label : nil
        }
    }

    /// What the labels leave out, where it begins; never one over the other.
    var contexts: [Label] {
        var found: [Label] = []
        for tick in [range.from] + ticks where tick < range.to {
            guard let context = step.context(tick, text), context != found.last?.text else { continue }
            let label = Label(x: x(tick), text: context)
            let width = TextWidth.of(context, size: Self.labelSize)
            guard found.isEmpty || label.x + width <= right + Self.room else { continue }
            if let last = found.last,
                last.x + TextWidth.of(last.text, size: Self.labelSize) + Self.room > label.x
            {
                // The range's first days may leave no room for their month: the next one says more.
                guard found.count == 1 else { continue }
                found.removeLast()
            }
            found.append(label)
        }
        return found
    }
}
