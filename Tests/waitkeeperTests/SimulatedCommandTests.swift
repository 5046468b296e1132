import Foundation
import TestSupport
import Testing
import WaitCore
import WaitReplay
import WaitStore

@Suite("Every command that prints JSON or CSV says whether its figures are simulated")
struct SimulatedCommandTests {
    private static let asked = [
        ["latest"], ["trend", "QMH"], ["trend", "QMH,PWH"], ["profile", "QMH"], ["compare"], ["quotas"],
        ["quotas", "--district", "Sha Tin"], ["quotas", "--clinic", "lek-yuen-family-medicine-clinic"], ["coverage"],
        ["show", "QMH", "2026-11-14T09:15"], ["status"], ["verify"],
    ]

    @Test("as a member of an object, and as CSV's last column in a demo's record alone", arguments: [true, false])
    func commands(isSimulated: Bool) async throws {
        let fixtures = try DocumentFolder(path: Documents.root.appending(path: "Fixtures").path)
        try await withReplayServer(answer: fixtures.answer(to:)) { server in
            try await Command.withFolder { folder in
                let path = folder.appending(path: "record.sqlite").path
                if isSimulated { try WaitDatabase.makeSimulated(path: path) }
                let database = ["--database", "record.sqlite"]
                let poll = ["poll", "--ha-url", server.baseURL]
                for command in [poll] + Self.asked {
                    let json = try Command.run(command + ["--format", "json"] + database, in: folder)
                    #expect(json.status == 0, "\(command) \(json.errors)")
                    let object = try #require(
                        try JSONSerialization.jsonObject(with: json.bytes) as? [String: Any], "\(command)")
                    #expect(object["simulated"] as? Bool == isSimulated, "\(command)")
                    #expect(object["source"] as? String == Attribution.source, "\(command)")
                    let csv = try Command.run(command + ["--format", "csv"] + database, in: folder).output
                    let records = try CSVReader.records(Array(csv.utf8))
                    #expect((records.first?.last == "simulated") == isSimulated, "\(command)")
                    if isSimulated { #expect(records.dropFirst().allSatisfy { $0.last == "true" }, "\(command)") }
                }
            }
        }
    }

    @Test("in exports, and in the names of a package's files")
    func exports() async throws {
        try await Command.withFolder { folder in
            try WaitDatabase.makeSimulated(path: folder.appending(path: "record.sqlite").path)
            let database = ["--database", "record.sqlite"]
            _ = try Command.run(["reparse"] + database, in: folder)
            let csv = try Command.run(["export", "hospitals"] + database, in: folder)
            #expect(csv.output.prefix { $0 != "\r\n" }.hasSuffix(",simulated"))
            let geoJSON = try Command.run(["export", "hospitals", "--format", "geojson"] + database, in: folder)
            let object = try JSONSerialization.jsonObject(with: geoJSON.bytes) as? [String: Any]
            #expect(object?["simulated"] as? Bool == true)
            #expect(try Command.run(["export", "hospitals", "--output", "out"] + database, in: folder).status == 0)
            let names = try FileManager.default.contentsOfDirectory(atPath: folder.appending(path: "out").path).sorted()
            #expect(names == ["SHA256SUMS", "SIMULATED-hospitals.csv", "datapackage.json"])
        }
    }
}
