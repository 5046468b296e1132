import Foundation
import GRDB
import TestSupport
import Testing
import WaitCore
import WaitStore

/// A record with the toy dataset in it.
struct ToyRecord {
    let dataset: Dataset
    let database: WaitDatabase

    init(_ rule: EditionRule = .whole) throws {
        dataset = .toy(rule)
        database = try .inMemory(Catalogue([dataset]))
    }

    /// A copy, to be tampered with.
    init(copy other: ToyRecord) throws {
        dataset = other.dataset
        database = try .inMemory(Catalogue([dataset]))
        try other.database.access.backup(to: database.access)
    }

    /// The capture of a document on a day of January 2026, at noon.
    func capture(_ day: Int, _ document: ToyDocument, origin: Capture.Origin = .archive) -> Capture {
        capture(day, document.bytes, origin: origin)
    }

    func capture(_ day: Int, _ bytes: Data, origin: Capture.Origin = .archive) -> Capture {
        let feed = Feed(dataset)
        return Capture(
            feed: feed, document: dataset.documents[0], origin: origin, capturedAt: Self.noon(day),
            answer: .body(Body(bytes, of: dataset.documents[0], in: feed)))
    }

    static func noon(_ day: Int) -> Date {
        Date(timeIntervalSince1970: Double(HongKongMinute(year: 2026, month: 1, day: day)!.secondsSince1970 + 43_200))
    }

    @discardableResult
    func record(_ day: Int, _ rows: [ToyDocument.Row]) throws -> CaptureResult {
        try database.record([capture(day, ToyDocument(rows))])[0]
    }

    /// Rows as `year hospital visits remark`.
    func rows(_ question: TableQuestion = TableQuestion()) throws -> [String] {
        var question = question
        question.columns = ["financial_year", "hospital", "visits", "remark"]
        var rows: [String] = []
        try database.rows(of: dataset, question) { cells, _ in
            rows.append(cells.prefix(4).filter { !$0.isNull }.map(\.shown).joined(separator: " "))
        }
        return rows
    }

    /// What was published by the end of a day of January 2026.
    func rows(asOf day: Int, withTotals: Bool = false) throws -> [String] {
        var question = TableQuestion()
        question.asOf = HongKongMinute(year: 2026, month: 1, day: day + 1).map { $0.secondsSince1970 - 1 }
        question.withTotals = withTotals
        return try rows(question)
    }

    func changes() throws -> [String] {
        try database.changes(of: dataset).map { change in
            let day = Int(HongKongMinute(secondsSince1970: Double(change.atUnix)).dayText.suffix(2)) ?? 0
            let cells = change.column.map { " \($0) \(change.before.shown) \(change.after.shown)" } ?? ""
            return "\(day) \(change.kind.rawValue) \(change.key.map(\.shown).joined(separator: " "))\(cells)"
        }
    }

    /// All that the history says, without the numbers of captures, which go by arrival.
    func history() throws -> [String] {
        try database.access.read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT financial_year, hospital, visits, remark, other, edition, seen_from, seen_last, next_seen
                    FROM toy_visit_history ORDER BY financial_year, hospital, seen_from
                    """
            ).map { $0.description }
        }
    }
}

extension ToyRecord {
    /// Expects that `verify` finds nothing.
    func expectVerified(sourceLocation: SourceLocation = #_sourceLocation) throws {
        let found = try database.verify().findings.map(\.words)
        #expect(found == [], sourceLocation: sourceLocation)
    }
}

extension Finding {
    var words: String { "\(table), \(row): \(problem)" }
}
