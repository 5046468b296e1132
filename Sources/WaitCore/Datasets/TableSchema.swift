/// The fields of a dataset's rows, and the columns that follow from them.
package struct TableSchema: Sendable {
    package let fields: [Field]
    /// Every column of the table, in the order of views, files and answers.
    package let columns: [TableColumn]
    /// The columns that identify a row.
    package let key: [String]
    /// Whether rows may be totals of others: then there are the columns `is_total` and `total_over`.
    package let hasTotals: Bool

    package init(_ fields: [Field], hasTotals: Bool = false) {
        self.fields = fields
        self.hasTotals = hasTotals
        let totals = hasTotals ? TableColumn.totals : []
        columns = fields.flatMap(\.columns) + totals + [.other]
        key = fields.filter(\.isKey).map(\.name)
    }

    /// Where a column stands in a row; nil where there is none.
    package func position(_ column: String) -> Int? { columns.firstIndex { $0.name == column } }

    /// The columns with the first and last day that a row is about; nil for rows without a period.
    package var period: (from: String, to: String)? {
        position("period_from") != nil ? ("period_from", "period_to") : nil
    }

    /// The column with the code of the period: `financial_year`; nil for rows without one.
    package var periodCode: String? {
        fields.first { field in
            switch field.kind {
            case .financialYear, .year: true
            default: false
            }
        }?.name
    }

    /// All that tables and views are made of, as text: tables that were made of another are made anew.
    package var signature: String {
        let columns = columns.map { "\($0.name) \($0.kind.rawValue) \($0.codes?.signature ?? "")" }
        return (columns + ["key"] + key + ["published"] + fields.map(\.published)).joined(separator: ", ")
    }
}

/// One field of a dataset: a figure, or what it is broken down by. It has one or more columns.
package struct Field: Sendable {
    package enum Kind: Sendable {
        /// A code beside the text that was published.
        case dimension(CodeList)
        /// A dimension of slugs, with the first and last year of age.
        case ageGroup
        /// April to March: `2023-24`.
        case financialYear
        /// January to December.
        case year
        case day
        case integer
        case decimal
        case text
        case flag
    }

    package let name: String
    package let kind: Kind
    /// The key or heading that documents have it under.
    package let published: String
    package let isKey: Bool
    /// Of a figure; nil for all else.
    package let measure: Measure?
    package let title: Trilingual
    /// One sentence for people who read the file.
    package let meaning: String

    private init(
        _ name: String, _ kind: Kind, as published: String?, isKey: Bool, measure: Measure? = nil, title: Trilingual,
        meaning: String
    ) {
        (self.name, self.kind, self.isKey) = (name, kind, isKey)
        (self.measure, self.title, self.meaning) = (measure, title, meaning)
        self.published = published ?? title.en
    }

    /// What figures are broken down by: `hospital` with `hospital_text`, and names that are joined.
    /// - Parameter published: the document's key; nil: the English title.
    package static func dimension(
        _ name: String, _ codes: CodeList, as published: String? = nil, isKey: Bool = true, _ title: Trilingual,
        _ meaning: String
    ) -> Field {
        Field(name, .dimension(codes), as: published, isKey: isKey, title: title, meaning: meaning)
    }

    package static let financialYear = Field(
        "financial_year", .financialYear, as: nil, isKey: true,
        title: Trilingual(en: "Financial year", tc: "財政年度", sc: "财政年度"),
        meaning: "From 1 April to 31 March of the next year, as 2023-24.")

    package static let year = Field(
        "year", .year, as: nil, isKey: true, title: Trilingual(en: "Year", tc: "年份", sc: "年份"),
        meaning: "The calendar year.")

    package static let ageGroup = Field(
        "age_group", .ageGroup, as: nil, isKey: true,
        title: Trilingual(en: "Age group", tc: "年齡組別", sc: "年龄组别"), meaning: "The age group.")

    package static let sex = Field.dimension(
        "sex", .sexes, as: "Gender", Trilingual(en: "Sex", tc: "性別", sc: "性别"), "The sex: female, male, or all.")

    /// A figure.
    /// - Parameter published: the document's key; nil: the English title.
    package static func measure(
        _ name: String, _ kind: Kind = .integer, as published: String? = nil, unit: String, adds: Measure.Additivity,
        sumOf: [String] = [], _ title: Trilingual, _ meaning: String
    ) -> Field {
        Field(
            name, kind, as: published, isKey: false, measure: Measure(unit: unit, adds: adds, sumOf: sumOf),
            title: title,
            meaning: meaning)
    }

    /// A text, a flag, a day, or a number that is not a measure.
    package static func plain(
        _ name: String, _ kind: Kind, as published: String? = nil, isKey: Bool = false, _ title: Trilingual,
        _ meaning: String
    ) -> Field {
        Field(name, kind, as: published, isKey: isKey, title: title, meaning: meaning)
    }

    /// Its columns: of a dimension the code and the published text, of a period also its days.
    package var columns: [TableColumn] {
        switch kind {
        case .dimension(let codes):
            [
                TableColumn(name, .text, title, meaning, codes: codes),
                TableColumn("\(name)_text", .text, title.asPublished, "\(title.en) as published."),
            ]
        case .ageGroup:
            [
                TableColumn(name, .text, title, meaning, codes: .slugs),
                TableColumn("\(name)_text", .text, title.asPublished, "\(title.en) as published."),
                TableColumn(
                    "age_from", .integer, .init(en: "Age from", tc: "年齡由", sc: "年龄由"), "First year of age; empty: open."
                ),
                TableColumn(
                    "age_to", .integer, .init(en: "Age to", tc: "年齡至", sc: "年龄至"), "Last year of age; empty: open."),
            ]
        case .financialYear, .year:
            [
                TableColumn(name, kind.isYear ? .integer : .text, title, meaning),
                TableColumn("period_text", .text, .init(en: "Period", tc: "期間", sc: "期间"), "The period as published."),
                TableColumn("period_from", .day, .init(en: "From", tc: "由", sc: "由"), "First day of the period."),
                TableColumn("period_to", .day, .init(en: "To", tc: "至", sc: "至"), "Last day of the period, included."),
            ]
        case .day: [TableColumn(name, .day, title, meaning)]
        case .integer: [TableColumn(name, .integer, title, meaning, measure: measure)]
        case .decimal: [TableColumn(name, .decimal, title, meaning, measure: measure)]
        case .text: [TableColumn(name, .text, title, meaning)]
        case .flag: [TableColumn(name, .flag, title, meaning)]
        }
    }
}

extension Trilingual {
    /// The heading of a text beside its code.
    fileprivate var asPublished: Trilingual {
        Trilingual(en: "\(en) as published", tc: "\(tc)（原文）", sc: "\(sc)（原文）")
    }
}

extension Field.Kind {
    fileprivate var isYear: Bool { if case .year = self { true } else { false } }
}

/// What a figure counts, and over what it may be summed.
package struct Measure: Sendable, Hashable {
    package enum Additivity: String, Sendable {
        case placesAndTime = "places and time"
        case places
        case never
    }

    /// `episodes`, `per cent`, `HKD million`.
    package let unit: String
    package let adds: Additivity
    /// The measures that the publisher added up to it.
    package let sumOf: [String]
}

/// One column of a dataset's table.
package struct TableColumn: Sendable {
    package enum Kind: String, Sendable {
        case text, integer, decimal, flag
        /// `2026-01-31`.
        case day
    }

    package let name: String
    package let kind: Kind
    package let title: Trilingual
    package let meaning: String
    package let measure: Measure?
    /// Of a dimension's code; nil for all else.
    package let codes: CodeList?

    package init(
        _ name: String, _ kind: Kind, _ title: Trilingual, _ meaning: String, measure: Measure? = nil,
        codes: CodeList? = nil
    ) {
        (self.name, self.kind, self.title, self.meaning) = (name, kind, title, meaning)
        (self.measure, self.codes) = (measure, codes)
    }

    static let totals = [
        TableColumn(
            "is_total", .flag, .init(en: "Total", tc: "總計", sc: "总计"),
            "Whether the publisher computed the row over others."),
        TableColumn(
            "total_over", .text, .init(en: "Total over", tc: "總計範圍", sc: "总计范围"),
            "The dimensions that the row is the total of, with commas between."),
    ]

    static let other = TableColumn(
        "other", .text, .init(en: "Other", tc: "其他", sc: "其他"),
        "What the document has beside these columns, and figures that cannot be read: a JSON object, verbatim.")
}
