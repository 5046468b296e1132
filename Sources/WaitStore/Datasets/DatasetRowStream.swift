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

    /// The rows as the features of a GeoJSON collection (RFC 7946): points where the row's place is known, else without a geometry.
    /// - Throws: `TableRefusal` for a question without an answer, or a dataset without places; `StoreError`.
    package init(featuresOf dataset: Dataset, _ question: TableQuestion, from database: WaitDatabase) throws {
        try self.init(dataset, question, as: .ndjson, isCollection: true, from: database)
    }

    /// - Throws: `TableRefusal` for a question without an answer; `StoreError`.
    package init(
        _ dataset: Dataset, _ question: TableQuestion, as kind: RowFormat.Kind, from database: WaitDatabase
    ) throws {
        try self.init(dataset, question, as: kind, isCollection: false, from: database)
    }

    private init(
        _ dataset: Dataset, _ question: TableQuestion, as kind: RowFormat.Kind, isCollection: Bool,
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
        features = isCollection ? try FeatureFormat(dataset, columns, isSimulated: isSimulated) : nil
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

/// What stands around the rows of a GeoJSON collection.
private struct FeatureFormat: Sendable {
    let header: [UInt8]
    let end = Array("}".utf8)
    let footer = Array("]}\n".utf8)
    private let latitude: Int
    private let longitude: Int

    init(_ dataset: Dataset, _ columns: [AnsweredColumn], isSimulated: Bool) throws {
        guard dataset.hasPlaces else {
            throw TableRefusal("\(dataset.id) has no places: ask for csv, ndjson or xlsx.", parameter: nil)
        }
        guard let latitude = columns.firstIndex(where: { $0.name == "latitude" }),
            let longitude = columns.firstIndex(where: { $0.name == "longitude" })
        else { throw TableRefusal("GeoJSON needs latitude and longitude among the columns.", parameter: "columns") }
        (self.latitude, self.longitude) = (latitude, longitude)
        var json = JSONWriter()
        json.object { json in
            json.field("type", "FeatureCollection")
            json.field("dataset", dataset.id)
            json.field("source", dataset.publisher.attribution)
            if let caveat = dataset.publisher.caveat { json.field("caveat", caveat) }
            json.field("simulated", isSimulated)
            json.field("features", array: { _ in })
        }
        // The features come between the brackets.
        header = Array(json.bytes.dropLast(2))
    }

    func lead(_ cells: [Cell], isFirst: Bool) -> [UInt8] {
        let point: String =
            switch (cells[latitude], cells[longitude]) {
            case (.decimal(let latitude), .decimal(let longitude)):
                "{\"type\":\"Point\",\"coordinates\":[\(longitude.plainText),\(latitude.plainText)]}"
            default: "null"
            }
        return Array("\(isFirst ? "" : ",")\n{\"type\":\"Feature\",\"geometry\":\(point),\"properties\":".utf8)
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
