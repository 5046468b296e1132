import Foundation
import GRDB
import TestSupport
import WaitStore

/// Runs one path on its own simulated disk, undisturbed and disturbed, and checks its promises.
final class Trial {
    /// The time of every trial: an hour after the stand-in archive's day.
    static let clock = "2025-10-14T01:00:00+08:00"

    private let path: Path
    private let disk: FaultyDisk
    private let archive: String
    private let setting: TrialStarts
    /// What the path does undisturbed, for each of its starts.
    private var calm: [Calm] = []

    private struct Calm {
        let calls: [String: Int]
        /// The descriptors and the bytes of SQLite that the child has at its end, where it says so.
        let left: [Int]
        /// The captures that are in the record before.
        let held: Set<Int64>
        let record: RecordDigest
        /// What `verify` finds: the records of old schemas hold a damaged payload.
        let findings: Set<Finding>
        let files: [String: Data]
    }

    /// - Parameters:
    ///   - folder: an empty folder for this trial.
    ///   - archive: the address of the stand-in archive.
    ///   - records: the folder with the records of old schemas.
    init(_ path: Path, _ folder: URL, archive: String, records: String) throws {
        (self.path, self.archive) = (path, archive)
        disk = FaultyDisk(folder: folder.appending(path: "disk"))
        setting = try TrialStarts(path, folder.appending(path: "starts"), records: records)
        for number in setting.folders.indices { calm.append(try undisturbed(number)) }
    }

    var starts: Range<Int> { calm.indices }

    /// How many calls of a kind the path makes from one of its starts.
    func calls(_ kind: FaultyDisk.Kind, from start: Int) -> Int { calm[start].calls[kind.rawValue] ?? 0 }

    /// Cuts the power once.
    /// - Returns: the promises that were broken.
    func cut(_ seed: UInt64, without: Safeguard?) throws -> [String] {
        var dice = SplitMix64(state: seed)
        let number = Int(seed % UInt64(calm.count))
        let changes = calm[number].calls["change"] ?? 0
        // One in four times after the end, when all that was promised has to stand.
        let call = dice.next() % 4 == 0 ? changes + 1 : Int(dice.next() % UInt64(max(changes, 1))) + 1
        return try disturbed(number, .cut(call, seed: dice.next()), without: without).faults
    }

    /// Fails one call.
    /// - Returns: the promises that were broken, and whether there was such a call: not each run makes the same.
    func fail(_ kind: FaultyDisk.Kind, call: Int, goesOn: Bool, from start: Int) throws -> (
        faults: [String], isTried: Bool
    ) {
        // GRDB traps where there is no memory for a rollback or for the end of a statement; the record has to be whole all the same.
        try disturbed(
            start, .failure(kind, call: call, goesOn: goesOn, seed: UInt64(call)), without: nil,
            mayTrap: kind == .allocate)
    }

    private func undisturbed(_ number: Int) throws -> Calm {
        try setting.lay(number, on: disk.folder)
        let held = try captures()
        let outcome = try run(.none)
        guard outcome.status == 0 else { throw Failure("\(path.rawValue) fails undisturbed: \(outcome.error)") }
        guard outcome.calls["change", default: 0] > 0 || path == .verify else {
            throw Failure("\(path.rawValue) changes nothing: libFaultDisk.so is not before it.")
        }
        let (record, findings) = try look()
        if path == .package, try files().values.contains(where: setting.oldPackage.values.contains) {
            throw Failure("An undisturbed export leaves a file of the old package.")
        }
        return Calm(
            calls: outcome.calls, left: Self.left(outcome), held: held, record: record, findings: findings,
            files: try files())
    }

    private func run(_ fault: FaultyDisk.Fault, without: Safeguard? = nil) throws -> FaultyDisk.Outcome {
        let (program, arguments) = path.command(
            disk.folder, archive: archive, collection: setting.collection, without: without)
        return try disk.run(program, arguments, fault, ignoring: without?.ignoring ?? "")
    }

    private func disturbed(
        _ number: Int, _ fault: FaultyDisk.Fault, without: Safeguard?, mayTrap: Bool = false
    ) throws -> (faults: [String], isTried: Bool) {
        try setting.lay(number, on: disk.folder)
        let outcome = try run(fault, without: without)
        var faults: [String] = []
        if outcome.isEndless { faults.append("it did not end") }
        // The command's own lines may come first.
        let isTrapOfGRDB = mayTrap && outcome.error.split(separator: "\n").contains { $0.hasPrefix("GRDB/") }
        if let signal = outcome.signal, !isTrapOfGRDB {
            faults.append("signal \(signal): \(outcome.error.prefix(300))")
        }
        if let status = outcome.status, status != 0, !outcome.saysWhy {
            faults.append("status \(status) without a sentence")
        }
        do {
            faults += try broken(outcome, calm[number], without: without)
        } catch {
            faults.append("the record cannot be read: \(error)")
        }
        return (faults, outcome.hasFailedCall)
    }

    // MARK: Promises

    private var record: String { disk.folder.appending(path: TrialStarts.record).path }

    /// Opens the record as the next process would, and reads all of it.
    private func look() throws -> (RecordDigest, Set<Finding>) {
        let database = try WaitDatabase.open(path: record)
        defer { try? database.access.close() }  // Only read: there is nothing to lose.
        let integrity = try database.access.read { try String.fetchAll($0, sql: "PRAGMA integrity_check") }
        guard integrity == ["ok"] else { throw Failure("integrity_check: \(integrity.prefix(3))") }
        return (
            try RecordDigest(database.access.connections, without: path.changing), Set(try database.verify().findings)
        )
    }

    private func broken(_ outcome: FaultyDisk.Outcome, _ calm: Calm, without: Safeguard?) throws -> [String] {
        let (record, findings) = try look()
        var faults = findings.subtracting(calm.findings).prefix(3).map { "verify: \($0)" }
        let isDone = outcome.status == 0
        switch path {
        case .collecting: faults += try brokenAcknowledgements(outcome, calm)
        case .backfill, .healing, .import, .reparse:
            if isDone { faults += record.differences(from: calm.record).map { "at once: \($0)" } }
            let again = try run(.none)
            guard again.status == 0 else { return faults + ["it does not go on: \(again.error.suffix(300))"] }
            faults += try look().0.differences(from: calm.record)
        case .migration, .verify: faults += record.differences(from: calm.record)
        case .backup: faults += record.differences(from: calm.record) + (try brokenCopy(isDone, calm))
        case .export: faults += try brokenFile(Path.exported, isDone, calm)
        case .package: faults += try brokenPackage(isDone, calm)
        }
        return faults
    }

    private func brokenAcknowledgements(_ outcome: FaultyDisk.Outcome, _ calm: Calm) throws -> [String] {
        let lines = outcome.output.split(separator: "\n").map { $0.split(separator: " ") }.filter { $0.count == 2 }
        let kept = Set(lines.filter { $0[0] == "kept" }.compactMap { Int64($0[1]) }).union(calm.held)
        let held = try captures()
        let (lost, more) = (kept.subtracting(held).count, held.subtracting(kept).count)
        return (lost > 0 ? ["\(lost) acknowledged captures are lost"] : [])
            + (more > 1 ? ["\(more) captures are there that were not acknowledged"] : [])
            + zip(Self.left(outcome), calm.left).filter { $0 > $1 }.map {
                "\($0) descriptors or bytes are left, undisturbed \($1)"
            }
    }

    private static func left(_ outcome: FaultyDisk.Outcome) -> [Int] {
        outcome.output.split(separator: "\n").map { $0.split(separator: " ") }
            .filter { ["descriptors", "memory"].contains($0.first) }.compactMap { $0.last.flatMap { Int($0) } }
    }

    private func captures() throws -> Set<Int64> {
        guard path == .collecting, FileManager.default.fileExists(atPath: record) else { return [] }
        return try DatabaseQueue(path: record).read { try Set(Int64.fetchAll($0, sql: "SELECT id FROM capture")) }
    }

    private func brokenCopy(_ isDone: Bool, _ calm: Calm) throws -> [String] {
        let path = disk.folder.appending(path: "copy.sqlite").path
        guard FileManager.default.fileExists(atPath: path) else { return isDone ? ["the backup is lost"] : [] }
        let copy = try DatabaseQueue(path: path)
        let integrity = try copy.read { try String.fetchAll($0, sql: "PRAGMA integrity_check") }
        guard integrity == ["ok"] else { return ["the backup is damaged: \(integrity.prefix(3))"] }
        return try RecordDigest(copy).differences(from: calm.record).map { "the backup: \($0)" }
    }

    private func brokenFile(_ name: String, _ isDone: Bool, _ calm: Calm) throws -> [String] {
        let held = try? Data(contentsOf: disk.folder.appending(path: name))  // Nil: it is gone, which is a fault.
        if held == calm.files[name] { return [] }
        if held == TrialStarts.oldFile { return isDone ? ["\(name) is the old one"] : [] }
        return ["\(name) has \(held.map { "\($0.count) bytes" } ?? "no file"), neither the old nor the new"]
    }

    /// Each file is the old one or the new one, and checksums are there only where all files are those they are of.
    private func brokenPackage(_ isDone: Bool, _ calm: Calm) throws -> [String] {
        let now = try files()
        let torn = now.filter { name, bytes in
            !name.hasSuffix(".part") && bytes != calm.files[name] && bytes != setting.oldPackage[name]
        }
        if let name = torn.keys.first { return ["\(name) is neither the old nor the new one"] }
        if isDone, now.filter({ !$0.key.hasSuffix(".part") }) != calm.files {
            return ["the package is not the new one"]
        }
        guard let sums = now[TrialStarts.sums] else { return [] }
        let (new, old) = (calm.files, setting.oldPackage)
        let isWhole = [new, old].contains { whole in
            whole[TrialStarts.sums] == sums && whole.allSatisfy { now[$0.key] == $0.value }
        }
        return isWhole ? [] : ["the package's checksums are not those of its files"]
    }

    /// The files beside the record, by their paths.
    private func files() throws -> [String: Data] {
        var files: [String: Data] = [:]
        for name in try FileManager.default.subpathsOfDirectory(atPath: disk.folder.path)
        where !name.hasPrefix(TrialStarts.record) {
            // Nil for folders.
            if let bytes = FileManager.default.contents(atPath: disk.folder.appending(path: name).path) {
                files[name] = bytes
            }
        }
        return files
    }
}
