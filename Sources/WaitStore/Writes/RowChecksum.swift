import Foundation
import GRDB

/// A digest of a row: what was asked when, and what was answered, cannot be proved from the payloads, so such a row carries
/// its own proof that it was not changed.
enum RowChecksum {
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

    /// Whether the row's first column is the digest of the others and of what follows them.
    static func holds(_ row: Row, and more: [DatabaseValue] = []) -> Bool {
        row.databaseValues.first == digest(of: row.dropFirst().map(\.1) + more).databaseValue
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
}
