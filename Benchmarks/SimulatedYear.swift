import Foundation
import GRDB
import WaitCore
import WaitReplay
import WaitStore

#if canImport(Glibc)
    import Glibc
#endif

/// A year of the new A&E feed, 96 documents a day, read and stored in groups of 500 as a backfill does.
struct SimulatedYear {
    private static let days = 365
    private let path: String
    private let world = SimulatedWorld(
        seed: 1, hospitals: BundledPlaces.hospitals.map { SimulatedHospital(name: $0.name, busyness: 1) })

    init(folder: URL) {
        path = folder.appending(path: "year.sqlite").path
    }

    func measure() async throws -> [Bench.Result] {
        let database = try WaitDatabase.open(path: path)
        let documents = documents()
        let clock = ContinuousClock()
        let before = Self.cpuSeconds()
        let wall = try await clock.measure { try await store(documents, in: database) }
        let cpu = Self.cpuSeconds() - before
        let sizes = try await database.access.read { try Sizes($0) }
        let verified = try clock.measure { _ = try database.verify() }
        return [
            .init(
                what: "documents read and stored a second, groups of 500", figure: Self.rate(documents.count, wall),
                aim: "3,000"),
            .init(
                what: "bytes a reading, table and indexes", figure: Self.text(sizes.bytesAReading), aim: "at most 40"),
            .init(
                what: "bytes an A&E payload, table and indexes", figure: Self.text(sizes.bytesAPayload),
                aim: "at most 800"),
            .init(what: "bytes a capture, table and indexes", figure: Self.text(sizes.bytesACapture), aim: "–"),
            .init(what: "the file after a year of one feed", figure: "\(sizes.fileBytes / 1_048_576) MiB", aim: "–"),
            .init(what: "payloads verified a second", figure: Self.rate(documents.count, verified), aim: "–"),
            .init(what: "CPU to read and store the year", figure: Self.text(cpu) + " s", aim: "–"),
        ]
    }

    private func documents() -> [(at: Date, bytes: Data)] {
        let start = Date(timeIntervalSince1970: 1_767_196_800)  // 2026-01-01T00:00:00+08:00
        return (0..<Self.days * 96).map { slot in
            let at = start.addingTimeInterval(Double(slot) * 900)
            return (at.addingTimeInterval(70), Data(world.aeWait(language: .en, at: at)))
        }
    }

    /// Reads the next group while one is stored: two cores' work, as when documents come from an archive.
    private func store(_ documents: [(at: Date, bytes: Data)], in database: WaitDatabase) async throws {
        var next = Self.read(documents.prefix(500))
        for start in stride(from: 500, through: documents.count + 499, by: 500) {
            let group = next
            async let following = Self.read(documents.dropFirst(start).prefix(500))
            _ = try database.record(group)
            next = await following
        }
    }

    private static func read(_ documents: ArraySlice<(at: Date, bytes: Data)>) -> [Capture] {
        let (feed, document) = (Feed.aeWait, Feed.aeWait.documents[0])
        return documents.map { at, bytes in
            Capture(
                feed: feed, document: document, origin: .live, capturedAt: at, milliseconds: 40,
                answer: .body(
                    Body(
                        bytes, of: document, in: feed, httpStatus: 200,
                        entityTag: "\"0123456789abcdef\"", lastModified: nil)))
        }
    }

    /// Bytes on disk by SQLite's own count of pages.
    private struct Sizes {
        let bytesAReading: Double
        let bytesAPayload: Double
        let bytesACapture: Double
        let fileBytes: Int

        init(_ db: Database) throws {
            bytesAReading = try Self.bytesARow(of: "wait_reading", db)
            bytesAPayload = try Self.bytesARow(of: "payload", db)
            bytesACapture = try Self.bytesARow(of: "attempt", db)
            fileBytes =
                try Int.fetchOne(db, sql: "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size") ?? 0
        }

        static func bytesARow(of table: String, _ db: Database) throws -> Double {
            let bytes = try Double.fetchOne(
                db,
                sql: "SELECT sum(pgsize) FROM dbstat WHERE name IN (SELECT name FROM sqlite_schema WHERE tbl_name = ?)",
                arguments: [table])
            let rows = try Double.fetchOne(db, sql: "SELECT count(*) FROM \(table)")
            return (bytes ?? 0) / max(rows ?? 1, 1)
        }
    }

    private static func rate(_ count: Int, _ duration: Duration) -> String {
        String(Int(Double(count) / (duration / .seconds(1))))
    }

    private static func text(_ number: Double) -> String {
        String((number * 10).rounded() / 10)
    }

    static func cpuSeconds() -> Double {
        Double(clock()) / Double(CLOCKS_PER_SEC)
    }
}
