import Foundation

/// A directory's row as JSON text, where nothing else is said a good one.
struct DirectoryText {
    private var members = [
        "cluster_eng": #""Hong Kong Island Cluster""#, "cluster_tc": #""香港島醫院聯網""#, "cluster_sc": #""香港岛医院联网""#,
        "institution_eng": #""Chai Wan Clinic""#, "institution_tc": #""柴灣診所""#, "institution_sc": #""柴湾诊所""#,
        "address_eng": #""1 Hong Man Street""#, "address_tc": #""康民街1號""#, "address_sc": #""康民街1号""#,
        "latitude": "22.291367", "longitude": "114.205",
    ]

    /// With other JSON under some keys; nil: without them.
    init(_ json: [String: String?] = [:]) {
        for (key, value) in json { members[key] = value }
    }

    var text: String {
        "{" + members.sorted { $0.key < $1.key }.map { "\"\($0.key)\":\($0.value)" }.joined(separator: ",") + "}"
    }

    static func document(_ rows: DirectoryText...) -> Data {
        Data("[\(rows.map(\.text).joined(separator: ","))]")
    }
}
