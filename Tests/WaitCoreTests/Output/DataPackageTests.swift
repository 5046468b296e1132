import Foundation
import Testing

@testable import WaitCore

@Suite("A data package")
struct DataPackageTests {
    private static func package(
        _ dataset: ExportDataset = .aeWaits, _ format: ExportFormat = .csv, isSimulated: Bool = false
    ) throws -> DataPackage {
        var counts = SlotCounts()
        for state in [SlotState.observed, .observed, .unknown] { counts.add(state) }
        let from = try #require(HongKongMinute(text: "2026-01-01"))
        return DataPackage(
            try ExportRequest(dataset, as: format),
            file: .init(name: "data.\(format.rawValue)", byteCount: 12, sha256: "ab", rows: 3),
            range: TimeRange(from: from, to: from.adding(minutes: 1_440)), coverage: counts,
            newest: .init(capture: 7, capturedAt: "2026-01-02T00:01:02+08:00"), version: "9.9",
            isSimulated: isSimulated)
    }

    private static func object(_ package: DataPackage) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(package.json())) as? [String: Any])
    }

    @Test("describes every column with type and meaning, in order", arguments: [ExportFormat.csv, .ndjson])
    func fields(format: ExportFormat) throws {
        let resources = try #require(try Self.object(Self.package(.aeWaits, format))["resources"] as? [[String: Any]])
        let schema = try #require(resources.first?["schema"] as? [String: Any])
        let fields = try #require(schema["fields"] as? [[String: Any]])
        #expect(fields.map { $0["name"] as? String } == ExportDataset.aeWaits.columns.map(\.name))
        #expect(fields.allSatisfy { $0["type"] != nil && $0["description"] != nil })
        #expect(fields.first { $0["name"] as? String == "t3_p50_minutes" }?["unit"] as? String == "minutes")
        #expect(schema["primaryKey"] as? [String] == ["hospital", "observed_at"])
    }

    @Test("names the file with its size and hash")
    func file() throws {
        let resource = try #require((Self.object(Self.package())["resources"] as? [[String: Any]])?.first)
        #expect(resource["path"] as? String == "data.csv" && resource["bytes"] as? Int == 12)
        #expect(resource["hash"] as? String == "sha256:ab" && resource["rows"] as? Int == 3)
    }

    @Test("states the range as instants, the coverage as counts, and where it all comes from")
    func scope() throws {
        let object = try Self.object(Self.package())
        #expect(
            object["range"] as? [String: String] == [
                "from": "2026-01-01T00:00:00+08:00", "to": "2026-01-02T00:00:00+08:00",
            ])
        let coverage = try #require(object["coverage"] as? [String: Any])
        #expect(coverage["expected"] as? Int == 3 && coverage["observed"] as? Int == 2)
        #expect(coverage["unknown"] as? Int == 1 && coverage["coverage"] as? Double == 2.0 / 3)
        #expect(object["source"] as? String == Attribution.source)
        let sources = try #require(object["sources"] as? [[String: String]])
        #expect(sources.contains { $0["path"] == Feed.aeWait.documents[0].url })
        #expect((object["licenses"] as? [[String: String]])?.count == 1)
    }

    @Test("has a line to cite it by: range, version and the record's newest capture")
    func citation() throws {
        #expect(
            try Self.package().citation == """
                Hospital Authority (Hong Kong), via DATA.GOV.HK: A&E waiting times of Hong Kong's public hospitals, new feed, \
                2026-01-01T00:00:00+08:00 to 2026-01-02T00:00:00+08:00. Compiled by Waitkeeper 9.9, record up to capture 7 of \
                2026-01-02T00:01:02+08:00.
                """)
    }

    @Test("of a simulated record says so first")
    func simulated() throws {
        let object = try Self.object(Self.package(isSimulated: true))
        #expect((object["title"] as? String)?.hasPrefix("SIMULATED") == true)
        #expect(object["simulated"] as? Bool == true)
        #expect((object["citation"] as? String)?.contains("SIMULATED, no real figures") == true)
        #expect((object["citation"] as? String)?.hasPrefix("Hospital Authority") == false)
        let resource = try #require((object["resources"] as? [[String: Any]])?.first)
        #expect(
            object["name"] as? String == "simulated-ae-waits" && resource["name"] as? String == "simulated-ae-waits")
        let fields = try #require((resource["schema"] as? [String: Any])?["fields"] as? [[String: Any]])
        #expect(fields.last?["name"] as? String == "simulated" && fields.last?["trueValues"] as? [String] == ["true"])
    }

    @Test("of a map has no table schema")
    func map() throws {
        let resource = try #require(
            (Self.object(Self.package(.latest, .geojson))["resources"] as? [[String: Any]])?.first)
        #expect(resource["schema"] == nil && resource["mediatype"] as? String == "application/geo+json")
    }

    @Test("is indented without a change to what it says")
    func indented() throws {
        let text = #"{"a":[1,{"b":"x, \"y\": {z}\\"}],"c":null}"#
        let indented = JSONText.indented(Array(text.utf8))
        #expect(
            String(decoding: indented, as: UTF8.self) == """
                {
                  "a": [
                    1,
                    {
                      "b": "x, \\"y\\": {z}\\\\"
                    }
                  ],
                  "c": null
                }

                """)
    }
}
