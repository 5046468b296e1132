extension Publisher {
    package static let hospitalAuthority = Publisher(
        name: Trilingual(en: "Hospital Authority", tc: "醫院管理局", sc: "医院管理局"),
        terms: "https://data.gov.hk/en/terms-and-conditions", attribution: Attribution.source)
}

extension Document {
    /// The English document of one of the Hospital Authority's statistics: its rows count, since its labels are the keys.
    static func hospitalAuthority(_ name: String) -> Document {
        Document(url: "https://www.ha.org.hk/opendata/\(name)-en.json", language: .en)
    }
}
