import Foundation
import GRDB
import WaitCore

/// The tables and views of one dataset. They hold nothing that the payloads do not say: tables of another schema or reader are
/// dropped and made anew.
///
/// `data_<id>` has every version of every row, `edition_<id>` the runs of captures with the same bytes.
struct DatasetTable {
    let dataset: Dataset
    var schema: TableSchema { dataset.table }
    var rows: String { "data_\(dataset.viewName)" }
    var editions: String { "edition_\(dataset.viewName)" }
    /// For each row that stands, the editions that neither hold nor withdraw it: as of these it is not confirmed.
    var unconfirmed: String { "unconfirmed_\(dataset.viewName)" }

    init(_ dataset: Dataset) { self.dataset = dataset }

    /// What the tables are made by, as a digest: those that were made by another are made anew.
    var state: String {
        let documents = dataset.documents.map { ([$0.url] + $0.formerURLs).joined(separator: " ") }
        let parts = [
            "\(Self.layout)", "\(RowSink.version)", "\(dataset.readerVersion)", dataset.editions.rawValue,
            schema.signature,
        ]
        return SHA256.hash(data: Data((parts + documents).joined(separator: "\n").utf8)).hexText
    }

    /// Raised whenever the columns below, or the rules by which rows are cut into versions, change.
    private static let layout = 1

    /// Drops what is there and makes the tables empty.
    func make(_ db: Database) throws {
        let columns = schema.columns.map { column in
            "\(column.sqlName) \(column.kind.sqlType)\(schema.key.contains(column.name) ? " NOT NULL" : "")"
        }
        try db.execute(
            sql: """
                DROP TABLE IF EXISTS \(unconfirmed);
                DROP TABLE IF EXISTS \(rows);
                DROP TABLE IF EXISTS \(editions);
                CREATE TABLE \(editions) (
                    number INTEGER PRIMARY KEY,
                    document_id INTEGER NOT NULL REFERENCES document,
                    payload_id INTEGER NOT NULL REFERENCES payload,
                    first_attempt_id INTEGER NOT NULL REFERENCES attempt,
                    last_attempt_id INTEGER NOT NULL REFERENCES attempt,
                    captures INTEGER NOT NULL,
                    seen_from_unix INTEGER NOT NULL,
                    seen_last_unix INTEGER NOT NULL,
                    row_count INTEGER NOT NULL,
                    is_whole INTEGER NOT NULL CHECK (is_whole IN (0, 1))
                ) STRICT;
                CREATE INDEX \(editions)_of_document ON \(editions) (document_id, number);
                CREATE TABLE \(rows) (
                    id INTEGER PRIMARY KEY,
                    \(columns.joined(separator: ", ")),
                    record INTEGER NOT NULL,
                    document_id INTEGER NOT NULL REFERENCES document,
                    first_edition INTEGER NOT NULL,
                    until_edition INTEGER,
                    ending TEXT CHECK (ending IN ('corrected', 'withdrawn')),
                    CHECK ((until_edition IS NULL) = (ending IS NULL))
                ) STRICT;
                CREATE UNIQUE INDEX \(rows)_key ON \(rows) (\(schema.keySQL.joined(separator: ", ")), first_edition, document_id);
                CREATE TABLE \(unconfirmed) (
                    row_id INTEGER NOT NULL REFERENCES \(rows) ON DELETE CASCADE,
                    from_edition INTEGER NOT NULL,
                    until_edition INTEGER,
                    PRIMARY KEY (row_id, from_edition)
                ) STRICT, WITHOUT ROWID;
                """)
        for column in indexed {
            try db.execute(sql: "CREATE INDEX \(rows)_by_\(column.name) ON \(rows) (\(column.sqlName))")
        }
        if schema.hasTotals {
            try db.execute(
                sql: "CREATE INDEX \(rows)_totals ON \(rows) (total_over) WHERE total_over IS NOT NULL")
        }
    }

    /// Whether each of the tables is there.
    func isComplete(_ db: Database) throws -> Bool {
        try [editions, rows, unconfirmed].allSatisfy { try db.tableExists($0) }
    }

    /// How many rows the last whole edition of the document had before a number; nil: there was none.
    func wholeCount(of edition: Edition, before number: Int, _ db: Database) throws -> Int? {
        try Int.fetchOne(
            db,
            sql: """
                SELECT row_count FROM \(editions) WHERE document_id = ? AND number < ? AND is_whole
                ORDER BY number DESC LIMIT 1
                """, arguments: [edition.document, number])
    }

    /// Dimensions of many values that the key does not begin with; those of a few codes are found as fast by the key.
    private var indexed: [TableColumn] {
        schema.columns.filter { column in
            guard let codes = column.codes, schema.key.dropFirst().contains(column.name) else { return false }
            return codes.codes.isEmpty
        }
    }

    // MARK: Views

    /// The joins that the names in `viewColumns` need.
    var joins: String {
        schema.columns.compactMap { column -> String? in
            guard let codes = column.codes, !codes.isOpen else { return nil }
            let source = "\"\(column.name)_name\""
            guard let kinds = codes.places else {
                return """
                    LEFT JOIN code_name \(source)
                        ON \(source)."column" = '\(column.name)' AND \(source).code = r.\(column.sqlName)
                    """
            }
            let list = kinds.map { "'\($0.rawValue)'" }.joined(separator: ", ")
            return """
                LEFT JOIN place \(source) ON \(source).id = (
                    SELECT id FROM place WHERE kind IN (\(list)) AND code = r.\(column.sqlName) ORDER BY kind LIMIT 1)
                """
        }.joined(separator: "\n")
    }

    /// The views of this dataset.
    var views: [Views.View] {
        let columns = viewColumns.map { "\($0.expression) AS \"\($0.name)\"" }.joined(separator: ", ")
        let current = """
            SELECT \(columns), e.first_attempt_id AS capture_id
            FROM \(rows) r
            JOIN \(editions) e ON e.number = r.first_edition
            \(joins)
            WHERE r.until_edition IS NULL
            """
        let history = """
            SELECT \(columns), lower(hex(payload.sha256)) AS edition,
                   \(Views.rfc3339(unix: "e.seen_from_unix")) AS seen_from,
                   \(Views.rfc3339(unix: "(\(lastSeen))")) AS seen_last,
                   CASE WHEN u.number IS NOT NULL THEN \(Views.rfc3339(unix: "u.seen_from_unix")) END AS next_seen,
                   e.first_attempt_id AS first_capture_id, u.first_attempt_id AS until_capture_id
            FROM \(rows) r
            JOIN \(editions) e ON e.number = r.first_edition
            JOIN payload ON payload.id = e.payload_id
            LEFT JOIN \(editions) u ON u.number = r.until_edition
            \(joins)
            """
        return [
            (dataset.viewName, current), ("\(dataset.viewName)_history", history),
        ].map { Views.View(name: $0, text: "CREATE VIEW \"\($0)\" AS\n\($1)") }
    }

    /// When the row `r` was last known to stand.
    private var lastSeen: String {
        """
        SELECT max(s.seen_last_unix) FROM \(editions) s WHERE s.document_id = r.document_id
            AND s.number >= r.first_edition AND s.number < ifnull(r.until_edition, s.number + 1) AND NOT \(isUnconfirmed("s.number"))
        """
    }

    /// SQL for whether an edition neither holds nor withdraws the row `r`.
    func isUnconfirmed(_ number: String) -> String {
        """
        EXISTS (SELECT 1 FROM \(unconfirmed) q WHERE q.row_id = r.id AND q.from_edition <= \(number)
            AND ifnull(q.until_edition, 9e18) > \(number))
        """
    }

    /// The codes of all datasets with their names: the view `code_name`.
    static func codeNames(_ catalogue: Catalogue) -> Views.View {
        var seen: Set<String> = []
        let rows = catalogue.datasets.flatMap(\.table.columns).flatMap { column -> [String] in
            (column.codes?.codes ?? []).filter { seen.insert("\(column.name) \($0.code)").inserted }.map { code in
                let texts = [column.name, code.code, code.name.en, code.name.tc, code.name.sc].map { text in
                    text.isEmpty ? "NULL" : "'\(text.replacing("'", with: "''"))'"
                }
                return "SELECT \(texts.joined(separator: ", "))"
            }
        }
        let none = "SELECT NULL, NULL, NULL, NULL, NULL WHERE 0"
        return Views.View(
            name: "code_name",
            text: "CREATE VIEW code_name (\"column\", code, en, tc, sc) AS\n"
                + (rows.isEmpty ? [none] : rows).joined(separator: "\nUNION ALL "))
    }
}

extension CodeList {
    /// Whether the codes are slugs alone, which have no names but the published one.
    var isOpen: Bool { places == nil && codes.isEmpty }
}

extension TableColumn.Kind {
    var sqlType: String {
        switch self {
        case .text, .day: "TEXT"
        case .integer, .flag: "INTEGER"
        case .decimal: "REAL"
        }
    }
}

extension Cell {
    var databaseValue: DatabaseValue {
        switch self {
        case .null: .null
        case .integer(let number): number.databaseValue
        case .decimal(let number): number.databaseValue
        case .text(let text): text.databaseValue
        }
    }

    init(_ value: DatabaseValue) {
        switch value.storage {
        case .null: self = .null
        case .int64(let number): self = .integer(number)
        case .double(let number): self = .decimal(number)
        case .string(let text): self = .text(text)
        case .blob(let bytes): self = .text(String(decoding: bytes, as: UTF8.self))
        }
    }
}

extension TableColumn {
    /// The name as SQL has it: some are words of SQL.
    var sqlName: String { "\"\(name)\"" }
}

extension TableSchema {
    /// The key's columns as SQL has them.
    var keySQL: [String] { key.map { "\"\($0)\"" } }
}
