import Foundation
import WaitCore
import WaitIngest

/// The setting `clock`: the machine's clock by default, or one that begins at a given instant, for tests and demonstrations.
enum ClockSetting {
    static let key = "clock"
    static let variable = "WAITKEEPER_CLOCK"

    /// The clock that a text stands for; empty: the machine's. Nil where it is not an RFC 3339 time from 2000 to 2100.
    static func clock(_ text: String) -> WallClock? {
        guard !text.isEmpty else { return .system }
        // What cannot be parsed is reported by key, value and range.
        guard let start = try? Date(text, strategy: .iso8601), years.contains(start),
            // Foundation takes 30 February for 1 March.
            HongKongMinute(text: String(text.prefix(16))) != nil
        else { return nil }
        return .starting(at: start)
    }

    /// The clock of commands that read no settings file: `demo` and `replay`.
    /// - Throws: `SettingError`.
    static func clock(
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws(SettingError) -> WallClock {
        let text = environment[variable] ?? ""
        guard let clock = clock(text) else { throw SettingError(key: key, value: text) }
        return clock
    }

    /// 2000 up to 2100, UTC.
    private static let years = Date(timeIntervalSince1970: 946_684_800)..<Date(timeIntervalSince1970: 4_102_444_800)
}
