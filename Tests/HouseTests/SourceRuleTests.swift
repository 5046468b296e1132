import Foundation
import TestSupport
import Testing

/// Rules of the house that a compiler does not hold.
@Suite("The sources")
struct SourceRuleTests {
    static func sources(below name: String = "Sources") throws -> [(file: String, text: String)] {
        let folder = Documents.root.appending(path: name)
        return try FileManager.default.subpathsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".swift") }.map {
            ($0, try String(contentsOf: folder.appending(path: $0), encoding: .utf8))
        }
    }

    @Test(
        "hold no forced try, forced cast, fatalError or public",
        arguments: ["try!", "as!", "fatalError(", "\n    public ", "\npublic "])
    func forbidden(word: String) throws {
        #expect(try Self.sources().filter { $0.text.contains(word) }.map(\.file) == [])
    }

    /// What asks the machine for its time, its zone or its habits.
    static let machineWords = [
        "Date()", "Date.now", "HongKongMinute.now", "TimeZone.current", "TimeZone.autoupdatingCurrent",
        "Locale.current",
        "Calendar.current", "'now'", "CURRENT_TIMESTAMP", "clock: WallClock = ", "localtime",
    ]

    @Test(
        "take the time from the clock they are given, and nothing from the machine's zone and language",
        arguments: machineWords)
    func ofTheMachine(word: String) throws {
        let files = try Self.sources().filter { $0.text.contains(word) }.map(\.file)
        #expect(files == (word == "Date()" ? ["WaitIngest/WallClock.swift"] : []))
    }

    @Test("are tested without the machine's time, zone and language", arguments: machineWords.prefix(7))
    func testsOfTheMachine(word: String) throws {
        let files = try Self.sources(below: "Tests").filter { $0.text.contains(word) }.map(\.file)
        #expect(files.filter { $0 != "HouseTests/SourceRuleTests.swift" } == [])
    }

    @Test("stay under 300 lines a file")
    func sizes() throws {
        let long = try Self.sources().filter {
            $0.text.split(separator: "\n", omittingEmptySubsequences: false).count > 300
        }
        #expect(long.map(\.file) == [])
    }

    @Test("say a reason beside every @unchecked Sendable")
    func unchecked() throws {
        let files = try Self.sources().filter { $0.text.contains("@unchecked Sendable") }.map(\.file)
        #expect(files == ["WaitFetch/MultiHandle.swift"])
    }

    @Test("make no dictionary of rows that ends the process where a damaged file has a key twice")
    func doubledKeys() throws {
        let files = try Self.sources().filter {
            $0.file.hasPrefix("WaitStore/") && $0.text.contains("uniqueKeysWithValues")
        }
        // Of this version's lists, of ranks, and of a set's members.
        #expect(
            files.map(\.file).sorted() == [
                "WaitStore/Packed/MetricValues.swift", "WaitStore/Queries/ReadingPages.swift",
            ])
    }

    @Test("decode rows in one module, whose subscripts throw in place of ending the process")
    func rows() throws {
        let files = try Self.sources().filter { $0.text.contains("import GRDB") && !$0.file.hasPrefix("WaitStore/") }
        #expect(files.map(\.file) == [])
        let decoding = try #require(try Self.sources().first { $0.file == "WaitStore/RowDecoding.swift" }).text
        for key in ["_ column: String", "_ index: Int"] {
            #expect(decoding.contains("subscript<Value: DatabaseValueConvertible>(\(key)) -> Value"))
            #expect(
                decoding.contains(
                    "subscript<Value: DatabaseValueConvertible & StatementColumnConvertible>(\(key)) -> Value"))
        }
    }

}
