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

    /// The first eight bytes of the SHA-256 over the values' texts, each behind a letter for its type and ended by a zero
    /// byte. The texts are our own: a description made by a library may change with its version.
    static func digest(of values: [DatabaseValue]) -> Int64 {
        var hash = SHA256()
        for value in values {
            hash.update(data: Data(text(of: value).utf8))
            hash.update(data: Data([0]))
        }
        return hash.finalize().prefix(8).reduce(Int64(0)) { $0 << 8 | Int64($1) }
    }

    private static func text(of value: DatabaseValue) -> String {
        switch value.storage {
        case .null: "n"
        case .int64(let number): "i\(number)"
        case .double(let number): "r\(number)"
        case .string(let text): "t\(text)"
        case .blob(let bytes): "b\(bytes.hexText)"
        }
    }

    /// What the seal covers besides the row: the faults of an answer that was not taken in, which no payload can prove.
    static func refusal(of attempt: Int64, _ db: Database) throws -> [DatabaseValue] {
        try Row.fetchAll(
            db.cachedStatement(
                sql: """
                    SELECT record, field, text, reason FROM fault WHERE payload_id IS NULL AND attempt_id = ? ORDER BY id
                    """), arguments: [attempt]
        ).flatMap { $0.map(\.1) }
    }
}
