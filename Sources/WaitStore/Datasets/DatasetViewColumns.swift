import WaitCore

extension DatasetTable {
    /// A column of a view, and its SQL over the row `r`.
    struct ViewColumn {
        let name: String
        let kind: TableColumn.Kind
        let expression: String
        let title: Trilingual
        let meaning: String
        /// The table's column; nil for a name that is joined.
        var column: TableColumn?
    }

    /// The dataset's columns with the names of codes beside them.
    var viewColumns: [ViewColumn] {
        schema.columns.flatMap { column -> [ViewColumn] in
            let own = ViewColumn(
                name: column.name, kind: column.kind, expression: "r.\(column.sqlName)", title: column.title,
                meaning: column.meaning, column: column)
            guard column.name.hasSuffix("_text"), let codes = codes(of: column) else { return [own] }
            let dimension = String(column.name.dropLast(5))
            let title = schema.columns.first { $0.name == dimension }?.title ?? column.title
            return [own] + names(of: dimension, title, codes)
        }
    }

    private func codes(of text: TableColumn) -> CodeList? {
        schema.columns.first { "\($0.name)_text" == text.name }?.codes
    }

    private func names(of dimension: String, _ title: Trilingual, _ codes: CodeList) -> [ViewColumn] {
        let source = "\"\(dimension)_name\""
        let names = Language.allCases.map { language in
            let published = language == .en ? "r.\"\(dimension)_text\"" : "NULL"
            let known =
                codes.places != nil
                ? "nullif(\(source).name_\(language.rawValue), '')" : "\(source).\(language.rawValue)"
            return ViewColumn(
                name: "\(dimension)_\(language.rawValue)", kind: .text,
                expression: codes.isOpen ? published : "coalesce(\(known), \(published))",
                title: language.title(ofName: title),
                meaning: language == .en
                    ? "The name of the code; where it has none, the text as published."
                    : "The name of the code; empty where it is not known.")
        }
        guard codes.places != nil else { return names }
        return names
            + [
                ("latitude", Trilingual(en: "Latitude", tc: "緯度", sc: "纬度")),
                ("longitude", Trilingual(en: "Longitude", tc: "經度", sc: "经度")),
            ].map {
                ViewColumn(
                    name: $0, kind: .decimal, expression: "\(source).\($0)", title: $1,
                    meaning: "Degrees (WGS 84) of the place that the code names.")
            }
    }
}

extension Language {
    /// The heading of names in this language, beside what they are names of.
    fileprivate func title(ofName title: Trilingual) -> Trilingual {
        let words: Trilingual =
            switch self {
            case .en: .init(en: "English", tc: "英文", sc: "英文")
            case .tc: .init(en: "Traditional Chinese", tc: "繁體中文", sc: "繁体中文")
            case .sc: .init(en: "Simplified Chinese", tc: "簡體中文", sc: "简体中文")
            }
        return Trilingual(
            en: "\(title.en) (\(words.en))", tc: "\(title.tc)（\(words.tc)）", sc: "\(title.sc)（\(words.sc)）")
    }
}
