import Foundation
import GRDB
import WaitStore

/// The folders that a path begins with: one, or one for each schema that a record may have.
struct TrialStarts {
    static let record = "record.sqlite"
    static let sums = "package/SHA256SUMS"
    static let oldFile = Data("the old export\n".utf8)

    let folders: [URL]
    /// Some files of the public collection of the old feed, outside the disk.
    let collection: URL
    /// The package that an export replaces.
    let oldPackage: [String: Data] = [
        "package/ae-waits.csv": Data("old\n".utf8), "package/datapackage.json": Data("{}\n".utf8),
        Self.sums: Data("of the old files\n".utf8),
    ]

    init(_ path: Path, _ folder: URL, records: String) throws {
        let files = FileManager.default
        collection = folder.appending(path: "collection")
        try Self.makeCollection(collection)
        switch path {
        case .migration:
            folders = try Self.old(records).map { record in
                let start = folder.appending(path: record.deletingPathExtension().lastPathComponent)
                try files.createDirectory(at: start, withIntermediateDirectories: true)
                try files.copyItem(at: record, to: start.appending(path: Self.record))
                return start
            }
        case .backfill, .healing, .import:
            folders = [folder.appending(path: "empty")]
            try files.createDirectory(at: folders[0], withIntermediateDirectories: true)
        case .collecting:
            // With a log that an earlier process was killed over, without one, and before there is a record.
            folders = ["logged", "closed", "empty"].map { folder.appending(path: $0) }
            for start in folders { try files.createDirectory(at: start, withIntermediateDirectories: true) }
            try Self.fill(folders[0].appending(path: Self.record), Collection.before, keepsLog: true)
            try Self.fill(folders[1].appending(path: Self.record), Collection.before)
        case .reparse, .backup, .export, .package, .verify:
            // A package is also exported where there is no folder yet.
            folders = (path == .package ? ["filled", "new"] : ["filled"]).map { folder.appending(path: $0) }
            for start in folders {
                try files.createDirectory(at: start, withIntermediateDirectories: true)
                try Self.fill(start.appending(path: Self.record), Collection.captures.count)
            }
        }
        if path == .export { try Self.oldFile.write(to: folders[0].appending(path: Path.exported)) }
        if path == .package {
            try files.createDirectory(at: folders[0].appending(path: "package"), withIntermediateDirectories: true)
            for (name, bytes) in oldPackage { try bytes.write(to: folders[0].appending(path: name)) }
        }
    }

    /// Makes `folder` a copy of the start of that number.
    func lay(_ number: Int, on folder: URL) throws {
        let files = FileManager.default
        if files.fileExists(atPath: folder.path) { try files.removeItem(at: folder) }
        try files.copyItem(at: folders[number], to: folder)
    }

    /// Records so many documents. They are all in the file, and no log is left; or the newest two are in the log.
    static func fill(_ file: URL, _ count: Int, keepsLog: Bool = false) throws {
        let database = try WaitDatabase.open(path: file.path)
        _ = try database.record(Array(Collection.captures.prefix(count - 2)))
        try database.access.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
        _ = try database.record(Array(Collection.captures.prefix(count).dropFirst(count - 2)))
        if !keepsLog { try database.access.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) } }
        try leave(database, file, withLog: keepsLog)
    }

    /// Closes a record and puts back its files as they were before: as a process leaves them that was killed.
    static func leave(_ database: WaitDatabase, _ file: URL, withLog: Bool) throws {
        let ends = withLog ? ["", "-wal"] : [""]
        let held = try ends.map { try Data(contentsOf: URL(fileURLWithPath: file.path + $0)) }
        try database.access.close()
        for end in ["-wal", "-shm"] where FileManager.default.fileExists(atPath: file.path + end) {
            try FileManager.default.removeItem(atPath: file.path + end)
        }
        for (end, bytes) in zip(ends, held) { try bytes.write(to: URL(fileURLWithPath: file.path + end)) }
    }

    /// The records of old schemas.
    static func old(_ folder: String) throws -> [URL] {
        try FileManager.default.contentsOfDirectory(at: URL(fileURLWithPath: folder), includingPropertiesForKeys: nil)
            .filter { $0.pathExtension == "sqlite" }
            .sorted { $0.path.compare($1.path, options: .numeric) == .orderedAscending }
    }

    static func makeCollection(_ folder: URL) throws {
        for day in 1...4 {
            for hospital in ["St-John-Hospital", "Queen-Mary-Hospital", "Caritas-Medical-Centre"] {
                let file = folder.appending(path: "2024/03/0\(day)/\(hospital).tsv")
                try FileManager.default.createDirectory(
                    at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
                let rows = (0..<96).map { slot in
                    let time = "\(slot / 4 < 10 ? "0" : "")\(slot / 4):\(["00", "15", "30", "45"][slot % 4])"
                    return "2024-03-0\(day) \(time)\t> \(1 + (slot + day) % 8)"
                }
                try Data((["UpdateTime\tTopWait"] + rows).joined(separator: "\n").utf8).write(to: file)
            }
        }
    }
}
