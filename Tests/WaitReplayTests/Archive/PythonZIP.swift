import Foundation
import TestSupport
import Testing

/// A member of a ZIP as Python's zipfile reads it.
struct ZIPMember: Decodable, Equatable {
    let name: String
    let text: String
    /// `2026-01-20 04:30:00`.
    var modified: String?
}

/// A ZIP read by Python, so that it is not our own code that says the file is sound.
struct PythonZIP: Decodable {
    /// In the order of the directory; of two with one name both.
    let members: [ZIPMember]
    /// The first member whose CRC is wrong; nil where all are right.
    let bad: String?

    private static let script = """
        import json, sys, zipfile
        file = zipfile.ZipFile(sys.argv[1])
        members = [{"name": i.filename, "text": file.read(i).decode(),
                    "modified": "%04d-%02d-%02d %02d:%02d:%02d" % i.date_time} for i in file.infolist()]
        print(json.dumps({"members": members, "bad": file.testzip()}))
        """

    static let isPossible = (try? run(["-c", "import zipfile"]))?.status == 0  // without Python there is nothing to run

    init(_ bytes: [UInt8]) throws {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString + ".zip")
        defer { try? FileManager.default.removeItem(at: file) }  // left behind at worst
        try Data(bytes).write(to: file)
        let result = try Self.run(["-c", Self.script, file.path])
        try #require(result.status == 0)
        self = try JSONDecoder().decode(PythonZIP.self, from: result.output)
    }

    private static func run(_ arguments: [String]) throws -> (status: Int32, output: Data) {
        let process = ChildProcess()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3"] + arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, output)
    }
}
