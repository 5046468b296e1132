import Foundation
import GRDB
import TestSupport
import Testing

@testable import WaitStore

/// What people and programs do to files that are open: the process goes on writing where nothing is found again.
@Suite("A record whose file is taken away is noticed before anything more is written")
struct RecordFileTests {
    private let folder: TemporaryFolder
    private let home: String
    private let path: String

    init() throws {
        folder = try TemporaryFolder()
        home = folder.path(of: "home")
        path = "\(home)/record.sqlite"
        try FileManager.default.createDirectory(atPath: home, withIntermediateDirectories: false)
    }

    struct Deed: Sendable, CustomTestStringConvertible {
        let testDescription: String
        /// In the folder that holds `home`.
        let shell: String
        let says: String
    }

    static let deeds = [
        Deed(testDescription: "removed", shell: "rm home/record.sqlite", says: "was removed or renamed"),
        Deed(
            testDescription: "removed with all beside it", shell: "rm home/record.sqlite*",
            says: "was removed or renamed"),
        Deed(
            testDescription: "renamed", shell: "mv home/record.sqlite home/old.sqlite", says: "was removed or renamed"),
        Deed(testDescription: "moved", shell: "mv home/record.sqlite .", says: "was removed or renamed"),
        Deed(testDescription: "its folder removed", shell: "rm -r home", says: "was removed or renamed"),
        Deed(testDescription: "its folder renamed", shell: "mv home away", says: "was removed or renamed"),
        Deed(
            testDescription: "replaced by another record", shell: "mv other.sqlite home/record.sqlite",
            says: "Another file has taken the name"),
        Deed(
            testDescription: "replaced by a copy", shell: "cp home/record.sqlite c; mv c home/record.sqlite",
            says: "Another file has taken the name"),
        Deed(
            testDescription: "replaced by an empty file", shell: "rm home/record.sqlite; : > home/record.sqlite",
            says: "Another file has taken the name"),
        Deed(
            testDescription: "its log removed", shell: "rm home/record.sqlite-wal", says: "-wal was removed or replaced"
        ),
        Deed(
            testDescription: "its log replaced", shell: "cp home/record.sqlite-wal c; mv c home/record.sqlite-wal",
            says: "-wal was removed or replaced"),
    ]

    @Test("whatever it is that was done", arguments: deeds)
    func taken(deed: Deed) throws {
        _ = try WaitDatabase.open(path: folder.path(of: "other.sqlite"))
        let database = try WaitDatabase.open(path: path)
        try database.record(.fixture(.aeWait, .en))
        try database.checkFile()
        try Self.shell(deed.shell, in: folder.path)
        #expect { try database.checkFile() } throws: { Self.isGone($0, saying: deed.says) }
        #expect { try database.record(.fixture(.aeTopWait, .en)) } throws: { Self.isGone($0, saying: deed.says) }
        #expect(try database.count("top_wait_reading") == 0)
    }

    @Test("also by a reader", arguments: deeds.prefix(9))
    func takenFromReader(deed: Deed) throws {
        _ = try WaitDatabase.open(path: folder.path(of: "other.sqlite"))
        let writer = try WaitDatabase.open(path: path)
        let reader = try WaitDatabase.openReadOnly(path: path)
        try reader.checkFile()
        try Self.shell(deed.shell, in: folder.path)
        #expect { try reader.checkFile() } throws: { Self.isGone($0, saying: deed.says) }
        withExtendedLifetime(writer) {}
    }

    @Test("and a file that was renamed is left with everything that was committed")
    func leaveRenamed() throws {
        do {
            let database = try WaitDatabase.open(path: path)
            try database.record(.fixture(.aeWait, .en))
            try Self.shell("mv home/record.sqlite home/old.sqlite", in: folder.path)
            database.leaveFile()
        }
        #expect(try WaitDatabase.openReadOnly(path: "\(home)/old.sqlite").count("attempt") == 1)
    }

    @Test("and a file that took its name is not read with the old one's log")
    func leaveReplaced() throws {
        do {
            try WaitDatabase.open(path: folder.path(of: "other.sqlite")).recordEach(.fixture(.aeTopWait, .en))
        }
        do {
            let database = try WaitDatabase.open(path: path)
            try database.record(.fixture(.aeWait, .en))
            try Self.shell("mv other.sqlite home/record.sqlite", in: folder.path)
            database.leaveFile()
        }
        let now = try WaitDatabase.openReadOnly(path: path)
        #expect(try now.count("wait_reading") == 0 && now.count("top_wait_reading") > 0)
        #expect(try now.findings() == [])
    }

    @Test("and a log that was cut off", arguments: ["truncate -s 0", "truncate -s 32", "truncate -s -4120"])
    func cut(command: String) throws {
        let database = try WaitDatabase.open(path: path)
        try database.record(.fixture(.aeWait, .en))
        try database.checkFile()
        try Self.shell("\(command) home/record.sqlite-wal", in: folder.path)
        #expect { try database.checkFile() } throws: { error in
            (error as? StoreError)?.code == .damaged
                && "\(error)".contains("-wal was cut off while the record was open")
        }
    }

    @Test("but not where another process has emptied the log as SQLite does")
    func emptied() throws {
        let database = try WaitDatabase.open(path: path)
        try database.record(.fixture(.aeWait, .en))
        try Self.shell("sqlite3 home/record.sqlite 'PRAGMA wal_checkpoint(TRUNCATE)'", in: folder.path)
        try database.checkFile()
        try database.record(.fixture(.aeTopWait, .en))
        try database.checkFile()
    }

    @Test("is not opened for writing where it has a second name, and says what to do")
    func secondName() throws {
        _ = try WaitDatabase.open(path: path)
        try Self.shell("ln home/record.sqlite home/hard.sqlite", in: folder.path)
        for name in ["record.sqlite", "hard.sqlite"] {
            #expect { _ = try WaitDatabase.open(path: "\(home)/\(name)") } throws: { error in
                "\(error)".contains("\(name) has 2 names (hard links)") && "\(error)".contains("keep one name")
            }
        }
        #expect(try WaitDatabase.openReadOnly(path: path).count("hospital") == 18)
    }

    private static func isGone(_ error: any Error, saying words: String) -> Bool {
        let error = error as? StoreError
        return error?.code == .gone && error?.message.contains(words) == true
    }

    private static func shell(_ line: String, in folder: String) throws {
        let process = ChildProcess()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-ec", line]
        process.currentDirectoryURL = URL(fileURLWithPath: folder)
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
    }
}
