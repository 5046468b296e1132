import Foundation
import Testing
import WaitReplay

@Suite("A folder of documents")
struct DocumentFolderTests {
    private static let folder = DocumentFolder([
        "aedwtdata2-en.json": Array("wait".utf8), "200601.zip": Array("PK".utf8), "odd.bin": [1],
    ])

    /// A folder on disk with these files by relative path, gone after the body.
    private func withFolder(_ files: [String: String], _ body: (String) throws -> Void) throws {
        let root = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: root) }  // left behind at worst
        for (path, text) in files {
            let file = root.appendingPathComponent(path)
            let parent = file.deletingLastPathComponent()
            try FileManager.default.createDirectory(at: parent, withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file)
        }
        try body(root.path)
    }

    @Test(
        "answers a public path by its last component",
        arguments: [
            "/opendata/aed/aedwtdata2-en.json", "/aedwtdata2-en.json", "aedwtdata2-en.json", "//x//aedwtdata2-en.json",
        ])
    func lastComponent(path: String) {
        #expect(Self.folder.answer(to: ReplayRequest(target: path)).body == Array("wait".utf8))
    }

    @Test(
        "tells a document's type by its name",
        arguments: [
            ("/aedwtdata2-en.json", "application/json"), ("/200601.zip", "application/zip"),
            ("/odd.bin", "application/octet-stream"),
        ])
    func contentType(path: String, type: String) {
        #expect(Self.folder.answer(to: ReplayRequest(target: path)).headers.value(of: "Content-Type") == type)
    }

    @Test("finds files in the folder and its sub-folders, without notes and hidden files")
    func readsSubfolders() throws {
        let files = ["a.json": "a", "ae-wait/b.json": "b", "x/y/c.json": "c", "NOTES.md": "n", ".git/d.json": "d"]
        try withFolder(files) { path in
            let folder = try DocumentFolder(path: path)
            #expect(folder.names == ["a.json", "b.json", "c.json"])
            #expect(folder.answer(to: ReplayRequest(target: "/opendata/b.json")).body == Array("b".utf8))
        }
    }

    @Test(
        "leads nowhere outside the folder",
        arguments: [
            "/../secret.json", "/..%2fsecret.json", "/in/../../secret.json", "/", "/..", "/in", "",
            "/%2e%2e/secret.json",
        ])
    func traversal(target: String) throws {
        try withFolder(["secret.json": "s", "in/a.json": "a"]) { path in
            let folder = try DocumentFolder(path: path + "/in")
            #expect(folder.answer(to: ReplayRequest(target: target)) == .notFound)
        }
    }

    @Test("follows no link out of the folder")
    func links() throws {
        try withFolder(["secret.json": "s", "in/a.json": "a"]) { path in
            try FileManager.default.createSymbolicLink(
                atPath: path + "/in/link.json", withDestinationPath: path + "/secret.json")
            #expect(try DocumentFolder(path: path + "/in").names == ["a.json"])
        }
    }

    @Test("refuses two files of one name, naming both")
    func sameName() throws {
        try withFolder(["x/a.json": "1", "y/a.json": "2"]) { path in
            #expect(throws: DocumentFolderError.sameName("a.json", first: "x/a.json", second: "y/a.json")) {
                try DocumentFolder(path: path)
            }
        }
    }

    @Test("says which folder it cannot read")
    func missing() {
        let error = #expect(throws: DocumentFolderError.self) { try DocumentFolder(path: "/nowhere/at-all") }
        #expect(error?.description.hasPrefix("cannot read /nowhere/at-all: ") == true)
    }
}
