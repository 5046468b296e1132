import GRDB
package import WaitCore

extension Dataset {
    /// The columns of an answer, names of codes among them.
    package var answeredColumns: [AnsweredColumn] { DatasetTable(self).viewColumns.map(AnsweredColumn.init) }

    /// Whether its rows can be points on a map.
    package var hasPlaces: Bool { answeredColumns.contains { $0.name == "latitude" } }
}

extension AnsweredColumn {
    fileprivate init(_ column: DatasetTable.ViewColumn) {
        self.init(
            name: column.name, kind: column.kind, title: column.title,
            meaning: column.meaning, measure: column.column?.measure)
    }
}

/// One question as SQL.
struct TableQuery {
    let columns: [AnsweredColumn]
    private let sql: String
    private let arguments: StatementArguments
    private let keyCount: Int

    /// - Throws: `TableRefusal`; `StoreError` where the tables are of another version.
    init(_ dataset: Dataset, _ question: TableQuestion, _ db: Database) throws {
        let table = DatasetTable(dataset)
        try table.requireCurrent(db)
        let all = table.viewColumns
        let chosen = try Self.chosen(question.columns, of: dataset, all)
        var parts = QueryParts(table: table, question: question)
        try parts.addFilters(dataset, all)
        try parts.addRange(dataset)
        if !question.withTotals { try parts.hideTotals(db) }
        try parts.addPage()
        columns =
            chosen.map(AnsweredColumn.init) + (question.asOf == nil ? [] : [AnsweredColumn.confirmed])
        let key = dataset.table.keySQL.map { "r.\($0)" }
        keyCount = key.count
        let expressions = key + chosen.map(\.expression) + (question.asOf == nil ? [] : [parts.confirmed])
        sql = """
            SELECT \(expressions.joined(separator: ", "))
            FROM \(table.rows) r
            \(table.joins)
            \(parts.condition) ORDER BY \(key.joined(separator: ", ")) \(question.limit.map { "LIMIT \($0)" } ?? "")
            """
        arguments = parts.arguments
    }

    func run(_ db: Database, _ body: ([Cell], _ key: [Cell]) throws -> Void) throws {
        let rows = try Row.fetchCursor(db, sql: sql, arguments: arguments)
        while let row = try rows.next() {
            let cells = row.map { Cell($0.1) }
            try body(Array(cells.dropFirst(keyCount)), Array(cells.prefix(keyCount)))
        }
    }

    /// How many rows the answer has.
    func count(_ db: Database) throws -> Int {
        try Int.fetchOne(db, sql: "SELECT count(*) FROM (\(sql))", arguments: arguments) ?? 0
    }

    private static func chosen(
        _ names: [String]?, of dataset: Dataset, _ all: [DatasetTable.ViewColumn]
    ) throws -> [DatasetTable.ViewColumn] {
        guard let names else { return all }
        guard !names.isEmpty, Set(names).count == names.count else {
            throw TableRefusal("Name each column once, and at least one.", parameter: "columns")
        }
        return try names.map { name in
            guard let column = all.first(where: { $0.name == name }) else {
                throw TableRefusal.unknown(name, of: dataset, all, parameter: "columns")
            }
            return column
        }
    }
}

extension TableRefusal {
    fileprivate static func unknown(
        _ name: String, of dataset: Dataset, _ all: [DatasetTable.ViewColumn], parameter: String
    ) -> TableRefusal {
        let names = all.map(\.name)
        let advice = Suggestion.advice(
            for: name, among: names, otherwise: "its columns are \(names.joined(separator: ", ")).")
        return TableRefusal("\"\(name)\" is not a column of \(dataset.id); \(advice)", parameter: parameter)
    }
}

extension AnsweredColumn {
    /// Whether the row is known to have stood at the moment asked for.
    fileprivate static let confirmed = AnsweredColumn(
        name: "confirmed", kind: .flag, title: .init(en: "Confirmed", tc: "已確認", sc: "已确认"),
        meaning: "Whether the edition was confirmed at that moment or later; else it may have been replaced already.",
        measure: nil)
}

/// Conditions and joins of a question, put together step by step.
private struct QueryParts {
    let table: DatasetTable
    let question: TableQuestion
    private var conditions: [String] = []
    private(set) var arguments = StatementArguments()

    init(table: DatasetTable, question: TableQuestion) {
        (self.table, self.question) = (table, question)
        conditions.append(standing("r"))
    }

    /// The rows that stand at the moment asked for, of the editions that count.
    private func standing(_ row: String) -> String {
        let seen = "(SELECT seen_from_unix FROM \(table.editions) WHERE number = \(row)."
        let known = question.edition.map { "\(row).first_edition <= \($0)" }
        let isOpen =
            "\(row).until_edition IS NULL" + (question.edition.map { " OR \(row).until_edition > \($0)" } ?? "")
        guard let asOf = question.asOf else {
            return ([known].compactMap(\.self) + ["(\(isOpen))"]).joined(separator: " AND ")
        }
        let parts = [
            known, "\(seen)first_edition) <= \(asOf)", "(\(isOpen) OR \(seen)until_edition) > \(asOf))",
        ]
        return parts.compactMap(\.self).joined(separator: " AND ")
    }

    var condition: String { "WHERE " + conditions.joined(separator: " AND ") }

    /// Whether the edition that stood at the moment is known to have stood then, and to have had the row.
    var confirmed: String {
        let asOf = question.asOf ?? 0
        return """
            ifnull((SELECT s.seen_last_unix >= \(asOf) AND NOT \(table.isUnconfirmed("s.number")) FROM \(table.editions) s
                WHERE s.document_id = r.document_id AND s.seen_from_unix <= \(asOf) ORDER BY s.number DESC LIMIT 1), 0)
            """
    }

    mutating func addFilters(_ dataset: Dataset, _ all: [DatasetTable.ViewColumn]) throws {
        for filter in question.filters {
            guard let column = all.first(where: { $0.name == filter.column }) else {
                throw TableRefusal.unknown(filter.column, of: dataset, all, parameter: filter.column)
            }
            let values = try filter.values.map { text in
                guard let value = Self.value(text, column.kind) else {
                    throw TableRefusal(
                        "\"\(text)\" is not a value of \(column.name), which is \(column.kind.words).",
                        parameter: filter.column)
                }
                return value
            }
            let marks = Array(repeating: "?", count: values.count).joined(separator: ", ")
            conditions.append("\(column.expression) IN (\(marks))")
            arguments += StatementArguments(values)
        }
    }

    private static func value(_ text: String, _ kind: TableColumn.Kind) -> DatabaseValue? {
        switch kind {
        case .text, .day: text.databaseValue
        case .integer: Int64(text)?.databaseValue
        case .decimal: Double(text)?.databaseValue
        case .flag: ["1": 1, "true": 1, "0": 0, "false": 0][text].map { ($0 as Int).databaseValue }
        }
    }

    mutating func addRange(_ dataset: Dataset) throws {
        if let text = question.period {
            guard let code = dataset.table.periodCode else {
                throw TableRefusal("\(dataset.id) has no periods: leave out period.", parameter: "period")
            }
            conditions.append("(CAST(r.\"\(code)\" AS TEXT) = ? OR r.period_text = ?)")
            arguments += [text, text]
        }
        guard question.from != nil || question.to != nil else { return }
        guard let period = dataset.table.period else {
            throw TableRefusal(
                "\(dataset.id) is what is known now, without periods: leave out from and to.",
                parameter: question.from != nil ? "from" : "to")
        }
        for (bound, sign) in [(question.from, ">="), (question.to, "<=")] {
            guard let bound else { continue }
            conditions.append("r.\(period.to) \(sign) ?")
            arguments += [bound]
        }
    }

    /// Hides the totals whose parts stand beside them.
    mutating func hideTotals(_ db: Database) throws {
        guard table.schema.hasTotals else { return }
        let kinds = try String.fetchAll(
            db, sql: "SELECT DISTINCT total_over FROM \(table.rows) WHERE total_over IS NOT NULL")
        for kind in kinds {
            let over = Set(kind.split(separator: ",").map(String.init))
            let same =
                table.schema.key.filter { !over.contains($0) }.map { "p.\"\($0)\" = r.\"\($0)\"" } + [
                    "p.document_id = r.document_id"
                ]
            let parts = table.schema.key.filter(over.contains).map { "p.\"\($0)\" <> '\(CodeList.all)'" }
            guard !parts.isEmpty else { continue }
            let match = (same + ["(\(parts.joined(separator: " OR ")))", standing("p")]).joined(separator: " AND ")
            conditions.append(
                "NOT (r.total_over IS ? AND EXISTS (SELECT 1 FROM \(table.rows) p WHERE \(match)))")
            arguments += [kind]
        }
    }

    mutating func addPage() throws {
        guard let after = question.after else { return }
        let key = table.schema.keySQL
        guard after.count == key.count else {
            throw TableRefusal("The cursor is not one of this dataset's.", parameter: "cursor")
        }
        let marks = Array(repeating: "?", count: key.count).joined(separator: ", ")
        conditions.append("(\(key.map { "r.\($0)" }.joined(separator: ", "))) > (\(marks))")
        arguments += StatementArguments(after.map(\.databaseValue))
    }
}

extension TableColumn.Kind {
    fileprivate var words: String {
        switch self {
        case .text: "a text"
        case .integer: "a whole number"
        case .decimal: "a number"
        case .flag: "true or false"
        case .day: "a day such as 2026-01-31"
        }
    }
}

extension DatasetTable {
    /// - Throws: `StoreError` where the tables are not of this version.
    func requireCurrent(_ db: Database) throws {
        guard try Upkeep.state(of: .datasetTables, subject: dataset.id, db) == state else {
            throw StoreError.beingBroughtUpToDate(dataset.id)
        }
    }
}
