import ArgumentParser
import Foundation

/// A command whose power is cut, or whose calls fail.
enum Path: String, CaseIterable, ExpressibleByArgument {
    case collecting, backfill, healing, `import`, migration, reparse, backup, export, package, verify

    /// Those that write what a cut can lose.
    static let cut: [Path] = [
        .collecting, .backfill, .healing, .import, .migration, .reparse, .backup, .export, .package,
    ]

    /// The program and its arguments, for a folder that holds the record.
    func command(_ folder: URL, archive: String, collection: URL, without: Safeguard?) -> (String, [String]) {
        let record = folder.appending(path: "record.sqlite").path
        func waitkeeper(_ arguments: String...) -> (String, [String]) {
            ("waitkeeper", arguments + ["--database", record])
        }
        switch self {
        case .collecting:
            return ("waitkeeper-power", ["child", "collect", record] + (without == .fullSync ? ["--normal"] : []))
        case .migration:
            return ("waitkeeper-power", ["child", "open", record] + (without == .wholeMigrations ? ["--split"] : []))
        case .backfill:
            return waitkeeper(
                "backfill", "--feed", "ae-wait", "--in", StandInArchive.day, "--rate", "100", "--archive-url", archive)
        case .healing: return waitkeeper("heal", "--rate", "100", "--archive-url", archive)
        case .import: return waitkeeper("import", "ane-hk", collection.path)
        case .reparse: return waitkeeper("reparse")
        case .backup: return waitkeeper("backup", folder.appending(path: "copy.sqlite").path)
        case .export:
            return waitkeeper("export", "ae-waits", "--force", "-o", folder.appending(path: Self.exported).path)
        case .package:
            return waitkeeper("export", "ae-waits", "--force", "--output", folder.appending(path: "package").path)
        case .verify: return waitkeeper("verify")
        }
    }

    static let exported = "export.csv"

    /// Columns that tell when the work was done, and at which try.
    var changing: Set<String> { self == .import ? ["captured_at", "found_at", "capture_id"] : [] }
}

/// A safeguard against power cuts. Taking it out shows that the harness sees what it prevents.
enum Safeguard: String, CaseIterable, ExpressibleByArgument {
    /// `synchronous=FULL`: with NORMAL the log is synced before a checkpoint alone.
    case fullSync = "full-sync"
    /// The sync of a file before it gets its name.
    case fileSync = "file-sync"
    /// The sync of the folder of a file that got a name.
    case folderSync = "folder-sync"
    /// A migration in one transaction.
    case wholeMigrations = "whole-migrations"

    /// As FAULT_IGNORE has it.
    var ignoring: String {
        switch self {
        case .fileSync: ".part"
        case .folderSync: "/"
        case .fullSync, .wholeMigrations: ""
        }
    }
}
