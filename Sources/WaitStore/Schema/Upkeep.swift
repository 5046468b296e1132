import GRDB
import WaitCore

/// What a record needs besides its migrations, which are SQL alone: keys of names by this version's rule, the places that ship
/// with it, packed days.
///
/// Each step is done where the record says that it was done by another version or never, and can be done again.
enum Upkeep {
    enum Matter: String, CaseIterable {
        /// The rule that `place_name.key` was made by.
        case nameKeys = "name keys"
        /// A digest of the places that were shipped when they were last entered.
        case shippedPlaces = "shipped places"
        /// The columns that days are packed of.
        case packedDays = "packed days"
        /// Subject: a dataset's name; state: what its tables were made by.
        case datasetTables = "dataset tables"
        /// Subject: a hospital's name; state: the code of the hospital that the settings, or an earlier version, say it means.
        case sameName = "same name"
    }

    /// Brings the record up to date; nothing is written where it is so already.
    static func run(_ db: Database) throws {
        try step(.nameKeys, "\(PlaceName.keyRule)", db) { try PlaceNames.remakeKeys(db) }
        try step(.shippedPlaces, ShippedPlaces.digest, db) { try ShippedPlaces.refresh(db) }
        try step(.packedDays, PackedDays.signature, db) {
            guard try PackedDays.areStale(db) else { return }
            try PackedDays.rebuild(db)
        }
    }

    /// Makes the tables of a dataset anew where another version made them, or one of them is gone.
    static func makeTables(of dataset: Dataset, always: Bool = false, _ db: Database) throws {
        let table = DatasetTable(dataset)
        let isCurrent = try state(of: .datasetTables, subject: dataset.id, db) == table.state && table.isComplete(db)
        guard always || !isCurrent else { return }
        try TableWriter(dataset, db).makeAnew()
        try set(.datasetTables, subject: dataset.id, table.state, db)
    }

    private static func step(
        _ matter: Matter, _ state: String, _ db: Database, _ body: () throws -> Void
    ) throws {
        guard try self.state(of: matter, db) != state else { return }
        try body()
        try set(matter, state, db)
    }

    /// Nil where it was never entered.
    static func state(of matter: Matter, subject: String = "", _ db: Database) throws -> String? {
        try String.fetchOne(
            db.cachedStatement(sql: "SELECT state FROM upkeep WHERE matter = ? AND subject = ?"),
            arguments: [matter.rawValue, subject])
    }

    static func set(_ matter: Matter, subject: String = "", _ state: String, _ db: Database) throws {
        let values = [matter.rawValue, subject, state].map(\.databaseValue)
        try db.execute(
            sql: "INSERT OR REPLACE INTO upkeep (matter, subject, state, seal) VALUES (?, ?, ?, ?)",
            arguments: StatementArguments(values + [RowChecksum.digest(of: values).databaseValue]))
    }

    /// The names that are declared to be a hospital's.
    static func sameNames(_ db: Database) throws -> Set<String> {
        try String.fetchSet(
            db, sql: "SELECT subject FROM upkeep WHERE matter = ?", arguments: [Matter.sameName.rawValue])
    }
}

extension PackedDays {
    /// The columns that days are packed of, as this version packs them.
    static var signature: String {
        ReadingTable.all.flatMap { table in table.packedColumns.map { "\(table.name).\($0.metric)" } }
            .joined(separator: ", ")
    }

    /// Whether days were packed of other columns, or not at all although days with readings are over.
    static func areStale(_ db: Database) throws -> Bool {
        if try Upkeep.state(of: .packedDays, db) != nil { return true }
        if try Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM packed_day)") == true { return false }
        return try ReadingTable.all.contains { try $0.newestDay(db) != nil }
    }
}
