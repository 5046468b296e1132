import ArgumentParser
import CFaultVFS
import Foundation
import GRDB
import WaitCore
import WaitReplay
import WaitStore

/// Cuts the power while documents are collected, once a seed, and looks whether the record holds what was acknowledged.
@main
struct Power: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "waitkeeper-power", abstract: "Cuts the power under a collection, or fails its calls.")

    @Argument(help: "How many cuts, each by a seed of its own.")
    var seeds: UInt64 = 100

    @Option(help: "The first seed.")
    var first: UInt64 = 1

    @Flag(help: "With synchronous=NORMAL, which loses acknowledged captures: a cut has to show that, and exits with 1.")
    var weak = false

    @Flag(
        help: "No cut: the first call of a kind fails, then the second, until none fails; alone, and with all after it."
    )
    var calls = false

    func run() throws {
        guard fault_vfs_install() == 0 else { throw Failure("SQLite takes no VFS of ours.") }
        let folder = URL(fileURLWithPath: FileManager.default.fileExists(atPath: "/dev/shm") ? "/dev/shm" : "/tmp")
            .appending(path: "waitkeeper-power-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let cuts = try PowerCuts(folder: folder, isWeak: weak)
        if calls { return try Self.failCalls(cuts) }
        var faults = 0
        for seed in first..<(first + seeds) {
            let found = try cuts.cut(seed)
            faults += found.isEmpty ? 0 : 1
            for fault in found { print("SEED=\(seed): \(fault)") }
        }
        print("\(seeds) power cuts, \(cuts.acknowledged) captures acknowledged, \(faults) cuts with a fault")
        if faults > 0 { throw ExitCode.failure }
    }

    private static func failCalls(_ cuts: PowerCuts) throws {
        let kinds = [
            ("read", fault_read), ("write", fault_write), ("sync", fault_sync), ("open", fault_open),
            ("delete", fault_delete), ("lock", fault_lock), ("truncate", fault_truncate),
            ("shared memory", fault_shared_memory),
        ]
        var faults = 0
        for (name, kind) in kinds {
            for isForever in [false, true] {
                let (count, found) = try cuts.failEach(kind, isForever: isForever)
                print("\(name)\(isForever ? " and all after it" : ""): \(count) failed, \(found.count) with a fault")
                for fault in found.prefix(5) { print("  \(fault)") }
                faults += found.count
            }
        }
        if faults > 0 { throw ExitCode.failure }
    }

    struct Failure: Error, CustomStringConvertible {
        let description: String

        init(_ description: String) { self.description = description }
    }
}

/// A collection of a few documents that is cut off at a moment that the seed chooses.
final class PowerCuts {
    private let template: String
    private let path: String
    private let isWeak: Bool
    private let captures: [Capture]
    /// How many calls of the whole collection write, sync, open or delete: the cut falls into one of them.
    private var calls: UInt64 = 0
    /// Captures that were acknowledged before a cut, over all seeds.
    private(set) var acknowledged = 0

    private static let before = 4
    private static let during = 12

    init(folder: URL, isWeak: Bool) throws {
        template = folder.appending(path: "template.sqlite").path
        path = folder.appending(path: "record.sqlite").path
        self.isWeak = isWeak
        captures = Self.captures(Self.before + Self.during)
        fault_vfs_reset(0)
        let database = try WaitDatabase.open(path: template)
        _ = try database.record(Array(captures.prefix(Self.before)))
        try database.access.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
        try database.access.close()
        try begin(seed: 0)
        guard try collect(from: .template).count == captures.count else {
            throw Power.Failure("An uncut collection failed.")
        }
        calls = fault_vfs_writes()
    }

    enum Start {
        case template, nothing
    }

    /// Cuts one collection off; returns what the record does not hold to.
    func cut(_ seed: UInt64) throws -> [String] {
        // One in eight begins with a new file, whose migrations are cut off, too.
        let start: Start = seed % 8 == 0 ? .nothing : .template
        try begin(seed: seed, start)
        fault_vfs_cut_within(start == .template ? calls : calls * 4)
        let known = collectUntilCut(from: start)
        acknowledged += known.count
        guard fault_vfs_settle() == 0 else { throw Power.Failure("The disk could not be settled.") }
        fault_vfs_reset(seed)
        do {
            return try check(known)
        } catch {
            return ["the record cannot be read: \(error)"]
        }
    }

    /// Fails the first call of a kind in a collection, then the second, until none is left to fail; returns how many failed, and what
    /// went wrong by it.
    func failEach(_ kind: fault_call, isForever: Bool) throws -> (count: Int, found: [String]) {
        var found: [String] = []
        var number: UInt64 = 0
        while true {
            number += 1
            try begin(seed: number)
            fault_vfs_fail(kind, number, isForever ? 1 : 0)
            let known = collectUntilCut(from: .template)
            guard fault_vfs_has_failed() != 0 else { return (Int(number) - 1, found) }
            fault_vfs_reset(number)
            do {
                found += try check(known).map { "call \(number): \($0)" }
            } catch {
                found.append("call \(number): the record cannot be read: \(error)")
            }
        }
    }

    private func begin(seed: UInt64, _ start: Start = .template) throws {
        fault_vfs_reset(seed)
        for suffix in ["", "-wal", "-shm", "-journal"] { try? FileManager.default.removeItem(atPath: path + suffix) }
        if start == .template { try FileManager.default.copyItem(atPath: template, toPath: path) }
    }

    private func collectUntilCut(from start: Start) -> Set<Data> {
        do {
            return try collect(from: start)
        } catch let cut as Cut {
            return cut.acknowledged
        } catch {
            // Opening failed.
            return start == .template ? Set(captures.prefix(Self.before).compactMap(\.sha256)) : []
        }
    }

    private struct Cut: Error {
        let acknowledged: Set<Data>
    }

    /// Records capture by capture; returns the payloads of those that were acknowledged.
    private func collect(from start: Start) throws -> Set<Data> {
        let database = try WaitDatabase.open(path: path)
        defer { try? database.access.close() }
        if isWeak { try database.access.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = NORMAL") } }
        let (old, new) = (captures.prefix(Self.before), captures.dropFirst(start == .template ? Self.before : 0))
        var acknowledged = start == .template ? Set(old.compactMap(\.sha256)) : []
        for (number, capture) in new.enumerated() {
            do {
                _ = try database.record([capture])
                if number % 5 == 4 { try database.access.writeWithoutTransaction { _ = try $0.checkpoint(.passive) } }
            } catch {
                throw Cut(acknowledged: acknowledged)
            }
            if let sha256 = capture.sha256 { acknowledged.insert(sha256) }
        }
        return acknowledged
    }

    /// The record after the cut: whole, verified, with all that was acknowledged and at most the one capture that was under way.
    private func check(_ known: Set<Data>) throws -> [String] {
        let database = try WaitDatabase.open(path: path)
        defer { try? database.access.close() }
        let integrity = try database.access.read { try String.fetchAll($0, sql: "PRAGMA integrity_check") }
        let held = try database.access.read { try Set(Data.fetchAll($0, sql: "SELECT sha256 FROM payload")) }
        let findings = try database.verify().findings
        let (lost, more) = (known.subtracting(held).count, held.subtracting(known).count)
        return (integrity == ["ok"] ? [] : ["integrity_check: \(integrity.prefix(3))"])
            + findings.prefix(3).map { "verify: \($0)" }
            + (lost > 0 ? ["\(lost) acknowledged captures are lost"] : [])
            + (more > 1 ? ["\(more) captures are there that were not acknowledged"] : [])
    }

    private static func captures(_ count: Int) -> [Capture] {
        let world = SimulatedWorld(
            seed: 1, hospitals: BundledPlaces.hospitals.map { SimulatedHospital(name: $0.name, busyness: 1) })
        let (feed, document) = (Feed.aeWait, Feed.aeWait.documents[0])
        return (0..<count).map { slot in
            let at = Date(timeIntervalSince1970: 1_767_196_800 + Double(slot) * 900)
            let body = Body(Data(world.aeWait(language: .en, at: at)), of: document, in: feed, httpStatus: 200)
            return Capture(
                feed: feed, document: document, origin: .live, capturedAt: at.addingTimeInterval(70), milliseconds: 40,
                answer: .body(body))
        }
    }
}

extension Capture {
    fileprivate var sha256: Data? { if case .body(let body) = answer { body.sha256 } else { nil } }
}
