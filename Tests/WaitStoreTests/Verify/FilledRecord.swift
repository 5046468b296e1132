import Foundation
import GRDB
import Synchronization
import TestSupport
import Testing
import WaitCore

@testable import WaitStore

/// A record with something of everything: all fixtures in all languages, a partial document, revisions, answers without a
/// document, unknown hospitals, clinics, phrases and districts.
struct FilledRecord {
    static let hospital = "Lantau Harbour Hospital"
    static let clinic = "ALPHA FMC"
    private static let nextPeriod = ("20261108", "20261205")

    private static let small = Result { try FilledRecord(recordsADocument: 3).make() }
    /// Databases that a test is done with: the next copy overwrites them whole.
    private static let spare = Mutex<[WaitDatabase]>([])

    /// How many records of each fixture go in.
    let recordsADocument: Int

    /// Runs `body` with a copy, page by page, of a record with the first records of each document.
    static func withCopy(_ body: (WaitDatabase) throws -> Void) throws {
        let copy = try spare.withLock { $0.popLast() } ?? WaitDatabase.inMemory()
        defer { spare.withLock { $0.append(copy) } }
        try copy.access.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA foreign_keys = ON; PRAGMA ignore_check_constraints = OFF")
        }
        try small.get().access.backup(to: copy.access)
        try body(copy)
    }

    /// The fixtures of all feeds in all languages alone.
    func fixtures() throws -> WaitDatabase {
        let database = try WaitDatabase.inMemory()
        for feed in Feed.all {
            for document in feed.documents { try database.record(capture(feed, document)) }
        }
        return database
    }

    func make() throws -> WaitDatabase {
        let database = try fixtures()
        for capture in try readings() + answers() + quotas() + directories() { try database.record(capture) }
        try askArchive(database)
        try tell(database)
        return database
    }

    /// An incident that is over and one that is not.
    private func tell(_ database: WaitDatabase) throws {
        let (frozen, disk) = (Incident.Matter(.frozen, "ae-wait"), Incident.Matter(.disk, "record"))
        try database.apply([.open(frozen, sinceUnix: 1_794_600_000, opening: "It stands.")], now: 1_794_602_700)
        for incident in try database.openIncidents() {
            try database.apply([.close(incident, closing: "It moves.")], now: 1_794_606_000)
        }
        try database.apply([.open(disk, sinceUnix: 1_794_606_000, opening: "It is full.")], now: 1_794_606_000)
    }

    /// A fixture with some of its text replaced, cut to its first records.
    private func capture(
        _ feed: Feed, _ document: Document, at time: String = Capture.fixtureTime, origin: Capture.Origin = .live,
        _ edits: (String, String)...
    ) throws -> Capture {
        let bytes = try feed.fixture(document).replacing(edits)
        return try .of(
            cut(bytes), feed, document, at: time, origin: origin, entityTag: "\"a\"",
            lastModified: "Sat, 14 Nov 2026 01:15:00 GMT")
    }

    private func cut(_ bytes: Data) throws -> Data {
        let root = try JSONSerialization.jsonObject(with: bytes)
        if let records = root as? [Any] {
            let first = Array(records.prefix(recordsADocument))
            return try JSONSerialization.data(withJSONObject: first, options: .sortedKeys)
        }
        var object = try #require(root as? [String: Any])
        object["waitTime"] = try Array(#require(object["waitTime"] as? [Any]).prefix(recordsADocument))
        return try JSONSerialization.data(withJSONObject: object, options: .sortedKeys)
    }

    private func readings() throws -> [Capture] {
        let document = try Feed.aeWait.document(.en)
        return try [
            capture(
                .aeWait, document, at: "2026-11-14T09:32", ("14/11/2026 9:15AM", "14/11/2026 9:30AM"),
                ("Alice Ho Miu Ling Nethersole Hospital", ""), ("Caritas Medical Centre", Self.hospital),
                ("\"31 minutes\"", "\"about 31 minutes\"")),
            capture(
                .aeWait, document, at: "2026-11-14T09:33", ("14/11/2026 9:15AM", "14/11/2026 9:00AM"),
                ("Caritas Medical Centre", "CARITAS Medical-Centre"), ("\"manageT1case\":\"N\",", "\"note\":\"a\",")),
            capture(.aeWait, document, at: "2026-11-14T09:34", ("\"24 minutes\"", "\"25 minutes\"")),
            capture(.aeTopWait, Feed.aeTopWait.document(.en), ("\"Over 2 hours\"", "\"Over 3 hours\"")),
            capture(.aeWait, document, at: "2026-11-14T09:40", origin: .archive),
            capture(.aeWait, document, at: "2026-11-14T09:41", ("14/11/2026 9:15AM", "14/11/2026 11:45AM")),
            // A day later: the first one is over, and packed.
            capture(.aeWait, document, at: "2026-11-15T09:02", ("14/11/2026 9:15AM", "15/11/2026 9:00AM")),
            .of(Documents.fixture("bad/html-error.html"), .aeWait, document, at: "2026-11-14T09:42"),
        ]
    }

    private func answers() throws -> [Capture] {
        try [
            .of(.notModified, .aeWait, .en),
            .of(.httpError(status: 503, message: "Answered 503."), .aeWait, .en),
            .of(.unreachable(message: "No answer."), .aeWait, .en),
            .of(
                .refused(ReadFault(record: 3, field: "size", text: "<html>", reason: "Too large.")), .aeWait, .en),
        ]
    }

    private func quotas() throws -> [Capture] {
        try [
            QuotaSample.capture(
                .tc,
                QuotaSample.record("中區家庭醫學診所", "30.0", district: "中西區", period: Self.nextPeriod)
                    .merging(["Saturday": "不適用", "Friday": "soon"]) { $1 }),
            QuotaSample.capture(
                .en,
                QuotaSample.record(
                    "CENTRAL DISTRICT FMC", "31.0", district: "Central & Western", period: Self.nextPeriod),
                QuotaSample.record(Self.clinic, "32.0", district: "Harbour", period: Self.nextPeriod)),
        ]
    }

    /// Two listed versions: one was read, one could not be fetched.
    private func askArchive(_ database: WaitDatabase) throws {
        let document = try Feed.aeWait.document(.en)
        let listing = try ArchiveListing(
            bytes: Data(#"{"version-count":2,"timestamps":["20261114-0915","20261114-0930"],"data-files":[]}"#.utf8))
        let day = try #require(HongKongMinute(text: "2026-11-14"))
        try database.record(listing, of: document, key: .https, days: [day], askedAt: day.adding(minutes: 4_000))
        let versions = listing.stamps.map { ArchivedVersion(document: document, key: .https, stamp: $0) }
        let read = try capture(.aeWait, document, at: "2026-11-14T09:15", origin: .archive)
        _ = try database.record([(versions[0], .read(read)), (versions[1], .absent)], day: 20_261_117)
    }

    private func directories() throws -> [Capture] {
        try [
            capture(
                .hospitalDirectory, Feed.hospitalDirectory.document(), at: "2026-11-20T12:00",
                ("11 Chuen On Road", "12 Chuen On Road"))
        ]
    }
}
