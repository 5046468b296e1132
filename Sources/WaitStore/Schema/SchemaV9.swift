/// A name of its own for every state of the record, version 9. Frozen once released.
enum SchemaV9 {
    static let tables = """
        -- Drawn anew by every transaction that raises the number, never 0: in a restored backup the numbers come again, the
        -- nonces do not.
        ALTER TABLE generation ADD COLUMN nonce INTEGER NOT NULL DEFAULT 0;
        UPDATE generation SET nonce = random() | 1;
        """
}
