import Foundation
import Testing

@testable import WaitCore

@Suite("A file of the collection ane-hk")
struct AneHKFileTests {
    static func series(_ text: String, path: String = "2024/03/23/St-John-Hospital.tsv") throws -> WaitDocument {
        let document = try #require(AneHKFile.document(path: path))
        return try AneHKFile.read(Data(text.utf8), document: document)
    }

    @Test("gives one hospital's readings in the old feed's own words")
    func rows() throws {
        let series = try Self.series(
            "UpdateTime\tTopWait\n2024-03-23 00:15\t> 8\n2024-03-23 00:30\t< 1\n2024-03-23 00:45\t> 1\n")
        #expect(series.readings.allSatisfy { $0.hospitalName == "St John Hospital" })
        #expect(series.readings.map(\.texts) == [["Over 8 hours"], ["Around 1 hour"], ["Over 1 hour"]])
        #expect(series.readings.map(\.observedAt.timeText) == ["00:15", "00:30", "00:45"])
        #expect(series.faults == [])
    }

    @Test("may lack its header, and hold rows twice")
    func duplicates() throws {
        let series = try Self.series("2024-03-23 00:15\t> 8\n2024-03-23 00:15\t> 8\n")
        #expect(series.readings.count == 1)
        #expect(series.duplicates == 1)
    }

    @Test(
        "loses a line that is no row, by its number",
        arguments: [
            ("<html>", nil as String?, "<html>"), ("2024-03-23 00:15", nil, "2024-03-23 00:15"),
            ("2024-03-23\t> 1", "UpdateTime", "2024-03-23"),
            ("2024-02-30 00:15\t> 1", "UpdateTime", "2024-02-30 00:15"),
            ("2024-03-23 00:15\t> 9", "TopWait", "> 9"), ("2024-03-23 00:15\t<1", "TopWait", "<1"),
            ("2024-03-23 00:15\t", "TopWait", ""),
        ])
    func noRow(line: String, field: String?, text: String) throws {
        let series = try Self.series("UpdateTime\tTopWait\n\(line)\n2024-03-23 00:30\t> 2\n")
        #expect(series.readings.count == 1)
        #expect(series.faults.map(\.record) == [2])
        #expect(series.faults.map(\.field) == [field])
        #expect(series.faults.map(\.text) == [text])
    }

    @Test(
        "loses a row of another day than its path names",
        arguments: [
            ("2024-03-23 00:00", true), ("2024-03-23 23:45", true), ("2024-03-24 00:15", true),
            // An hour of room: the publisher's clock at midnight.
            ("2024-03-24 01:00", true), ("2024-03-24 01:01", false), ("2024-03-22 23:00", true),
            ("2024-03-22 22:59", false), ("2024-03-24 08:00", false), ("2024-03-22 08:00", false),
            ("2002-03-23 00:15", false), ("2025-03-23 00:15", false), ("2024-04-23 00:15", false),
            ("1970-01-01 08:00", false), ("9999-12-31 23:59", false),
        ])
    func otherDay(time: String, isTaken: Bool) throws {
        let series = try Self.series("\(time)\t> 1\n2024-03-23 00:30\t> 2\n")
        #expect(series.readings.count == (isTaken ? 2 : 1))
        #expect(
            series.faults.map(\.reason) == (isTaken ? [] : ["The time is not of the day that the file's path names."]))
    }

    @Test(
        "is known by its path",
        arguments: [
            ("2024/03/23/Kwong-Wah-Hospital.tsv", true), ("x/y/2024/03/23/Kwong-Wah-Hospital.tsv", true),
            ("2024/3/23/Kwong-Wah-Hospital.tsv", false), ("Kwong-Wah-Hospital.tsv", false), ("2024/03/23/.tsv", false),
            ("2024/03/23/README.md", false),
        ])
    func paths(path: String, isOne: Bool) {
        #expect((AneHKFile.document(path: path) != nil) == isOne)
    }

    @Test("that is not UTF-8 is refused whole")
    func notUTF8() throws {
        let document = try #require(AneHKFile.document(path: "2024/03/23/St-John-Hospital.tsv"))
        #expect(throws: ReadFault.self) { try AneHKFile.read(Data([0xFF, 0xFE]), document: document) }
    }
}
