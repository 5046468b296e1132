import Crypto
import Foundation
import GRDB

/// A digest of a row of `attempt`: what was attempted when cannot be proved from the payloads, so the row carries its own
/// proof that nobody changed it.
enum AttemptSeal {
    static let columns = """
        id, document_id, origin, captured_unix, outcome, http_status, observed_minute, payload_id, milliseconds, error,
        entity_tag, last_modified
        """

    /// The digest of the row as it stands.
    static func digest(of attempt: Int64, _ db: Database) throws -> Int64? {
        try Row.fetchOne(db.cachedStatement(sql: "SELECT \(columns) FROM attempt WHERE id = ?"), arguments: [attempt])
            .map { digest(of: $0.map(\.1)) }
    }

    /// The first eight bytes of the SHA-256 over the columns' texts, each ended by a zero byte.
    static func digest(of values: [DatabaseValue]) -> Int64 {
        var hash = SHA256()
        for value in values {
            hash.update(data: Data(value.description.utf8))
            hash.update(data: Data([0]))
        }
        return hash.finalize().prefix(8).reduce(Int64(0)) { $0 << 8 | Int64($1) }
    }
}
