import Foundation
import TestSupport
import Testing

@testable import WaitStore

@Suite("The lock of a collector")
struct RunLockTests {
    private let folder: TemporaryFolder
    private let path: String

    init() throws {
        folder = try TemporaryFolder()
        path = folder.path(of: "record.sqlite")
    }

    @Test("refuses a second collector with a sentence that names the record")
    func second() throws {
        let first = try RunLock.acquire(besides: path)
        defer { first.release() }
        #expect {
            _ = try RunLock.acquire(besides: path)
        } throws: { error in
            let error = error as? StoreError
            return error?.code == .busy && error?.message.contains("collects into \(path); end that one first") == true
        }
    }

    @Test("can be had again once it is released")
    func released() throws {
        try RunLock.acquire(besides: path).release()
        try RunLock.acquire(besides: path).release()
    }

    @Test("of one record does not hold another's")
    func another() throws {
        let first = try RunLock.acquire(besides: path)
        defer { first.release() }
        try RunLock.acquire(besides: folder.path(of: "other.sqlite")).release()
    }

    @Test("says that the folder is missing")
    func missingFolder() {
        #expect {
            _ = try RunLock.acquire(besides: folder.path(of: "nowhere/record.sqlite"))
        } throws: { error in
            let error = error as? StoreError
            return error?.code == .cannotOpen && error?.message.contains("check that the folder exists") == true
        }
    }

    static let spellings: [(String, @Sendable (TemporaryFolder) throws -> String)] = [
        ("a link", { try link("record.sqlite", $0, as: "link.sqlite") }),
        ("a link to a link", { try link(link("record.sqlite", $0, as: "a.sqlite"), $0, as: "b.sqlite") }),
        ("an absolute link", { try link($0.path(of: "record.sqlite"), $0, as: "link.sqlite") }),
        ("a folder's link", { try link(".", $0, as: "folder") + "/record.sqlite" }),
        ("dots", { $0.path(of: "../\(URL(fileURLWithPath: $0.path).lastPathComponent)/./record.sqlite") }),
        ("two slashes", { $0.path + "//record.sqlite" }),
    ]

    private static func link(_ target: String, _ folder: TemporaryFolder, as name: String) throws -> String {
        try FileManager.default.createSymbolicLink(
            atPath: folder.path(of: name), withDestinationPath: target)
        return folder.path(of: name)
    }

    @Test("is one for one record, whatever its path is spelled like", arguments: spellings.indices, [true, false])
    func spelled(index: Int, isThere: Bool) throws {
        if isThere { try Data().write(to: URL(fileURLWithPath: path)) }
        let other = try Self.spellings[index].1(folder)
        let first = try RunLock.acquire(besides: path)
        defer { first.release() }
        #expect(throws: StoreError.self, "\(Self.spellings[index].0)") { _ = try RunLock.acquire(besides: other) }
    }

    @Test("can be opened by its owner alone, also where an earlier version left it open to all")
    func permissions() throws {
        for _ in 0..<2 {
            try RunLock.acquire(besides: path).release()
            let attributes = try FileManager.default.attributesOfItem(atPath: "\(path).lock")
            #expect(attributes[.posixPermissions] as? Int == 0o600)
            try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: "\(path).lock")
        }
    }

    @Test("is not taken on a file that somebody else has linked to")
    func planted() throws {
        let victim = folder.path(of: "victim")
        try FileManager.default.createSymbolicLink(atPath: "\(path).lock", withDestinationPath: victim)
        #expect { _ = try RunLock.acquire(besides: path) } throws: { "\($0)".contains("it is a link; remove it") }
        #expect(!FileManager.default.fileExists(atPath: victim))
    }

    @Test("leaves the record itself alone")
    func beside() throws {
        let lock = try RunLock.acquire(besides: path)
        defer { lock.release() }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["record.sqlite.lock"])
    }
}
