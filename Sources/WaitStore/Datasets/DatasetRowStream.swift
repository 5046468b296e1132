import GRDB
package import WaitCore

/// Streams the rows of a dataset as CSV, NDJSON or GeoJSON. Each piece is read in its own transaction, and all pieces show the same editions.
package struct DatasetRowStream: DatasetFileStream {
    package let dataset: Dataset
    package let columns: [AnsweredColumn]
    package private(set) var rows = 0
    package let isSimulated: Bool
    private let database: WaitDatabase
    private let kind: RowFormat.Kind
    private let features: FeatureFormat?
    private var question: TableQuestion
    private var format: RowFormat?
    private var isOver = false
    /// The editions that the pieces show.
    private let editions: EditionState

    private static let rowsPerPiece = 1_000

    /// - Parameter isCollection: whether the rows are the features of a GeoJSON collection.
    /// - Throws: `TableRefusal` for a question without an answer; `StoreError`.
    package init(
        _ dataset: Dataset, _ question: TableQuestion, as kind: RowFormat.Kind, isCollection: Bool = false,
        from database: WaitDatabase
    ) throws {
        if kind == .excel { try DatasetWorkbook.requireSheet(for: dataset, question, from: database) }
        // Pieces are read later, when a snapshot that `database` may be of is over.
        (self.dataset, self.database, self.kind) = (dataset, database.outlasting, kind)
        self.question = question
        editions = try database.state(of: dataset, upTo: nil)
        self.question.edition = editions.number
        isSimulated = try database.isSimulated()
        // Refusals come before the first byte.
        columns = try database.columns(of: dataset, question)
        features = isCollection ? try FeatureFormat(dataset, columns, from: database) : nil
    }

    /// The next bytes; nil: that was all.
    package mutating func next() throws -> [UInt8]? {
        guard !isOver else { return nil }
        var bytes: [UInt8] = []
        let format = self.format ?? RowFormat(kind, columns: columns.map(\.name), isSimulated: isSimulated)
        if self.format == nil { bytes = features?.header ?? format.header }
        self.format = format
        var piece = question
        piece.limit = min(Self.rowsPerPiece, question.limit.map { $0 - rows } ?? .max)
        var (count, last): (Int, [Cell]?) = (0, nil)
        try database.snapshot { database in
            guard try database.state(of: dataset, upTo: editions.number) == editions else {
                throw StoreError.madeAnew(dataset.id)
            }
            try database.rows(of: dataset, piece) { cells, key in
                bytes += features?.lead(cells, isFirst: rows + count == 0) ?? []
                for ((cell, column), lead) in zip(zip(cells, columns), format.leads) {
                    bytes += lead
                    bytes += format.bytes(cell, column.kind)
                }
                bytes += format.terminator
                bytes += features?.end ?? []
                (count, last) = (count + 1, key)
            }
        }
        rows += count
        question.after = last ?? question.after
        isOver = count < Self.rowsPerPiece || rows == question.limit
        if isOver { bytes += features?.footer ?? [] }
        return bytes
    }
}

/// The editions up to a number, and what decides whether each withdraws rows: where they are the same, so are the versions cut from them.
private struct EditionState: Equatable, Sendable {
    let number: Int
    let editions: String
}

extension WaitDatabase {
    /// - Parameter number: the newest edition that counts; nil: the newest there is.
    fileprivate func state(of dataset: Dataset, upTo number: Int?) throws -> EditionState {
        let table = DatasetTable(dataset)
        return try access.read { db in
            try table.requireCurrent(db)
            let row = try Row.fetchOne(
                db,
                sql: """
                    SELECT ifnull(max(number), 0) AS number,
                        ifnull(group_concat(first_attempt_id || iif(is_whole OR captures > 1, '', '?')), '') AS editions
                    FROM (SELECT * FROM \(table.editions) WHERE number <= ? ORDER BY number)
                    """, arguments: [number ?? .max])
            return try EditionState(number: row?["number"] ?? 0, editions: row?["editions"] ?? "")
        }
    }
}

extension RowFormat {
    /// A cell of a column of that kind.
    func bytes(_ cell: Cell, _ kind: TableColumn.Kind) -> [UInt8] {
        switch cell {
        case .null: none
        case .text(let text): self.text(text)
        case .integer(let number): kind == .flag ? flag(number != 0) : self.number(Int(number))
        case .decimal(let number): self.number(number)
        }
    }
}
