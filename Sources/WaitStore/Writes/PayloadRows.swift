import GRDB

/// Keeps exact bytes once.
enum PayloadRows {
    /// The id of the payload with these bytes, entered where it is new.
    static func id(of body: Body, _ db: Database) throws -> Int64 {
        let known = try Int64.fetchOne(
            db.cachedStatement(sql: "SELECT id FROM payload WHERE sha256 = ?"), arguments: [body.sha256])
        if let known { return known }
        try db.cachedStatement(sql: "INSERT INTO payload (sha256, bytes, deflated) VALUES (?, ?, ?)")
            .execute(arguments: [body.sha256, body.bytes.count, body.deflated])
        return db.lastInsertedRowID
    }
}
