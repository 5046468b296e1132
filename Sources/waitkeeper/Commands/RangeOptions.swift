import ArgumentParser
import Foundation
import WaitCore

/// Which stretch of time (contract: `--from`, `--to`, `--in`).
struct RangeOptions: ParsableArguments {
    @Option(help: ArgumentHelp("First day, month or year, or an instant.", valueName: "time"))
    var from: String?

    @Option(
        help: ArgumentHelp("Last day, month or year (whole), or the instant before which it ends.", valueName: "time"))
    var to: String?

    @Option(
        name: .customLong("in"),
        help: ArgumentHelp("A year, a month or a day: 2025, 2025-10, 2025-10-31.", valueName: "period"))
    var period: String?

    /// The ends that were named, as instants.
    /// - Throws: `ValidationError` that names what cannot be read.
    func ends() throws -> (from: HongKongMinute?, to: HongKongMinute?) {
        let (early, late) = (HongKongMinute(sinceEpoch: .min), HongKongMinute(sinceEpoch: .max))
        let range = try range(whole: TimeRange(from: early, to: late))
        return (range.from == early ? nil : range.from, range.to == late ? nil : range.to)
    }

    /// The range as instants; without options `whole`.
    /// - Throws: `ValidationError` that names what cannot be read.
    func range(whole: TimeRange) throws -> TimeRange {
        if let period {
            guard from == nil, to == nil else { throw ValidationError("Name --in, or --from and --to, not both.") }
            guard let range = TimeRange(in: period) else {
                throw ValidationError(
                    "\"\(period)\" is not a period; write 2025, 2025-10 or 2025-10-31, from 2000 to 2100.")
            }
            return range
        }
        let start = try from.map { try Self.minute($0, TimeRange.start) } ?? whole.from
        let end = try to.map { try Self.minute($0, TimeRange.end) } ?? whole.to
        guard start < end else { throw ValidationError("The range ends before it begins.") }
        return TimeRange(from: start, to: end)
    }

    private static func minute(_ text: String, _ read: (String) -> HongKongMinute?) throws -> HongKongMinute {
        guard let minute = read(text) else {
            throw ValidationError(
                "\"\(text)\" is not a time; write 2026, 2026-01, 2026-01-31 or 2026-01-31T04:30+08:00, from 2000 to 2100."
            )
        }
        return minute
    }
}

/// A feed whose slots are counted.
enum LedgerFeed: String, ExpressibleByArgument, CaseIterable {
    case aeWait = "ae-wait"
    case aeTopWait = "ae-top-wait"
}
