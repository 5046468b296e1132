package import Foundation
import WaitCore
import WaitFetch
package import WaitStore

/// Takes in the public collection chunlaw/ane-hk: a folder of it, or a `.tar.xz` or `.tar.gz`, streamed.
package struct AneHKImport: Sendable {
    private static let groupCount = 500

    private let database: WaitDatabase
    private let now: Date

    /// What an import came to.
    package struct Summary: Sendable, Hashable {
        package var files = 0
        /// Files that are not of the collection's layout.
        package var otherFiles = 0
        /// Lines with a reading in them, and of these the ones that were new, known already, or said otherwise.
        package var rows = 0
        package var added = 0
        package var conflicts = 0
        /// Lines that are not rows, in quarantine.
        package var faults = 0

        package var duplicates: Int { rows - added - conflicts }
    }

    package init(database: WaitDatabase, now: Date) {
        (self.database, self.now) = (database, now)
    }

    /// Takes in every file below `path`, in groups of 500 a transaction.
    /// - Throws: `ArchiveError`, Foundation's file errors, the store's errors; what was committed stays.
    package func run(path: String, progress: (Int) -> Void = { _ in }) throws -> Summary {
        var summary = Summary()
        var group: [Capture] = []
        try Self.forEachFile(below: path) { name, bytes in
            guard let document = AneHKFile.document(path: name) else {
                summary.otherFiles += 1
                return
            }
            group.append(capture(bytes, document: document))
            guard group.count == Self.groupCount else { return }
            try store(&group, &summary)
            progress(summary.files)
        }
        try store(&group, &summary)
        progress(summary.files)
        return summary
    }

    private func capture(_ bytes: Data, document: Document) -> Capture {
        Capture(
            feed: .aeTopWait, document: document, origin: .import, capturedAt: now,
            answer: .body(Body(bytes, of: document, in: .aeTopWait)))
    }

    private func store(_ group: inout [Capture], _ summary: inout Summary) throws {
        for (capture, recorded) in zip(group, try database.record(group)) {
            summary.files += 1
            summary.added += recorded.added
            summary.conflicts += recorded.revisions
            summary.faults += recorded.faults.count
            if case .body(let body) = capture.answer, case .success(.waits(let waits)) = body.content {
                summary.rows += waits.readings.count + waits.duplicates
            }
        }
        group = []
    }

    /// Files in the order of their paths in a folder, of their place in an archive.
    private static func forEachFile(below path: String, _ body: (String, Data) throws -> Void) throws {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw ImportError(description: "There is nothing at \(path); name a folder or a .tar.xz of the collection.")
        }
        guard isFolder.boolValue else { return try forEachMember(of: path, body) }
        for name in try FileManager.default.subpathsOfDirectory(atPath: path).sorted() where name.hasSuffix(".tsv") {
            try body("\(path)/\(name)", try Data(contentsOf: URL(fileURLWithPath: "\(path)/\(name)")))
        }
    }

    /// A member that is cut ends the import: what is behind it in a packed archive cannot be trusted either.
    private static func forEachMember(of path: String, _ body: (String, Data) throws -> Void) throws {
        let tally = try ArchiveReader.forEachMember(of: .file(path: path)) { member in
            guard let fault = member.fault else { return try body(member.path, member.bytes) }
            throw ImportError(description: "\(path) is damaged at \(member.path) (\(fault)); fetch it again.")
        }
        guard tally.unreadable == 0 else {
            throw ImportError(description: "\(path) has \(tally.unreadable) unreadable members; fetch it again.")
        }
    }
}

/// Why nothing was imported; one sentence.
package struct ImportError: Error, CustomStringConvertible {
    package let description: String
}
