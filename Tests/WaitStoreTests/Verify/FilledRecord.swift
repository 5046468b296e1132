import Foundation
import GRDB
import TestSupport
import WaitCore

@testable import WaitStore

/// A record with something of everything: all fixtures in all languages, a partial document, a revision, answers without a
/// document, unknown hospitals, clinics, phrases and districts.
enum FilledRecord {
    static let hospital = "Lantau Harbour Hospital"
    static let clinic = "ALPHA FMC"
    static let nextPeriod = ("20261108", "20261205")

    private static let original = Result { try make() }

    /// A copy of its own, made from the first one page by page.
    static func copy() throws -> WaitDatabase {
        let copy = try WaitDatabase.inMemory()
        try original.get().access.backup(to: copy.access)
        return copy
    }

    private static func make() throws -> WaitDatabase {
        let database = try WaitDatabase.inMemory()
        for feed in Feed.all {
            for document in feed.documents { try database.record(.fixture(feed, document)) }
        }
        for capture in try readings() + answers() + quotas() + directories() { try database.record(capture) }
        return database
    }

    private static func readings() throws -> [Capture] {
        let document = try Feed.aeWait.document(.en)
        return try [
            .edited(
                .aeWait, .en, at: "2026-11-14T09:32", ("14/11/2026 9:15AM", "14/11/2026 9:30AM"),
                ("\"manageT1case\":\"N\",", ""), ("Caritas Medical Centre", hospital),
                ("\"31 minutes\"", "\"about 31 minutes\"")),
            .edited(.aeWait, .en, at: "2026-11-14T09:34", ("\"24 minutes\"", "\"25 minutes\"")),
            .edited(.aeTopWait, .en, ("\"Over 2 hours\"", "\"Over 3 hours\"")),
            .fixture(.aeWait, document, at: "2026-11-14T09:40", origin: .archive),
            .edited(.aeWait, .en, at: "2026-11-14T09:41", ("14/11/2026 9:15AM", "14/11/2026 11:45AM")),
            .of(Documents.fixture("bad/html-error.html"), .aeWait, document, at: "2026-11-14T09:42"),
            .of(
                Feed.aeWait.fixture(document), .aeWait, document, at: "2026-11-14T09:43", entityTag: "\"a\"",
                lastModified: "Sat, 14 Nov 2026 01:15:00 GMT"),
        ]
    }

    private static func answers() throws -> [Capture] {
        try [
            .of(.notModified, .aeWait, .en),
            .of(.httpError(status: 503, message: "Answered 503."), .aeWait, .en),
            .of(.unreachable(message: "No answer."), .aeWait, .en),
            .of(
                .refused(ReadFault(record: 3, field: "size", text: "<html>", reason: "Too large.")), .aeWait, .en),
        ]
    }

    private static func quotas() throws -> [Capture] {
        try [
            QuotaSample.capture(
                .tc, QuotaSample.record("中區家庭醫學診所", "30.0", district: "中西區", period: nextPeriod)),
            QuotaSample.capture(
                .en, QuotaSample.record("CENTRAL DISTRICT FMC", "31.0", district: "Central & Western", period: nextPeriod),
                QuotaSample.record(clinic, "32.0", district: "Harbour", period: nextPeriod)),
        ]
    }

    private static func directories() throws -> [Capture] {
        try [.edited(.hospitalDirectory, at: "2026-11-20T12:00", ("11 Chuen On Road", "12 Chuen On Road"))]
    }
}
