import Foundation
import GRDB
import WaitCore

/// A name that the settings declare to be a hospital's.
package struct SameName: Hashable, Sendable {
    /// As a feed or directory publishes it, or the code of the place that was made of it.
    package let name: String
    /// The code of the hospital that stays.
    package let code: String

    package init(name: String, code: String) {
        self.name = name
        self.code = code
    }

    /// Reads `Name as published = CODE`; nil where it is not of that form.
    package init?(_ text: String) {
        guard let sign = text.lastIndex(of: "=") else { return nil }
        let name = text[..<sign].trimmingCharacters(in: .whitespacesAndNewlines)
        let code = PlaceName.code(of: String(text[text.index(after: sign)...]))
        guard !name.isEmpty, !code.isEmpty else { return nil }
        self.init(name: name, code: code)
    }
}

extension WaitDatabase {
    /// Makes one hospital of those that the settings say are one; nothing is written where it is so already.
    ///
    /// A name that was not published yet is known from now on. What was made one stays one when the setting goes.
    /// - Throws: `StoreError` where there is no such hospital, or both were in one document, so that they are two.
    package func setSameNames(_ names: [SameName]) throws {
        guard !names.isEmpty else { return }
        try write { db in
            try CaptureWriter.writing(db) { writer in
                for name in names { try Self.set(name, writer) }
            }
        }
    }

    private static func set(_ same: SameName, _ writer: CaptureWriter) throws {
        let db = writer.db
        guard let heir = try hospital(of: same.code, db) else {
            throw StoreError(
                code: .other, message: "The setting places.same names \(same.code), and no hospital has that code.")
        }
        let named = try writer.places.find(same.name, kind: .hospital)?.placeID
        guard let former = try named ?? hospital(of: same.name, db)?.id else {
            guard try !isKnown(same.name, of: heir.id, db) else { return }
            try PlaceNames.insert(db, same.name, of: heir.id, kind: .hospital, matchedBy: .shipped, attempt: nil)
            try Upkeep.set(.sameName, subject: same.name, heir.code, db)
            return writer.places.forget()
        }
        guard former != heir.id else { return }
        let isShipped = try Bool.fetchOne(
            db, sql: "SELECT EXISTS (SELECT 1 FROM place_name WHERE place_id = ? AND matched_by = 'shipped')",
            arguments: [former])
        guard isShipped != true, try PlaceMerge(writer).merge(former, into: heir.id, because: .declared) else {
            throw StoreError(
                code: .other,
                message: """
                    The setting places.same says that "\(same.name)" is \(same.code): they are two hospitals, as both ship \
                    or stand in one document. Take the line out.
                    """)
        }
    }

    /// Whether the hospital has the name already, but for case and punctuation: that of a place that was made one with it.
    private static func isKnown(_ name: String, of hospital: Int64, _ db: Database) throws -> Bool {
        try Bool.fetchOne(
            db, sql: "SELECT EXISTS (SELECT 1 FROM place_name WHERE place_id = ? AND key = ?)",
            arguments: [hospital, PlaceName.key(of: name)]) ?? false
    }

    private static func hospital(of code: String, _ db: Database) throws -> (id: Int64, code: String)? {
        try Row.fetchOne(
            db,
            sql: "SELECT id, code FROM place WHERE kind = 'hospital' AND code = ?1 COLLATE NOCASE ORDER BY code <> ?1",
            arguments: [code]
        ).map { try ($0["id"], $0["code"]) }
    }
}
