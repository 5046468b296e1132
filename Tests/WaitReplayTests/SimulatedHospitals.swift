import Foundation
import WaitCore
import WaitReplay

/// A middling hospital and one whose queue is often empty.
let twoHospitals = [
    SimulatedHospital(
        name: Trilingual(en: "Queen Mary Hospital", tc: "瑪麗醫院", sc: "玛丽医院"), busyness: 1.2),
    SimulatedHospital(
        name: Trilingual(en: "St John Hospital", tc: "長洲醫院", sc: "长洲医院"), busyness: 0.3),
]

/// A document of a feed as a JSON reader sees it.
struct ReadDocument: Decodable, Equatable {
    let waitTime: [[String: String]]
    let updateTime: String

    init(_ bytes: [UInt8]) throws {
        self = try JSONDecoder().decode(ReadDocument.self, from: Data(bytes))
    }
}

/// A minute of the Hong Kong clock, written `2026-01-20T04:30`.
func hongKongMinute(_ text: String) -> HongKongMinute {
    // A wrong literal in a test shows as a minute no test expects.
    HongKongMinute(text: text) ?? HongKongMinute(sinceEpoch: 0)
}

/// An instant of the Hong Kong clock, written `2026-01-20T04:30:00`.
func hongKong(_ text: String) -> Date {
    // A wrong literal in a test shows as an instant no test expects.
    (try? Date(text + "+08:00", strategy: .iso8601)) ?? .distantPast
}

/// An instant as an HTTP date: `Tue, 20 Jan 2026 04:30:00 GMT`.
func httpDateText(_ instant: Date) -> String {
    let formatter = DateFormatter()
    formatter.locale = Locale(identifier: "en_US_POSIX")
    formatter.timeZone = TimeZone(secondsFromGMT: 0)
    formatter.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
    return formatter.string(from: instant)
}
