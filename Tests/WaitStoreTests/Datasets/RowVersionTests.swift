import Foundation
import GRDB
import TestSupport
import Testing
import WaitCore
import WaitStore

/// Editions become versions of rows (docs/datasets.md, "Versions of rows").
@Suite("Versions of a dataset's rows")
struct RowVersionTests {
    private typealias Line = ToyDocument.Row

    private static let editions: [[ToyDocument.Row]] = {
        let years = (2010...2019).map { "\($0)-\(($0 + 1) % 100)" }
        let first = years.map { Line($0, "Queen Mary Hospital", 10) }
        var second = first
        second[3] = Line(years[3], "Queen Mary Hospital", 11)
        second.remove(at: 5)
        var third = second
        third.insert(first[5], at: 5)
        third.append(Line(years[9], "Kwong Wah Hospital", 7, remark: "new"))
        return [first, second, third]
    }()

    @Test("answer what stood at any moment, row by row")
    func asOf() throws {
        let record = try ToyRecord()
        for (index, rows) in Self.editions.enumerated() { try record.record(2 + 2 * index, rows) }
        #expect(try record.rows(asOf: 1) == [])
        for (index, rows) in Self.editions.enumerated() {
            for day in [2 + 2 * index, 3 + 2 * index] {
                let expected = rows.map { row in
                    let code = row.hospital == "Queen Mary Hospital" ? "QMH" : "KWH"
                    return "\(row.year) \(code) \(row.visits)\(row.remark.isEmpty ? "" : " \(row.remark)")"
                }
                #expect(try record.rows(asOf: day) == expected.sorted())
            }
        }
        try record.expectVerified()
    }

    @Test("are confirmed as long as an edition that has them is")
    func confirmed() throws {
        let record = try ToyRecord()
        let all = Self.editions[0]
        try record.record(2, all)
        // The first year slides out, and comes back.
        try record.record(4, Array(all.dropFirst()))
        try record.record(8, all)
        var confirmed: [String] = []
        for (day, expected) in [(2, "11"), (3, "00"), (4, "01"), (6, "00"), (8, "11")] {
            var question = TableQuestion()
            question.asOf = Int(ToyRecord.noon(day).timeIntervalSince1970)
            question.columns = ["financial_year"]
            var flags: [String] = []
            try record.database.rows(of: record.dataset, question) { cells, _ in flags.append(cells[1].shown) }
            confirmed.append("\(day) \(flags.prefix(2).joined()) \(expected)")
        }
        #expect(confirmed == ["2 11 11", "3 00 00", "4 01 01", "6 00 00", "8 11 11"])
        try record.expectVerified()
    }

    @Test("are those of the bytes that a 304 is about")
    func notModified() throws {
        let record = try ToyRecord()
        let (feed, document) = (Feed(record.dataset), record.dataset.documents[0])
        let (newer, older) = (ToyDocument(Self.editions[1]), ToyDocument(Self.editions[0]))
        _ = try record.database.record([record.capture(2, newer, origin: .live)])
        // The archive stamps an old copy later.
        _ = try record.database.record([record.capture(3, older)])
        _ = try record.database.record([
            Capture(feed: feed, document: document, origin: .live, capturedAt: ToyRecord.noon(4), answer: .notModified)
        ])
        #expect(try record.rows(asOf: 4) == record.rows(asOf: 2))
        #expect(try record.database.editions(of: record.dataset).count == 3)
        try record.expectVerified()
    }

    @Test("stay where bytes come that cannot be read")
    func unreadable() throws {
        let record = try ToyRecord()
        try record.record(2, Self.editions[0])
        let result = try record.database.record([record.capture(4, Data("<html>".utf8))])[0]
        #expect(result.outcome == .quarantined)
        #expect(try record.rows() == Self.editions[0].map { "\($0.year) QMH 10" })
        try record.record(6, Self.editions[0])
        #expect(try record.database.editions(of: record.dataset).map(\.rows) == [10, 0, 10])
        #expect(try record.changes() == [])
        try record.expectVerified()
    }

    @Test("are mended by reparse, whatever was done to them", arguments: tampering)
    func reparse(statement: String) throws {
        let record = try ToyRecord()
        for (index, rows) in Self.editions.enumerated() { try record.record(2 + 2 * index, rows) }
        let history = try record.history()
        try record.database.access.writeWithoutTransaction { db in try db.execute(sql: statement) }
        #expect(try record.database.reparse().tables == 1)
        #expect(try record.history() == history)
        try record.expectVerified()
    }

    @Test("go on where the bytes of an edition are damaged, and are whole again once these are")
    func damagedPayload() throws {
        let record = try ToyRecord()
        try record.record(2, Self.editions[0])
        try record.record(4, Self.editions[1])
        let history = try record.history()
        let bytes = try record.database.access.read { db in
            try Data.fetchOne(db, sql: "SELECT deflated FROM payload WHERE id = 1")
        }
        try record.database.execute("UPDATE payload SET deflated = x'00' WHERE id = 1")
        // Between the two: what follows is cut again, from bytes that are gone.
        try record.record(3, Self.editions[2])
        #expect(try record.rows().count == Self.editions[1].count)
        #expect(throws: StoreError.self) { try record.database.reparse() }
        #expect(try Set(record.database.verify().findings.map(\.table)).contains("payload"))
        try record.database.access.writeWithoutTransaction { db in
            try db.execute(sql: "UPDATE payload SET deflated = ? WHERE id = 1", arguments: [bytes])
        }
        #expect(try record.database.reparse().tables == 1)
        #expect(try Set(record.history()).isSuperset(of: history.prefix(1)))
        try record.expectVerified()
    }

    @Test("are made again at the next start where a table is gone")
    func goneTable() throws {
        let folder = try TemporaryFolder()
        let path = folder.path(of: "record.sqlite")
        let catalogue = Catalogue([.toy()])
        let first = try WaitDatabase.open(path: path, catalogue: catalogue)
        try first.execute("DROP TABLE data_toy_visit")
        try first.access.close()
        let second = try WaitDatabase.open(path: path, catalogue: catalogue)
        #expect(try second.verify().findings == [])
        try second.access.close()
    }

    @Test("are streamed of the editions that stood at the beginning, or not at all")
    func stream() throws {
        let record = try ToyRecord()
        try record.record(4, Self.editions[0])
        let whole = try Self.text(DatasetRowStream(record.dataset, TableQuestion(), as: .csv, from: record.database))
        var newer = try DatasetRowStream(record.dataset, TableQuestion(), as: .csv, from: record.database)
        try record.record(6, Self.editions[1])
        #expect(try Self.text(newer) == whole)
        newer = try DatasetRowStream(record.dataset, TableQuestion(), as: .csv, from: record.database)
        try record.record(2, Self.editions[2])
        #expect(throws: StoreError.self) { try Self.text(newer) }
    }

    private static func text(_ stream: DatasetRowStream) throws -> String {
        var (stream, bytes) = (stream, [UInt8]())
        while let piece = try stream.next() { bytes += piece }
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test("name each difference once")
    func changes() throws {
        let record = try ToyRecord()
        for (index, rows) in Self.editions.enumerated() { try record.record(2 + 2 * index, rows) }
        #expect(
            try record.changes() == [
                "4 corrected 2013-14 QMH visits 10 11", "4 withdrawn 2015-16 QMH", "6 returned 2015-16 QMH",
                "6 added 2019-20 KWH",
            ])
    }

    @Test("are the same in whatever order four editions arrive, one of them twice")
    func orders() throws {
        let documents = [0, 1, 0, 2].map { Self.editions[$0] }
        var expected: [String]?
        for order in Self.permutations([0, 1, 2, 3]) {
            for size in [1, 4] {
                let record = try ToyRecord()
                let captures = order.map { record.capture(2 + 2 * $0, ToyDocument(documents[$0])) }
                for start in stride(from: 0, to: 4, by: size) {
                    _ = try record.database.record(Array(captures[start..<start + size]))
                }
                let history = try record.history()
                #expect(history == expected ?? history, "order \(order) in transactions of \(size)")
                expected = expected ?? history
                try record.expectVerified()
            }
        }
        #expect((expected?.count ?? 0) > 11)
    }

    private static func permutations(_ items: [Int]) -> [[Int]] {
        items.count < 2
            ? [items]
            : items.flatMap { first in
                permutations(items.filter { $0 != first }).map { [first] + $0 }
            }
    }

    @Test("end by absence only where the rule and the edition say so", arguments: [EditionRule.whole, .window])
    func withdrawal(rule: EditionRule) throws {
        let record = try ToyRecord(rule)
        let all = Self.editions[0]
        try record.record(2, all)
        // The first year slides out; a year in the middle is missing.
        try record.record(4, all.enumerated().filter { ![0, 5].contains($0.offset) }.map(\.element))
        let lines = all.map { "\($0.year) QMH 10" }
        #expect(try record.rows() == (rule == .window ? lines : lines.filter { !$0.hasPrefix("2015") }))
        try record.expectVerified()
    }

    @Test("outlast an edition that is a fifth shorter until it is captured again")
    func short() throws {
        let record = try ToyRecord()
        let all = Self.editions[0]
        let short = [all[0], all[9]]
        try record.record(2, all)
        try record.record(4, short)
        #expect(try record.rows().count == 10)
        try record.record(5, short)
        #expect(try record.rows() == short.map { "\($0.year) QMH 10" })
        try record.expectVerified()
    }

    @Test("outlast an edition in which their key stands twice with other cells")
    func contested() throws {
        let record = try ToyRecord()
        let all = Self.editions[0]
        try record.record(2, all)
        let result = try record.record(4, all + [Line(all[4].year, "Queen Mary Hospital", 99)])
        #expect(result.outcome == .partial)
        #expect(result.faults.compactMap(\.record) == [5, 11])
        #expect(try record.rows() == all.map { "\($0.year) QMH 10" })
        try record.expectVerified()
    }

    @Test("give a renamed label as a rename")
    func renamed() throws {
        let record = try ToyRecord()
        try record.record(2, [Line("2020-21", "Ruttonjee Hospital", 5)])
        try record.record(4, [Line("2020-21", "Ruttonjee & Tang Shiu Kin Hospitals", 5)])
        #expect(
            try record.changes() == [
                "4 renamed 2020-21 RH hospital_text Ruttonjee Hospital Ruttonjee & Tang Shiu Kin Hospitals"
            ])
    }

    @Test("keep figures that cannot be read, and keys that nobody expects, as texts")
    func unread() throws {
        let record = try ToyRecord()
        let bytes = Data(
            """
            [{"Financial Year":"2020/21","Hospital":"Queen Mary Hospital","Visits":"about ten","Remark":null,"Colour":"red"},
             {"financial_year":"2020-21","hospital":"Overall","visits":"1,234"},
             {"Financial Year":"soon","Hospital":"Queen Mary Hospital","Visits":3}]
            """.utf8)
        let result = try record.database.record([record.capture(2, bytes)])[0]
        #expect(result.outcome == .partial)
        #expect(result.faults.map(\.record) == [3])
        #expect(
            Set(result.drift) == [Drift(key: "visits", change: .unread), Drift(key: "Colour", change: .added)])
        var question = TableQuestion()
        question.withTotals = true
        question.columns = ["hospital", "visits", "is_total", "other"]
        var rows: [[Cell]] = []
        try record.database.rows(of: record.dataset, question) { cells, _ in rows.append(cells) }
        #expect(
            rows == [
                [.text("QMH"), .null, .integer(0), .text(#"{"Colour":"red","visits":"about ten"}"#)],
                [.text("all"), .integer(1234), .integer(1), .null],
            ])
        try record.expectVerified()
    }

    @Test("hide totals only beside their parts")
    func totals() throws {
        let record = try ToyRecord()
        try record.record(
            2,
            [
                Line("2020-21", "Queen Mary Hospital", 5), Line("2020-21", "Overall", 5),
                Line("2021-22", "Overall (all hospitals)", 6),
            ])
        #expect(try record.rows() == ["2020-21 QMH 5", "2021-22 all 6"])
        #expect(try record.rows(asOf: 3, withTotals: true) == ["2020-21 QMH 5", "2020-21 all 5", "2021-22 all 6"])
    }

    /// What somebody does to the tables, and what they say then.
    static let tampering = [
        "UPDATE data_toy_visit SET visits = 12 WHERE id = 2", "DELETE FROM data_toy_visit WHERE id = 2",
        "UPDATE data_toy_visit SET record = 9 WHERE id = 2",
        "UPDATE data_toy_visit SET until_edition = NULL, ending = NULL WHERE ending = 'withdrawn'",
        "UPDATE data_toy_visit SET until_edition = 3 WHERE ending = 'withdrawn'",
        "UPDATE data_toy_visit SET until_edition = 2, ending = 'withdrawn' WHERE id = 1",
        "UPDATE data_toy_visit SET ending = 'withdrawn' WHERE ending = 'corrected'",
        "UPDATE edition_toy_visit SET captures = 2 WHERE number = 1",
        "UPDATE edition_toy_visit SET seen_from_unix = seen_from_unix - 1 WHERE number = 2",
        "UPDATE edition_toy_visit SET row_count = 1 WHERE number = 2",
        "DROP TABLE unconfirmed_toy_visit", "INSERT INTO unconfirmed_toy_visit VALUES (1, 2, NULL)",
        "UPDATE data_toy_visit SET document_id = (SELECT min(id) FROM document WHERE id <> document_id) WHERE id = 1",
        "UPDATE edition_toy_visit SET is_whole = 0 WHERE number = 1",
        "INSERT INTO data_toy_visit (financial_year, hospital, record, document_id, first_edition) SELECT '2001-02', 'X', 1, document_id, 2 FROM edition_toy_visit LIMIT 1",
    ]

    @Test("are held against the payloads by verify", arguments: tampering)
    func verify(statement: String) throws {
        let record = try ToyRecord()
        for (index, rows) in Self.editions.enumerated() { try record.record(2 + 2 * index, rows) }
        try record.expectVerified()
        try record.database.access.writeWithoutTransaction { db in try db.execute(sql: statement) }
        #expect(try !record.database.verify().findings.isEmpty)
    }

    @Test("are held against the payloads in every column")
    func everyColumn() throws {
        let record = try ToyRecord()
        let line = Line("2020-21", "Queen Mary Hospital", 5, remark: "a")
        try record.record(2, [line, Line("2020-21", "Overall", 5)])
        try record.record(4, [line, Line("2020-21", "Overall", 6)])
        for table in ["data_toy_visit", "edition_toy_visit"] {
            let columns = try record.database.values("SELECT name FROM pragma_table_info(?)", [table]).compactMap { $0 }
            for column in columns where !["id", "number"].contains(column) {
                let copy = try ToyRecord(copy: record)
                // The total's first version: each of its cells has a value.
                let row = table == "data_toy_visit" ? "id = 2" : "number = 2"
                let value =
                    ["document_id", "payload_id"].contains(column)
                    ? "1 + (\(column) = 1)"
                    : """
                    CASE typeof(\(column)) WHEN 'text' THEN iif(\(column) = 'corrected', 'withdrawn', \(column) || 'x')
                        WHEN 'null' THEN 'x' ELSE abs(\(column) - 1) END
                    """
                try copy.database.access.writeWithoutTransaction { db in
                    try db.execute(sql: "PRAGMA foreign_keys = OFF")
                    try db.execute(sql: "UPDATE \(table) SET \(column) = \(value) WHERE \(row)")
                }
                #expect(try !copy.database.verify().findings.isEmpty, "\(table).\(column)")
            }
        }
    }

    @Test("are made anew where the reader is another")
    func reader() throws {
        let folder = try TemporaryFolder()
        let path = folder.path(of: "record.sqlite")
        let old = Dataset.toy()
        let first = try WaitDatabase.open(path: path, catalogue: Catalogue([old]))
        let feed = Feed(old)
        _ = try first.record([
            Capture(
                feed: feed, document: old.documents[0], origin: .live, capturedAt: ToyRecord.noon(2),
                answer: .body(Body(ToyDocument(Self.editions[0]).bytes, of: old.documents[0], in: feed)))
        ])
        try first.access.close()
        // Another version of the product reads each figure as its double.
        let new = Dataset(
            id: old.id, title: old.title, publisher: old.publisher, documents: old.documents, cadence: old.cadence,
            table: old.table, editions: old.editions, readerVersion: 2
        ) { bytes, document, sink throws(ReadFault) in
            try old.read(
                Data(String(decoding: bytes, as: UTF8.self).replacing(":10,", with: ":20,").utf8), document, &sink)
        }
        let catalogue = Catalogue([new])
        let reader = try WaitDatabase.openReadOnly(path: path, catalogue: catalogue)
        #expect(throws: StoreError.self) { try reader.rows(of: new, TableQuestion()) { _, _ in } }
        try reader.access.close()
        let second = try WaitDatabase.open(path: path, catalogue: catalogue)
        var visits: Set<Cell> = []
        var question = TableQuestion()
        question.columns = ["visits"]
        try second.rows(of: new, question) { cells, _ in visits.insert(cells[0]) }
        #expect(visits == [.integer(20)])
        #expect(try second.verify().findings.map(\.words) == [])
        try second.access.close()
    }
}
