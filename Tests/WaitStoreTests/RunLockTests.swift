import Foundation
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

    @Test("leaves the record itself alone")
    func beside() throws {
        let lock = try RunLock.acquire(besides: path)
        defer { lock.release() }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["record.sqlite.lock"])
    }
}
