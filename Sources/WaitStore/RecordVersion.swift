import GRDB

/// The state of a record that an answer was made from; no other state of this record, of a restored copy or of another record
/// has the same.
package struct RecordVersion: Hashable, Sendable {
    /// Raised by every transaction that writes anything.
    package let generation: Int
    /// Drawn at random by the transaction that raised the generation: after a restored backup the same generations come again,
    /// with other content.
    package let nonce: Int

    /// - Throws: `StoreError` where the row is gone; GRDB's `DatabaseError`.
    init(_ db: Database) throws {
        let row = try Row.fetchOne(db.cachedStatement(sql: "SELECT number, nonce FROM generation WHERE id = 1"))
        guard let row, let generation = try row[0] as Int?, let nonce = try row[1] as Int? else {
            throw StoreError.noGeneration
        }
        (self.generation, self.nonce) = (generation, nonce)
    }
}
