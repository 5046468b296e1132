import GRDB
import WaitCore

/// Rows of `document`: the feeds' own are entered when a file is opened, an imported collection's when first met.
enum Documents {
    /// - Throws: `StoreError` where this version knows no such document.
    static func id(of url: String, _ db: Database) throws -> Int64 {
        let known = try Int64.fetchOne(
            db.cachedStatement(sql: "SELECT id FROM document WHERE url = ?"), arguments: [url])
        if let known { return known }
        guard let (feed, document) = Catalogue.standard.holding(url: url) else {
            throw StoreError(code: .other, message: "\(url) is not a document of this version's feeds.")
        }
        try db.cachedStatement(
            sql: "INSERT INTO document (feed_id, url, language) SELECT id, ?, ? FROM feed WHERE name = ?"
        ).execute(arguments: [url, document.language?.rawValue, feed.id])
        return db.lastInsertedRowID
    }
}
