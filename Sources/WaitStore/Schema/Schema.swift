package import GRDB
import WaitCore

/// Brings a file to the schema of this version.
///
/// A migration is SQL alone: what it needs of the program would change after its release. That is `Upkeep`, after all migrations.
package enum Schema {
    /// Names as the files have them; there never was a version 8.
    package static let migrations: [(name: String, sql: String)] = [
        ("v1", SchemaV1.tables), ("v2", SchemaV2.tables), ("v3", SchemaV3.tables), ("v4", SchemaV4.tables),
        ("v5", SchemaV5.tables), ("v6", SchemaV6.tables), ("v7", SchemaV7.tables), ("v9", SchemaV9.tables),
        ("v10", SchemaV10.tables),
    ]

    package static let migrator: DatabaseMigrator = {
        var migrator = DatabaseMigrator()
        for (name, tables) in migrations {
            migrator.registerMigration(name) { db in try db.execute(sql: tables) }
        }
        return migrator
    }()

    /// Whether the file has tables and none of them are ours: every record names its migrations.
    static func isForeign(_ db: Database) throws -> Bool {
        guard try !db.tableExists("grdb_migrations") else { return false }
        return try Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM sqlite_schema)") ?? false
    }

    /// Recreates views whose text differs from this version's; others stay untouched.
    static func refreshViews(_ catalogue: Catalogue, _ db: Database) throws {
        for view in Views.all(catalogue) {
            guard try storedText(ofView: view.name, db) != view.text else { continue }
            try db.execute(sql: "DROP VIEW IF EXISTS \"\(view.name)\"; \(view.text)")
        }
    }

    /// The statement that made a view, nil where there is none of the name.
    static func storedText(ofView name: String, _ db: Database) throws -> String? {
        try String.fetchOne(
            db, sql: "SELECT sql FROM sqlite_schema WHERE type = 'view' AND name = ?", arguments: [name])
    }

    /// Enters the feeds and documents of this version; a feed that is there keeps its life, which the settings may have given.
    static func registerFeeds(_ catalogue: Catalogue, _ db: Database) throws {
        for feed in catalogue.feeds {
            try db.execute(
                sql: "INSERT INTO feed (name, evidence) VALUES (?, '') ON CONFLICT DO NOTHING", arguments: [feed.id])
            if db.changesCount > 0 { try setLife(feed.life, of: feed.id, db) }
            for document in feed.documents {
                try db.execute(
                    sql: """
                        INSERT INTO document (feed_id, url, language)
                        SELECT id, ?, ? FROM feed WHERE name = ? ON CONFLICT DO NOTHING
                        """,
                    arguments: [document.url, document.language?.rawValue, feed.id])
            }
        }
    }

    static func setLife(_ life: Feed.Life, of feed: String, _ db: Database) throws {
        try db.execute(
            sql: """
                UPDATE feed SET life_from_minute = ?1, life_to_minute = ?2, evidence = ?3
                WHERE name = ?4 AND (life_from_minute, life_to_minute, evidence) IS NOT (?1, ?2, ?3)
                """,
            arguments: [life.from?.sinceEpoch, life.to?.sinceEpoch, life.evidence, feed])
    }
}
