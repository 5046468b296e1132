import WaitCore

/// Clinics' quotas of earlier weeks, made from one document: every week a period that ends seven days earlier, with places that
/// rise and fall a little from week to week. Invented, like the document that it is made from, and the same each time.
package struct SimulatedQuotas: Sendable {
    private let text: String

    /// - Parameter document: a clinic-quota document of our own making.
    package init(_ document: [UInt8]) {
        text = String(decoding: document, as: UTF8.self)
    }

    /// The document of `weeks` weeks before.
    package func document(weeksBefore weeks: Int) -> [UInt8] {
        let moved = text.replacing(/"([0-9]{8})"/) { match in
            let day = Int(match.1).flatMap { HongKongMinute(dayNumber: $0) }
            return day.map { "\"\($0.adding(minutes: -weeks * 7 * 1_440).dayNumber)\"" } ?? String(match.0)
        }
        var place = 0
        return Array(
            moved.replacing(/"([0-9]+\.[0-9])"/) { match in
                place += 1
                let tenths = Int(match.1.filter { $0 != "." }) ?? 0
                let changed = tenths * (1_000 - 4 * weeks + (place * 31 + weeks * 17) % 41 - 20) / 1_000
                return "\"\(max(0, changed) / 10).\(max(0, changed) % 10)\""
            }.utf8)
    }
}
