import Foundation
import TestSupport
import Testing
import WaitCore
import WaitReplay

/// `waitkeeper quotas` as a user runs it.
@Suite("The command's quotas")
struct QuotaCommandTests {
    private static func withRecord(_ body: ([String], URL) throws -> Void) async throws {
        let fixtures = try DocumentFolder(path: Documents.root.appending(path: "Fixtures").path)
        try await withReplayServer(answer: fixtures.answer(to:)) { server in
            try await Command.withFolder { folder in
                let database = ["--database", "record.sqlite"]
                #expect(try Command.run(["poll", "--ha-url", server.baseURL] + database, in: folder).status == 0)
                try body(database, folder)
            }
        }
    }

    @Test("are of districts, of a district's clinics and of a clinic, in three formats, and wrong words end it with 64")
    func quotas() async throws {
        try await Self.withRecord { database, folder in
            func quotas(_ options: String...) throws -> Command.Result {
                try Command.run(["quotas"] + options + database, in: folder)
            }
            let all = try quotas()
            #expect(all.status == 0 && all.output.hasPrefix("DISTRICT") && all.output.contains("FOUR WEEKS TO"))
            #expect(all.output.split(separator: "\n").count == 19)
            #expect(all.errors.contains("not attendance"))
            #expect(try quotas("--district", "shatin").output == quotas("--district", "沙田區").output)
            let csv = try quotas("--clinic", "瀝源家庭醫學診所", "--weekday", "1,sun", "--format", "csv").output
            let lines = csv.split(separator: "\r\n")
            #expect(lines.count == 3 && lines[1].hasPrefix("lek-yuen-family-medicine-clinic,"))
            let json = try quotas("--clinic", "lek-yuen-family-medicine-clinic", "--format", "json")
            let object = try JSONSerialization.jsonObject(with: json.bytes) as? [String: Any]
            #expect((object?["rows"] as? [Any])?.count == 7 && object?["change"] == nil)
            for (options, words) in [
                (["--clinic", "Atlantis"], "\"Atlantis\" is not a clinic"),
                (["--district", "Atlantis"], "\"Atlantis\" is not a district"),
                (["--district", "Kw"], "may be Kwai Tsing, Kwun Tong; name one of them."),
                (["--weekday", "8"], "\"8\" does not name days of the week"),
                (["--clinic", "lek yuen", "--district", "Sha Tin"], "not both"),
                (["--in", "26"], "\"26\" is not a period"),
            ] {
                let wrong = try Command.run(["quotas"] + options + database, in: folder)
                #expect(wrong.status == 64 && wrong.errors.contains(words) && wrong.output == "")
            }
            let none = try quotas("--to", "2020-01-01")
            #expect(none.status == 0 && none.errors.contains("The record has no such quotas"))
        }
    }
}
