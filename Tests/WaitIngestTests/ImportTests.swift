import Foundation
import TestSupport
import Testing
import WaitCore
import WaitIngest
import WaitStore

@Suite("The import of ane-hk")
struct ImportTests {
    static func database() throws -> WaitDatabase { try WaitDatabase.inMemory() }
    static let now = Date(timeIntervalSince1970: 1_794_619_000)

    static func withFolder(_ files: [String: String], _ body: (String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "ane-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        for (path, text) in files {
            let file = folder.appending(path: path)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file)
        }
        try body(folder.path)
    }

    @Test(
        "of the collection of 2024 gives what is in it, twice the same", .enabled(if: Documents.realCollection != nil))
    func collection() throws {
        let path = try #require(Documents.realCollection)
        let database = try Self.database()
        let importer = AneHKImport(database: database, now: Self.now)
        let first = try importer.run(path: path)
        #expect(first.files == 5_274)
        #expect(first.rows == 359_722)
        #expect(first.added == 329_040)
        #expect(first.duplicates == 30_682)
        #expect(first.conflicts == 0)
        #expect(first.faults == 0)
        let second = try importer.run(path: path)
        #expect(second.added == 0 && second.duplicates == 359_722)
        try check(database)
    }

    private func check(_ database: WaitDatabase) throws {
        let range = TimeRange.days("2024-03-14", "2024-12-31")
        let coverage = try database.coverage(
            of: Feed.aeTopWait.id, by: .day, in: range, now: .at("2026-01-01"))
        let share = try #require(coverage.total.coverage)
        #expect(coverage.buckets.count == 293)
        #expect((share * 10_000).rounded() == 6_499)
        let atEight = try database.access.read { db in
            try db.count("SELECT count(*) FROM ae_top_wait WHERE substr(observed_at, 12, 2) = '08'")
        }
        // Three readings of each hospital in 293 days: 0 %.
        #expect(atEight == 3 * 18)
    }

    @Test("quarantines lines that are no rows, by file and line")
    func faults() throws {
        let files = [
            "2024/03/23/St-John-Hospital.tsv": "UpdateTime\tTopWait\n2024-03-23 00:15\t> 2\n<html>\n",
            "README.md": "not of the layout",
        ]
        try Self.withFolder(files) { folder in
            let database = try Self.database()
            let summary = try AneHKImport(database: database, now: Self.now).run(path: folder)
            #expect(summary.added == 1 && summary.faults == 1)
            let rows = try database.access.read { db in
                try db.texts(
                    """
                    SELECT capture.document || ' ' || record || ' ' || text FROM quarantine
                    JOIN capture ON capture.id = capture_id
                    """)
            }
            #expect(
                rows == [
                    "https://github.com/chunlaw/ane-hk/blob/data/2024/03/23/St-John-Hospital.tsv 3 <html>"
                ])
            #expect(try database.verify().findings == [])
        }
    }

    @Test("gives readings of origin import, under the hospitals that are known")
    func origin() throws {
        try Self.withFolder(["2024/03/23/St-John-Hospital.tsv": "2024-03-23 00:15\t< 1\n"]) { folder in
            let database = try Self.database()
            _ = try AneHKImport(database: database, now: Self.now).run(path: folder)
            let rows = try database.access.read { db in
                try db.texts("SELECT hospital || ' ' || over_minutes || ' ' || origin FROM ae_top_wait")
            }
            #expect(rows == ["SJH 0 import"])
        }
    }

    @Test("leaves the old feed's record and the new one's two: across 2025-10-13 each expects its own slots")
    func twoRecords() throws {
        let files = ["2025/10/12/Queen-Mary-Hospital.tsv": "2025-10-12 00:15\t> 2\n"]
        try Self.withFolder(files) { folder in
            let database = try Self.database()
            _ = try AneHKImport(database: database, now: Self.now).run(path: folder)
            let range = TimeRange.days("2025-10-12", "2025-10-14")
            let expected = try [Feed.aeTopWait.id, Feed.aeWait.id].map { feed in
                try database.coverage(of: feed, hospital: "QMH", by: .day, in: range, now: .at("2026-01-01")).buckets
                    .map(\.counts.expected)
            }
            #expect(expected == [[96, 2], [96, 96]])
        }
    }

    @Test("of nothing is an error that says so")
    func nothing() throws {
        #expect(throws: ImportError.self) {
            try AneHKImport(database: try Self.database(), now: Self.now).run(path: "/nowhere/at/all")
        }
    }
}

@Suite("An imported reading has its evidence: the file, its bytes, and the line as it was found")
struct ImportedEvidenceTests {
    /// Line of the file, the wait in it, and the phrase that was rebuilt.
    static let lines: [(text: String, number: Int, time: String, wait: String, phrase: String)] = [
        ("2024-06-01 00:15\t> 4", 2, "2024-06-01T00:15", "> 4", "Over 4 hours"),
        ("2024-06-01 00:30\t< 1", 3, "2024-06-01T00:30", "< 1", "Around 1 hour"),
        ("2024-06-01 00:45\t> 1", 4, "2024-06-01T00:45", "> 1", "Over 1 hour"),
        ("2024-06-01 09:00\t> 8", 5, "2024-06-01T09:00", "> 8", "Over 8 hours"),
        ("2024-06-01 23:45\t> 3", 7, "2024-06-01T23:45", "> 3", "Over 3 hours"),
    ]
    static let path = "2024/06/01/Tuen-Mun-Hospital.tsv"
    static let file =
        "UpdateTime\tTopWait\n" + lines.prefix(4).map { $0.text + "\n" }.joined() + lines[0].text + "\n" + lines[4].text
        + "\n"

    private static func record(imports: Int = 1) throws -> WaitDatabase {
        let database = try ImportTests.database()
        try ImportTests.withFolder([path: file]) { folder in
            for _ in 0..<imports { _ = try AneHKImport(database: database, now: ImportTests.now).run(path: folder) }
        }
        return database
    }

    private static func evidence(at time: String, in database: WaitDatabase) throws -> Evidence {
        let minute = try #require(HongKongMinute(text: time))
        return try #require(try database.evidence(hospital: "TMH", at: minute).first)
    }

    @Test("names the file, its line and what stood there", arguments: lines)
    func line(text: String, number: Int, time: String, wait: String, phrase: String) throws {
        let evidence = try Self.evidence(at: time, in: Self.record())
        let capture = try #require(evidence.captures.first)
        #expect(evidence.captures.count == 1 && capture.origin == "import")
        #expect(capture.document.hasSuffix("/\(Self.path)"))
        #expect(evidence.line == AneHKLine(number: number, text: text, wait: wait))
        #expect(evidence.figures.map(\.text) == [phrase])
    }

    @Test("hands out the file's exact bytes")
    func bytes() throws {
        let database = try Self.record()
        let sha256 = try #require(try Self.evidence(at: "2024-06-01T09:00", in: database).captures.first?.sha256)
        #expect(try database.payload(sha256: sha256) == Data(Self.file.utf8))
    }

    @Test("has a second import of the file behind the first")
    func twice() throws {
        let evidence = try Self.evidence(at: "2024-06-01T09:00", in: Self.record(imports: 2))
        #expect(evidence.captures.map(\.outcome) == ["new", "duplicate"])
        #expect(Set(evidence.lines.values).count == 1 && evidence.lines.count == 2)
    }
}
