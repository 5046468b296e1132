/// How the published texts of a dimension become codes, the same in every dataset and language.
package struct CodeList: Sendable {
    /// What a row over the whole of a dimension has for a code.
    package static let all = "all"

    package struct Code: Sendable {
        package let code: String
        package let name: Trilingual
        /// Further spellings.
        let spellings: [String]

        package init(_ code: String, _ name: Trilingual, _ spellings: [String] = []) {
            (self.code, self.name, self.spellings) = (code, name, spellings)
        }
    }

    /// The codes that are known beforehand; empty for places.
    package let codes: [Code]
    /// The kinds of places that the texts name; nil for all else.
    package let places: [PlaceKind]?
    private let bySpelling: [String: String]

    /// Codes that are known beforehand; another text gets a slug.
    package init(_ codes: [Code]) {
        self.codes = codes
        places = nil
        bySpelling = Dictionary(
            codes.flatMap { code in
                ([code.code] + Language.allCases.map { code.name[$0] } + code.spellings)
                    .filter { !$0.isEmpty }.map { (PlaceName.key(of: $0), code.code) }
            }, uniquingKeysWith: { first, _ in first })
    }

    private init(places: [PlaceKind]) {
        codes = []
        self.places = places
        bySpelling = Dictionary(
            places.flatMap { kind in
                BundledPlaces.of(kind).flatMap { place in
                    ([place.name.en, place.name.tc, place.name.sc] + place.aliases).filter { !$0.isEmpty }
                        .map { (PlaceName.key(of: $0), place.id) }
                }
            }, uniquingKeysWith: { first, _ in first })
    }

    /// Slugs of the texts.
    package static let slugs = CodeList([])
    package static let hospitals = CodeList(places: [.hospital])

    /// All that codes are made by, as text: tables that were made by another are made anew.
    package var signature: String {
        let spellings = bySpelling.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        return "\(PlaceName.keyRule) \(spellings.joined(separator: ",")) \(Self.totals.sorted().joined(separator: ","))"
    }

    /// The code of a published text. A text that leads nowhere gets a slug, never nothing.
    package func code(of text: String) -> String {
        Self.isTotal(text) ? Self.all : bySpelling[PlaceName.key(of: text)] ?? PlaceName.slug(of: text)
    }

    /// Whether a label stands for the whole of its dimension: `Overall`, `Overall (Hong Kong East Cluster)`, `總計`.
    package static func isTotal(_ text: String) -> Bool {
        let words = PlaceName.slug(of: text).split(separator: "-")
        guard let first = words.first.map(String.init) else { return true }
        return totals.contains(words.joined(separator: "-")) || first == "overall"
    }

    private static let totals: Set<String> = [
        "total", "all", "ha-overall", "hospital-authority-overall", "whole-ha", "all-ages", "both-sexes",
        "all-hospitals", "all-clusters", "all-specialties", "總計", "总计", "合計", "合计", "整體", "整体", "unnamed",
    ]
}

extension CodeList {
    /// The clusters of the Hospital Authority.
    package static let clusters = CodeList([
        Code("HKE", .init(en: "Hong Kong East Cluster", tc: "港島東醫院聯網", sc: "港岛东医院联网"), ["Hong Kong East"]),
        Code("HKW", .init(en: "Hong Kong West Cluster", tc: "港島西醫院聯網", sc: "港岛西医院联网"), ["Hong Kong West"]),
        Code("HKI", .init(en: "Hong Kong Island Cluster", tc: "香港島醫院聯網", sc: "香港岛医院联网"), ["Hong Kong Island"]),
        Code("KC", .init(en: "Kowloon Central Cluster", tc: "九龍中醫院聯網", sc: "九龙中医院联网"), ["Kowloon Central"]),
        Code("KE", .init(en: "Kowloon East Cluster", tc: "九龍東醫院聯網", sc: "九龙东医院联网"), ["Kowloon East"]),
        Code("KW", .init(en: "Kowloon West Cluster", tc: "九龍西醫院聯網", sc: "九龙西医院联网"), ["Kowloon West"]),
        Code(
            "NTE", .init(en: "New Territories East Cluster", tc: "新界東醫院聯網", sc: "新界东医院联网"),
            ["New Territories East"]),
        Code(
            "NTW", .init(en: "New Territories West Cluster", tc: "新界西醫院聯網", sc: "新界西医院联网"),
            ["New Territories West"]),
        Code("HAHO", .init(en: "Hospital Authority Head Office", tc: "醫院管理局總辦事處", sc: "医院管理局总办事处")),
    ])

    package static let sexes = CodeList([
        Code("female", .init(en: "Female", tc: "女性", sc: "女性"), ["F", "女"]),
        Code("male", .init(en: "Male", tc: "男性", sc: "男性"), ["M", "男"]),
    ])
}
