/// What the program has done to the record besides the migrations, version 6. Frozen once released.
enum SchemaV6 {
    static let tables = """
        -- One row per matter that a version of the program brings up to date when it opens the record for writing: the rule for
        -- keys of names, the shipped places that were entered, the columns that are packed; and one row per name that is
        -- declared to be a hospital's.
        CREATE TABLE upkeep (
            matter TEXT NOT NULL,
            subject TEXT NOT NULL,
            state TEXT NOT NULL,
            seal INTEGER NOT NULL,
            PRIMARY KEY (matter, subject)
        ) STRICT, WITHOUT ROWID;
        """
}
