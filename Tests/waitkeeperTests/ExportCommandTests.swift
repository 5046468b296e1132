import Foundation
import TestSupport
import Testing
import WaitCore
import WaitReplay

@testable import waitkeeper

/// `export` as a user runs it, on a record made of the fixtures.
@Suite("The export command")
struct ExportCommandTests {
    private static func withRecord(_ body: (URL) throws -> Void) async throws {
        let fixtures = try DocumentFolder(path: Documents.root.appending(path: "Fixtures").path)
        try await withReplayServer(answer: fixtures.answer(to:)) { server in
            try await Command.withFolder { folder in
                _ = try Command.run(["poll", "--ha-url", server.baseURL, "--database", "record.sqlite"], in: folder)
                try body(folder)
            }
        }
    }

    private static func export(_ arguments: String..., in folder: URL) throws -> Command.Result {
        try Command.run(["export"] + arguments + ["--database", "record.sqlite"], in: folder)
    }

    private static func files(_ folder: URL) throws -> Set<String> {
        Set(try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { !$0.hasPrefix("record.sqlite") })
    }

    @Test("writes data to standard output, and on standard error rows, range and source in a line")
    func standardOutput() async throws {
        try await Self.withRecord { folder in
            let result = try Self.export("ae-waits", in: folder)
            #expect(result.status == 0)
            #expect(try CSVReader.records(Array(result.bytes)).count == 19)
            #expect(
                result.errors.hasPrefix(
                    "ae-waits: 18 rows from 2025-10-13T00:00:00+08:00 up to 2026-11-14T09:30:00+08:00"))
            #expect(result.errors.hasSuffix("Source: Hospital Authority, via DATA.GOV.HK.\n"))
        }
    }

    @Test("writes the same into a file, and leaves nothing beside it")
    func file() async throws {
        try await Self.withRecord { folder in
            let printed = try Self.export("clinic-quotas", "--format", "ndjson", in: folder)
            #expect(try Self.export("clinic-quotas", "--format", "ndjson", "-o", "q.ndjson", in: folder).output == "")
            #expect(try Data(contentsOf: folder.appending(path: "q.ndjson")) == printed.bytes)
            #expect(try Self.files(folder) == ["q.ndjson"])
        }
    }

    @Test("makes a package that checks, and makes it the same a second time")
    func package() async throws {
        try await Self.withRecord { folder in
            var packages: [[Data]] = []
            for _ in 1...2 {
                #expect(try Self.export("ae-waits", "--output", "package", in: folder).status == 0)
                let package = folder.appending(path: "package")
                let names = try Self.files(package).sorted()
                #expect(names == ["SHA256SUMS", "ae-waits.csv", "datapackage.json"])
                packages.append(try names.map { try Data(contentsOf: package.appending(path: $0)) })
            }
            #expect(packages[0] == packages[1])
            let path = folder.appending(path: "package").path
            let check = try Command.shell("--version && cd '\(path)' && sha256sum --check --strict SHA256SUMS")
            #expect(check.status == 0 && check.output.contains("datapackage.json: OK"))
            let other = try Self.export("hospitals", "--output", "package", in: folder)
            #expect(other.status == 1 && other.errors.contains("holds the package of another export"))
        }
    }

    @Test(
        "ends with 64 and a sentence where it makes no sense",
        arguments: [
            (["ae-waits", "-o", "a.csv", "--output", "a"], "not both"),
            (["ae-waits", "--format", "geojson"], "has no GeoJSON"), (["latest"], "as geojson only"),
            (["ae-waits", "--format", "ndjson", "--excel"], "Excel reads the csv"),
            (["hospitals", "--in", "2026"], "without a range"), (["nonsense"], "nonsense"),
            (["ae-waits", "--from", "2026-02-01", "--to", "2026-01-01"], "ends before it begins"),
            (["ae-waits", "--format", "xlsx"], "xlsx"),
        ])
    func nonsense(arguments: [String], says: String) throws {
        let result = try Command.run(["export"] + arguments)
        #expect(result.status == 64)
        #expect(result.errors.contains(says))
    }

    @Test("leaves no half file where the file cannot be written whole, and the one before as it was")
    func halfFile() async throws {
        try await Self.withRecord { folder in
            let file = folder.appending(path: "quotas.csv")
            try Data("before".utf8).write(to: file)
            // At most 64 KB a file, told by an error of writing: as a full disk does.
            let result = try Command.shell(
                "export clinic-quotas --force --database '\(folder.path)/record.sqlite' -o '\(file.path)'",
                after: "trap '' XFSZ; ulimit -f 128")
            #expect(result.status == 1)
            #expect(result.errors.contains("could not be written") && result.errors.contains("nothing was left behind"))
            #expect(try String(contentsOf: file, encoding: .utf8) == "before")
            #expect(try Self.files(folder) == ["quotas.csv"])
        }
    }

    /// What is there before, the options, the exit code, and what is said.
    static let overwritten: [(there: String?, options: [String], status: Int32, says: String)] = [
        ("out.csv", ["-o", "out.csv"], 1, "out.csv already exists; name another file, or replace it with --force."),
        ("out.csv", ["-o", "out.csv", "--force"], 0, "18 rows"), (nil, ["-o", "out.csv"], 0, "18 rows"),
        (nil, ["-o", "out.csv", "--force"], 0, "18 rows"),
        ("out/hospitals.csv", ["--output", "out"], 1, "hospitals.csv already exists; name another folder"),
        ("out/hospitals.csv", ["--output", "out", "--force"], 0, "18 rows"),
        ("out/datapackage.json", ["--output", "out"], 1, "holds the package of another export"),
        ("out/notes.txt", ["--output", "out"], 0, "18 rows"),
    ]

    @Test("never replaces a file that is there unless it is forced", arguments: overwritten)
    func overwriting(there: String?, options: [String], status: Int32, says: String) async throws {
        try await Self.withRecord { folder in
            if let there {
                let file = folder.appending(path: there)
                try FileManager.default.createDirectory(
                    at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
                try Data("mine".utf8).write(to: file)
            }
            let result = try Command.run(
                ["export", "hospitals"] + options + ["--database", "record.sqlite"], in: folder)
            #expect(result.status == status && result.errors.contains(says), "\(result.errors)")
            if let there, status == 1 {
                #expect(try String(contentsOf: folder.appending(path: there), encoding: .utf8) == "mine")
            }
        }
    }

    @Test("writes to standard output where the file is -")
    func dash() async throws {
        try await Self.withRecord { folder in
            let result = try Self.export("hospitals", "-o", "-", in: folder)
            #expect(result.status == 0 && result.output.hasPrefix("code,name_en"))
            #expect(try Self.files(folder) == [])
        }
    }

    @Test("says why there are no rows, what was asked for and what there is")
    func noRows() async throws {
        try await Self.withRecord { folder in
            let result = try Self.export("ae-waits", "--in", "2024", in: folder)
            #expect(result.status == 0 && result.errors.contains("ae-waits: 0 rows"))
            #expect(result.errors.contains("Asked for: from 2024-01-01T00:00:00+08:00 up to 2025-01-01"))
        }
    }

    @Test("will not write over a folder, and says what to use")
    func overFolder() async throws {
        try await Self.withRecord { folder in
            let result = try Self.export("hospitals", "-o", ".", in: folder)
            #expect(result.status == 1 && result.errors.contains("use --output for a folder"))
        }
    }

    @Test("writes devices directly, and leaves them what they are")
    func device() async throws {
        try await Self.withRecord { folder in
            let full = try Self.export("hospitals", "-o", "/dev/full", in: folder)
            let printed = try Self.export("hospitals", "-o", "/dev/stdout", in: folder)
            #expect(full.status == 1 && printed.output.hasPrefix("code,name_en"))
        }
    }

    @Test("ends quietly where its reader has gone")
    func readerGone() async throws {
        try await Self.withRecord { folder in
            let result = try Command.shell("export clinic-quotas --database '\(folder.path)/record.sqlite' | head -n 1")
            #expect(result.output.hasPrefix("clinic,") && !result.errors.contains("Error"))
        }
    }
}

@Suite("A file to be written whole")
struct OutputFileTests {
    @Test("is not there, nor anything of it, where writing ends early")
    func abandoned() async throws {
        try await Command.withFolder { folder in
            do {
                let file = try OutputFile(path: folder.appending(path: "a.csv").path, .devices)
                try file.write(Array("half".utf8))
            }
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
        }
    }

    @Test("has its name when it is finished, through a link as well")
    func finished() async throws {
        try await Command.withFolder { folder in
            let (file, link) = (folder.appending(path: "a.csv"), folder.appending(path: "link.csv"))
            try Data("old".utf8).write(to: file)
            try FileManager.default.createSymbolicLink(at: link, withDestinationURL: file)
            var output = try OutputFile(path: link.path, .anything)
            try output.write(Array("whole".utf8))
            #expect(try String(contentsOf: file, encoding: .utf8) == "old")
            try output.finish()
            #expect(try String(contentsOf: file, encoding: .utf8) == "whole")
            #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link.path) == file.path)
        }
    }
}
