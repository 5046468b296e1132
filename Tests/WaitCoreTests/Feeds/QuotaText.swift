import Foundation

/// A quota record as JSON text, where nothing else is said a good one.
struct QuotaText {
    private var members = [
        "Period": #"{"from":"20250518","to":"20250614"}"#, "District": #""Shatin""#, "Clinic": #""TAI WAI""#,
        "Doctor Consultation Sessions": #""Mon to Fri (AM and PM)""#, "Monday": #""129.8""#, "Tuesday": #""129.3""#,
        "Wednesday": #""128.3""#, "Thursday": #""190.8""#, "Friday": #""190.3""#, "Saturday": #""111.3""#,
        "Sunday": #""N/A""#,
    ]

    /// With other strings under some keys.
    init(_ strings: [String: String] = [:]) {
        for (key, value) in strings { members[key] = "\"\(value)\"" }
    }

    /// With other JSON under one key; nil: without it.
    init(_ key: String, json: String?) {
        members[key] = json
    }

    var text: String {
        "{" + members.sorted { $0.key < $1.key }.map { "\"\($0.key)\":\($0.value)" }.joined(separator: ",") + "}"
    }

    static func document(_ records: QuotaText...) -> Data {
        Data("[\(records.map(\.text).joined(separator: ","))]")
    }
}
