import ArgumentParser
import Foundation
import GRDB
import TestSupport
import Testing
import WaitCore
import WaitIngest
import WaitReplay
import WaitStore

@testable import waitkeeper

/// A dataset is one value: with it alone, and nothing else changed, all that reads datasets has it.
@Suite("A dataset that is added as one value")
struct ToyDatasetTests {
    private static let document = ToyDocument([
        .init("2022-23", "Queen Mary Hospital", 120),
        .init("2022-23", "Kwong Wah Hospital", 80, remark: "after, repairs"),
        .init("2022-23", "Overall", 200), .init("2023-24", "Queen Mary Hospital", 140),
    ])

    /// Runs a command in this process, for the catalogue with the toy in it.
    private func run(_ words: [String], in folder: TemporaryFolder) async throws {
        try await Composition.$catalogue.withValue(Catalogue([.toy()])) {
            var command = try Waitkeeper.parseAsRoot(words + ["--database", folder.path(of: "toy.sqlite")])
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        }
    }

    private func poll(_ document: ToyDocument, in folder: TemporaryFolder) async throws {
        let answers = DocumentFolder(["toy-visit-en.json": [UInt8](document.bytes)])
        try await withReplayServer(answer: answers.answer(to:)) { server in
            try await run(["poll", "--dataset", "toy-visit", "--stand-in-url", server.baseURL], in: folder)
        }
    }

    @Test("is fetched, stored, verified, changed and exported")
    func command() async throws {
        let folder = try TemporaryFolder()
        try await poll(Self.document, in: folder)
        try await poll(
            ToyDocument([
                .init("2022-23", "Queen Mary Hospital", 121), .init("2022-23", "Kwong Wah Hospital", 80),
                .init("2022-23", "Overall", 201), .init("2023-24", "Queen Mary Hospital", 140),
            ]), in: folder)
        for words in [
            ["datasets", "玩具"], ["rows", "toy-visit", "--where", "hospital=QMH"], ["changes", "toy-visit"], ["verify"],
        ] {
            try await run(words, in: folder)
        }
        let database = try WaitDatabase.openReadOnly(
            path: folder.path(of: "toy.sqlite"), catalogue: Catalogue([.toy()]))
        #expect(try database.verify().findings == [])
        #expect(
            try database.changes(of: .toy()).map {
                "\($0.kind) \($0.column ?? "") \($0.before.shown) \($0.after.shown)"
            }
                == [
                    "corrected remark after, repairs none", "corrected visits 120 121", "corrected visits 200 201",
                ])
        for (format, start) in [
            ("csv", "financial_year,period_text,period_from,period_to,hospital,hospital_text,hospital_en"),
            ("ndjson", #"{"financial_year":"2022-23","period_text":"2022-23","period_from":"2022-04-01""#),
        ] {
            let path = folder.path(of: "toy.\(format)")
            try await run(["export", "toy-visit", "--format", format, "-o", path], in: folder)
            let text = try String(contentsOfFile: path, encoding: .utf8)
            #expect(text.hasPrefix(start))
            #expect(text.split(whereSeparator: \.isNewline).count == (format == "csv" ? 4 : 3))
        }
        let views = try await database.access.connections.read { db in
            try Int.fetchAll(db, sql: "SELECT visits FROM toy_visit WHERE hospital = 'QMH' ORDER BY 1")
                + Int.fetchAll(db, sql: "SELECT count(*) FROM toy_visit_history")
        }
        #expect(views == [121, 140, 7])
        try database.access.close()
    }

    @Test("is refused where it is not known, with the nearest name")
    func unknown() async throws {
        let folder = try TemporaryFolder()
        try await poll(Self.document, in: folder)
        for words in [["rows", "toy-visits"], ["changes", "toy"], ["poll", "--dataset", "toy-visits"]] {
            await #expect(throws: (any Error).self) { try await run(words, in: folder) }
        }
        await #expect(throws: (any Error).self) {
            try await run(["rows", "toy-visit", "--where", "hospitals=QMH"], in: folder)
        }
    }
}
