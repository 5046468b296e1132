package import WaitCore

/// Clinics' quotas of other weeks, made from one document: every week a period that ends seven days earlier or later, with places
/// that rise and fall a little from week to week. Invented, like the document that it is made from, and the same each time.
package struct SimulatedQuotas: Sendable {
    private let text: String
    /// The end of its periods, the latest where they differ; nil where it names none.
    private let end: HongKongMinute?

    /// How long after the end of its four weeks a document is published, as on the real publisher's site.
    private static let lagDays = 14
    private static let weekMinutes = 7 * 1_440

    /// - Parameter document: a clinic-quota document of our own making.
    package init(_ document: [UInt8]) {
        let text = String(decoding: document, as: UTF8.self)
        self.text = text
        end = text.matches(of: Self.day).compactMap { Int($0.1).flatMap { HongKongMinute(dayNumber: $0) } }.max()
    }

    /// The document that is on offer at a time: its four weeks ended two to three weeks before.
    package func document(at minute: HongKongMinute) -> [UInt8] {
        guard let end else { return Array(text.utf8) }
        let first = end.adding(minutes: Self.lagDays * 1_440)
        let weeks = floorDivide(minute.sinceEpoch - first.sinceEpoch, by: Self.weekMinutes)
        return document(weeksBefore: -weeks)
    }

    /// A date of eight digits.
    private static var day: Regex<(Substring, Substring)> { /"([0-9]{8})"/ }

    /// The document of `weeks` weeks before; after it where the number is negative, and the document itself for 0.
    package func document(weeksBefore weeks: Int) -> [UInt8] {
        guard weeks != 0 else { return Array(text.utf8) }
        let moved = text.replacing(Self.day) { match in
            let day = Int(match.1).flatMap { HongKongMinute(dayNumber: $0) }
            return day.map { "\"\($0.adding(minutes: -weeks * 7 * 1_440).dayNumber)\"" } ?? String(match.0)
        }
        var place = 0
        return Array(
            moved.replacing(/"([0-9]+\.[0-9])"/) { match in
                place += 1
                let tenths = Int(match.1.filter { $0 != "." }) ?? 0
                let noise = ((place * 31 + weeks * 17) % 41 + 41) % 41 - 20
                let changed = tenths * (1_000 - 4 * max(-200, min(200, weeks)) + noise) / 1_000
                return "\"\(max(0, changed) / 10).\(max(0, changed) % 10)\""
            }.utf8)
    }
}
