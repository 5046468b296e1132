import GRDB
import WaitCore

/// Compares a dataset's tables with its payloads, both ways: each row of an edition stands in it, and what stands is in the edition
/// or may outlast it.
final class TableVerifier {
    private let table: DatasetTable
    private let db: Database
    private let keyPositions: [Int]
    /// The editions that neither hold nor withdraw a version of a row, by the version's id.
    private var unconfirmed: [Int64: [ClosedRange<Int>]] = [:]
    private let found: (_ table: String, _ row: String, _ problem: String) -> Void

    init(_ dataset: Dataset, _ db: Database, found: @escaping (String, String, String) -> Void) {
        table = DatasetTable(dataset)
        (self.db, self.found) = (db, found)
        keyPositions = dataset.table.key.compactMap(dataset.table.position)
    }

    func run() throws {
        guard try Upkeep.state(of: .datasetTables, subject: table.dataset.id, db) == table.state else {
            return found(table.rows, "all", "It was made by another version; run \"waitkeeper poll\" once.")
        }
        guard try table.isComplete(db) else {
            return found(table.rows, "all", "A table of the dataset is gone; \(Self.remedy).")
        }
        let editions = try Edition.all(of: table.dataset, db)
        guard try Edition.stored(table, db) == editions else {
            return found(table.editions, "all", "The editions are not the runs of captures; \(Self.remedy).")
        }
        for (index, edition) in editions.enumerated() { try check(edition, number: index + 1) }
        try checkUnconfirmed(editions.count)
        let beyond = try Int.fetchOne(
            db,
            sql: """
                SELECT count(*) FROM \(table.rows) r
                WHERE first_edition NOT BETWEEN 1 AND ?1 OR until_edition NOT BETWEEN first_edition + 1 AND ?1
                    OR document_id IS NOT (SELECT document_id FROM \(table.editions) WHERE number = first_edition)
                    OR until_edition IS NOT NULL AND document_id IS NOT
                        (SELECT document_id FROM \(table.editions) WHERE number = until_edition)
                """, arguments: [editions.count])
        if let beyond, beyond > 0 { found(table.rows, "\(beyond) rows", "They are not of the editions they name.") }
    }

    private static let remedy = "run \"waitkeeper reparse\", which makes it anew"

    private func check(_ edition: Edition, number: Int) throws {
        let rows = try DatasetPayload.rows(edition, of: table.dataset, db)
        let isWhole = try EditionWithdrawal.isWhole(rows, after: table.wholeCount(of: edition, before: number, db))
        let facts = try Row.fetchOne(
            db, sql: "SELECT row_count, is_whole FROM \(table.editions) WHERE number = ?", arguments: [number])
        if try facts?["row_count"] as Int? != rows.count || facts?["is_whole"] as Bool? != isWhole {
            found(table.editions, "edition \(number)", "It is not what its document says; \(Self.remedy).")
        }
        let withdrawal = EditionWithdrawal(
            rows, of: table.dataset, isConfirmed: isWhole || edition.captures > 1)
        var published: [[Cell]: Int] = [:]
        for index in 0..<rows.count { published[key(of: rows[index])] = index }
        let versions = try Row.fetchCursor(
            db,
            sql: """
                SELECT id, first_edition, until_edition, ending, record,
                    \(table.schema.columns.map(\.sqlName).joined(separator: ", "))
                FROM \(table.rows)
                WHERE document_id = ?2 AND first_edition <= ?1 AND ifnull(until_edition, ?1) >= ?1
                """, arguments: [number, edition.document])
        var standing: Set<[Cell]> = []
        while let row = try versions.next() {
            let cells = row.dropFirst(5).map { Cell($0.1) }
            let key = keyPositions.map { cells[$0] }
            let id: Int64 = try row["id"]
            let index = published[key]
            if try row["until_edition"] as Int? == number {
                let ending: String? = try row["ending"]
                let isRight =
                    ending == "corrected"
                    ? index.map { !rows[$0].elementsEqual(cells) } ?? false
                    : index == nil && withdrawal.withdraws(cells)
                if !isRight { problem(key, number, "It is \(ending ?? "ended") by an edition that does not do so.") }
                continue
            }
            if !standing.insert(key).inserted { problem(key, number, "It stands twice.") }
            let isFirst = try row["first_edition"] == number
            if let index {
                if !rows[index].elementsEqual(cells) { problem(key, number, "Its cells are not the document's.") }
                if isFirst, try row["record"] != rows.records[index] {
                    problem(key, number, "Its record is another one of the document.")
                }
                confirms(id, number)
            } else if isFirst {
                problem(key, number, "The document does not hold it.")
            } else if withdrawal.withdraws(cells) {
                problem(key, number, "The document lacks it, but it still stands.")
            } else {
                leaves(id, number)
            }
        }
        for key in published.keys where !standing.contains(key) {
            problem(key, number, "The document holds it, but the table does not.")
        }
    }

    /// Notes that an edition neither holds nor withdraws a version.
    private func leaves(_ id: Int64, _ number: Int) {
        if let last = unconfirmed[id]?.last, last.upperBound == .max { return }
        unconfirmed[id, default: []].append(number...Int.max)
    }

    /// Notes that an edition holds a version.
    private func confirms(_ id: Int64, _ number: Int) {
        guard var ranges = unconfirmed[id], let last = ranges.last, last.upperBound == .max else { return }
        ranges[ranges.count - 1] = last.lowerBound...number
        unconfirmed[id] = ranges
    }

    private func checkUnconfirmed(_ count: Int) throws {
        var stored: [Int64: [ClosedRange<Int>]] = [:]
        for row in try Row.fetchAll(db, sql: "SELECT * FROM \(table.unconfirmed) ORDER BY row_id, from_edition") {
            let (from, until): (Int, Int?) = (try row["from_edition"], try row["until_edition"])
            stored[try row["row_id"], default: []].append(from...max(until ?? .max, from))
        }
        if stored != unconfirmed {
            found(
                table.unconfirmed, "all",
                "Which editions leave a row unconfirmed is not what the documents say; \(Self.remedy).")
        }
    }

    private func key(of cells: ArraySlice<Cell>) -> [Cell] { keyPositions.map { cells[cells.startIndex + $0] } }

    private func problem(_ key: [Cell], _ number: Int, _ words: String) {
        found(
            table.rows, "\(key.map(\.shown).joined(separator: ", ")) of edition \(number)", "\(words) (\(Self.remedy).)"
        )
    }
}
