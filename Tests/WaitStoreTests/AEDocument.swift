import Foundation
import WaitCore

@testable import WaitStore

/// A document of the new A&E feed with figures of a test's own.
struct AEDocument {
    /// Hong Kong time: `2026-11-14T09:00`.
    let time: String
    var hospitals = ["Alice Ho Miu Ling Nethersole Hospital", "Caritas Medical Centre"]
    /// Field → text, for every hospital, in place of what stands there otherwise.
    var fields: [String: String] = [:]
    /// Hospital → field → text, in place of those.
    var others: [String: [String: String]] = [:]

    init(
        at time: String, hospitals: [String]? = nil, fields: [String: String] = [:],
        others: [String: [String: String]] = [:]
    ) {
        self.time = time
        self.hospitals = hospitals ?? self.hospitals
        (self.fields, self.others) = (fields, others)
    }

    /// Captured at its own time.
    func capture(origin: Capture.Origin = .live) throws -> Capture {
        try .of(bytes(), .aeWait, Feed.aeWait.document(.en), at: time, origin: origin)
    }

    /// T3's half wait is the minute of the hour unless `fields` says otherwise.
    func bytes() throws -> Data {
        let minute = Int(time.suffix(2)) ?? 0
        let usual = [
            "t1wt": "0 minute", "t2wt": "less than 15 minutes", "manageT1case": "N", "manageT2case": "Y",
            "t3p50": minute == 0 ? "0 minute" : "\(minute) minutes", "t3p95": "60 minutes", "t45p50": "2 hours",
            "t45p95": "3.5 hours",
        ]
        let records = hospitals.map { name in
            usual.merging(fields) { $1 }.merging(others[name] ?? [:]) { $1 }.merging(["hospName": name]) { $1 }
        }
        let root: [String: Any] = ["waitTime": records, "updateTime": Self.updateTime(time)]
        return try JSONSerialization.data(withJSONObject: root, options: .sortedKeys)
    }

    /// `14/11/2026 9:00AM`.
    private static func updateTime(_ time: String) -> String {
        let parts = time.split { !$0.isNumber }.compactMap { Int($0) }
        let hour = parts[3] % 12 == 0 ? 12 : parts[3] % 12
        let day = "\(parts[2].padded(2))/\(parts[1].padded(2))/\(parts[0])"
        return "\(day) \(hour):\(parts[4].padded(2))\(parts[3] < 12 ? "AM" : "PM")"
    }
}
