import ArgumentParser
import Foundation
import GRDB
import GRDBSQLite
import WaitCore
import WaitReplay
import WaitStore

/// Runs on the faulty disk what the product has no command for.
struct Child: ParsableCommand {
    static let configuration = CommandConfiguration(shouldDisplay: false, subcommands: [Collect.self, Open.self])

    /// Records documents one by one, and prints each capture that is acknowledged.
    struct Collect: ParsableCommand {
        @Argument var path: String

        @Flag(help: "With synchronous=NORMAL, which loses acknowledged captures.")
        var normal = false

        func run() throws {
            do {
                let database = try WaitDatabase.open(path: path)
                if normal {
                    try database.access.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = NORMAL") }
                }
                for (number, capture) in Collection.captures.enumerated() {
                    for result in try database.record([capture]) { Self.say("kept \(result.captureID)") }
                    if number % 5 == 4 {
                        try database.access.writeWithoutTransaction { _ = try $0.checkpoint(.passive) }
                    }
                }
                try database.access.close()
            } catch {
                try Self.sayWhatIsLeft()
                throw Failure(StoreError.sentence(error, path: path))
            }
            try Self.sayWhatIsLeft()
        }

        private static func sayWhatIsLeft() throws {
            say("descriptors \(try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count)")
            say("memory \(sqlite3_memory_used())")
        }

        /// Unbuffered, so the line is out before the power fails.
        private static func say(_ line: String) { FileHandle.standardOutput.write(Data("\(line)\n".utf8)) }
    }

    /// Opens a record, which brings it to the newest schema.
    struct Open: ParsableCommand {
        @Argument var path: String

        @Flag(help: "Splits the next migration over two transactions, which a power cut breaks.")
        var split = false

        func run() throws {
            if split { try Self.splitNextMigration(path) }
            do {
                try WaitDatabase.open(path: path).access.close()
            } catch {
                throw Failure(StoreError.sentence(error, path: path))
            }
        }

        private static func splitNextMigration(_ path: String) throws {
            let queue = try DatabaseQueue(path: path)
            try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
            let done = try queue.read { try Schema.migrator.appliedMigrations($0) }
            guard let next = Schema.migrations.first(where: { !done.contains($0.name) }) else { return }
            let statements = next.sql.components(separatedBy: ";\n").filter { !$0.allSatisfy(\.isWhitespace) }
            let half = statements.count / 2
            try queue.write { db in try db.execute(sql: statements[..<half].joined(separator: ";\n")) }
            try queue.write { db in
                try db.execute(sql: statements[half...].joined(separator: ";\n"))
                try db.execute(sql: "INSERT INTO grdb_migrations VALUES (?)", arguments: [next.name])
            }
            try queue.close()
        }
    }
}

/// The documents that are collected: simulated, and the same each time.
enum Collection {
    /// How many of them are in the record before.
    static let before = 4
    static let captures: [Capture] = {
        let world = SimulatedWorld(
            seed: 1, hospitals: BundledPlaces.hospitals.map { SimulatedHospital(name: $0.name, busyness: 1) })
        let (feed, document) = (Feed.aeWait, Feed.aeWait.documents[0])
        return (0..<(before + 12)).map { slot in
            // From 8:00 of 2025-10-13 in Hong Kong on.
            let at = Date(timeIntervalSince1970: 1_760_313_600 + Double(slot) * 900)
            let body = Body(Data(world.aeWait(language: .en, at: at)), of: document, in: feed, httpStatus: 200)
            return Capture(
                feed: feed, document: document, origin: .live, capturedAt: at.addingTimeInterval(70), milliseconds: 40,
                answer: .body(body))
        }
    }()
}
