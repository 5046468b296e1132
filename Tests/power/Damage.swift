import ArgumentParser
import Foundation
import GRDB
import TestSupport
import WaitStore

/// Damages copies of a record, and runs every command on each.
struct Damage: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract:
            "Damages copies of a record by seed: each command answers or says why not, and verify names what is wrong.")

    @Argument(help: "How many copies.")
    var copies: UInt64 = 643

    @Option(help: "The first seed.")
    var first: UInt64 = 1

    @Option(
        help: ArgumentHelp("The folder with the records of old schemas; the newest is damaged.", valueName: "folder"))
    var records = "Fixtures/records"

    func run() async throws {
        let tally = try inParallel { folder in
            let copies = try DamagedCopies(folder, records: records)
            return { number in
                let seed = first + number
                guard number < self.copies else { return nil }
                return Tally.Trial(faults: try copies.ask(seed).map { "SEED=\(seed): \($0)" })
            }
        }
        for fault in tally.faults.prefix(40) { print("  \(fault)") }
        print("\(tally.tried) damaged copies, \(tally.faulty) with a fault")
        if tally.faulty > 0 { throw ExitCode.failure }
    }
}

/// Copies of one record, each damaged by a seed.
final class DamagedCopies {
    private let disk: FaultyDisk
    private let start: URL
    private var undamaged: [String: FaultyDisk.Outcome] = [:]

    private static let questions = [
        ["status"], ["latest"], ["coverage"], ["coverage", "--feed", "ae-top-wait"], ["trend", "QMH"],
        ["profile", "QMH"], ["compare"], ["quotas"], ["show", "QMH", "2025-10-13T08:30"],
        ["export", "ae-waits", "--include-trial"], ["export", "ae-top-waits"], ["export", "hospitals"],
        ["export", "clinics"], ["export", "clinic-quotas"], ["backup", "copy.sqlite"], ["verify"], ["reparse"],
        ["import", "ane-hk", "../collection"],
    ]

    init(_ folder: URL, records: String) throws {
        disk = FaultyDisk(folder: folder.appending(path: "disk"))
        start = folder.appending(path: "start")
        try FileManager.default.createDirectory(at: start, withIntermediateDirectories: true)
        let path = start.appending(path: TrialStarts.record).path
        try TrialStarts.makeCollection(folder.appending(path: "collection"))
        guard let newest = try TrialStarts.old(records).last else { throw Failure("\(records) holds no record.") }
        try FileManager.default.copyItem(atPath: newest.path, toPath: path)
        let database = try WaitDatabase.open(path: path)
        try database.access.write(Self.repair)
        try database.access.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
        _ = try database.record(Collection.captures)
        try TrialStarts.leave(database, URL(fileURLWithPath: path), withLog: true)
        for question in Self.questions where question != ["verify"] {
            try lay()
            let outcome = try ask(question)
            guard outcome.status == 0 else { throw Failure("\(question) fails undamaged: \(outcome.error)") }
            undamaged[question.joined(separator: " ")] = outcome
        }
    }

    /// Mends the payload that is damaged on purpose (Fixtures/records/make.py): its last bit is turned again.
    private static func repair(_ db: Database) throws {
        let row = try Row.fetchOne(
            db,
            sql: """
                SELECT payload.id, deflated FROM payload JOIN attempt ON payload_id = payload.id
                JOIN document ON document.id = document_id
                WHERE url LIKE '%aedwtdata2%' ORDER BY payload.id DESC LIMIT 1
                """)
        guard let row else { return }
        var body: Data = row["deflated"]
        body[body.count - 1] ^= 1
        try db.execute(sql: "UPDATE payload SET deflated = ? WHERE id = ?", arguments: [body, row["id"] as Int])
    }

    /// - Returns: what went wrong with the copy of this seed.
    func ask(_ seed: UInt64) throws -> [String] {
        var faults: [String] = []
        var others: [String] = []
        var isFound = false
        for question in Self.questions {
            try lay()
            let damage = try damage(seed)
            let outcome = try ask(question)
            let words = "\(question.joined(separator: " ")) after \(damage)"
            if outcome.isEndless { faults.append("\(words) does not end") }
            if let signal = outcome.signal {
                faults.append("\(words) ends by signal \(signal): \(outcome.error.suffix(300))")
            }
            if let status = outcome.status, status != 0, !outcome.saysWhy {
                faults.append("\(words) ends with \(status) and no sentence: \(outcome.error.suffix(300))")
            }
            if question == ["verify"] {
                isFound = outcome.status != 0
            } else if !Self.isOfLog(seed), !["status", "reparse", "backup", "import"].contains(question[0]),
                outcome.status == 0,
                outcome.output != undamaged[question.joined(separator: " ")]?.output
            {
                others.append(words)
            }
        }
        return faults + (isFound ? [] : others.map { "\($0) says something else, and verify finds nothing" })
    }

    private func lay() throws {
        let files = FileManager.default
        if files.fileExists(atPath: disk.folder.path) { try files.removeItem(at: disk.folder) }
        try files.copyItem(at: start, to: disk.folder)
    }

    private func ask(_ question: [String]) throws -> FaultyDisk.Outcome {
        try disk.run(
            "waitkeeper", question + ["--database", disk.folder.appending(path: TrialStarts.record).path], .none)
    }

    /// Whether this seed damages the log. What SQLite no longer takes from it was never there, as after a power cut.
    private static func isOfLog(_ seed: UInt64) -> Bool { seed % 4 == 0 }

    /// Damages the copy; returns how.
    private func damage(_ seed: UInt64) throws -> String {
        var dice = SplitMix64(state: seed)
        let isLog = Self.isOfLog(seed)
        let file = disk.folder.appending(path: TrialStarts.record + (isLog ? "-wal" : ""))
        var bytes = try Data(contentsOf: file)
        let place = Int(dice.next() % UInt64(bytes.count))
        let name = isLog ? "the log" : "the file"
        let words: String
        switch dice.next() % 4 {
        case 0:
            bytes[place] ^= 1 << UInt8(dice.next() % 8)
            words = "one bit of \(name) at \(place)"
        case 1:
            let page = place / 4_096 * 4_096
            let end = min(page + 4_096, bytes.count)
            bytes.replaceSubrange(page..<end, with: Data(count: end - page))
            words = "a page of zeros in \(name) at \(page)"
        case 2:
            bytes = bytes.prefix(place)
            words = "\(name) cut off at \(place)"
        default:
            let end = min(place + Int(dice.next() % 64) + 1, bytes.count)
            for index in place..<end { bytes[index] = UInt8(truncatingIfNeeded: dice.next()) }
            words = "noise in \(name) at \(place)..<\(end)"
        }
        try bytes.write(to: file)
        return words
    }
}
