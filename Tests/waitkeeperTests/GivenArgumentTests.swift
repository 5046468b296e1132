import Foundation
import TestSupport
import Testing
import WaitCore

/// What people write that is nearly right: one sentence says what is wrong and what was probably meant.
@Suite("Arguments that are nearly right")
struct GivenArgumentTests {
    @Test(
        "are refused with 64, what was probably meant, and how this command is used",
        arguments: [
            (["tred", "QMH"], "\"tred\" is not a command; did you mean trend?", "waitkeeper"),
            (["Latest"], "\"Latest\" is not a command; did you mean latest?", "waitkeeper"),
            (["quota"], "\"quota\" is not a command; did you mean quotas?", "waitkeeper"),
            (["help", "nosuch"], "\"nosuch\" is not a command; \"waitkeeper --help\" lists them all.", "waitkeeper"),
            (["help", "bakup"], "\"bakup\" is not a command; did you mean backup?", "waitkeeper"),
            (["frobnicate"], "\"frobnicate\" is not a command; \"waitkeeper --help\" lists them all.", "waitkeeper"),
            (
                ["trend", "QMH", "--metric", "t3_p50", "--metric", "t45_p50"], "--metric is given twice; give it once.",
                "waitkeeper trend"
            ),
            (
                ["trend", "QMH", "--in=2026-10", "--in", "2026-09"], "--in is given twice; give it once.",
                "waitkeeper trend"
            ),
            (
                ["quotas", "--weekday", "sat", "--weekdays", "sun"], "--weekday is given twice; give it once.",
                "waitkeeper quotas"
            ),
            (
                ["export", "latest", "-o", "a.csv", "-o", "b.csv"], "-o is given twice; give it once.",
                "waitkeeper export"
            ),
            (
                ["poll", "--database", "a", "--database=b"], "--database is given twice; give it once.",
                "waitkeeper poll"
            ),
            (["explain", "t45_p59"], "\"t45_p59\" is not a metric; did you mean t45_p50?", "waitkeeper explain"),
            (
                ["explain", "wait"], "\"wait\" is not a metric; \"waitkeeper explain\" lists them all.",
                "waitkeeper explain"
            ),
            (["show", "QMH", "yesterday"], "\"yesterday\" is not a time;", "waitkeeper show"),
            (
                ["backfill", "--feed", "ae-wiat", "--in", "2026"], "\"ae-wiat\" is not a feed; did you mean ae-wait?",
                "waitkeeper backfill"
            ),
            (
                ["replay", "--misbehave", "rest"], "\"rest\" is not a way to go wrong; did you mean reset?",
                "waitkeeper replay"
            ),
        ])
    func refused(arguments: [String], says: String, command: String) throws {
        let result = try Command.run(arguments)
        #expect(result.status == 64)
        #expect(result.output == "")
        #expect(result.errors.hasPrefix("Error: \(says)"), "\(result.errors)")
        #expect(result.errors.contains("Usage: \(command) "), "\(result.errors)")
        #expect(result.errors.contains("See '\(command) --help' for more information."))
    }

    @Test("are taken where only one thing can be meant")
    func taken() async throws {
        try await Command.withFolder { folder in
            let database = ["--database", "demo.sqlite"]
            #expect(try Command.run(["demo"] + database, in: folder).status == 0)
            let month = ["--in", "2026-11", "--format", "csv"] + database
            let asked = try Command.run(
                ["trend", "QMH", "--metric", "t45_p50", "--at-least", "90"] + month, in: folder)
            #expect(asked.status == 0)
            for nearly in [
                ["Mary", "--metric", "T45_P50", "--at-least", "1h30"],
                ["瑪麗", "--metric", "t45p50", "--at-least", "90m"],
                ["queen m", "--metric", "t45-p50", "--at-least", "1h30m"],
            ] {
                let result = try Command.run(["trend"] + nearly + month, in: folder)
                #expect(result.status == 0)
                #expect(result.output == asked.output, "\(nearly)")
            }
            let ends = ["--from", "2026-11", "--to", "2026-11", "--format", "csv"] + database
            let filter = ["trend", "QMH", "--metric", "t3_p50", "--weekdays"]
            let first = try Command.run(filter + ["fri", "--hours", "9-10"] + month, in: folder)
            #expect(first.status == 0)
            #expect(try Command.run(filter + ["Friday", "--hours", "9"] + ends, in: folder).output == first.output)
            let all = try Command.run(["trend"] + month, in: folder)
            #expect(all.status == 0)
            #expect(Set(all.output.split(separator: "\r\n").dropFirst().map { $0.prefix { $0 != "," } }).count == 18)
        }
    }

    @Test(
        "name the hospital, the clinic or the district that was probably meant",
        arguments: [
            (["trend", "Qeen Mary"], "\"Qeen Mary\" is not a hospital; did you mean QMH, Queen Mary Hospital?"),
            (["trend", "QMH,NOPE"], "\"NOPE\" is not a hospital; \"waitkeeper latest\" lists them all."),
            (["trend", "Untied"], "\"Untied\" is not a hospital; did you mean UCH, United Christian Hospital?"),
            (["quotas", "--district", "Sha Tim"], "\"Sha Tim\" is not a district; did you mean Sha Tin?"),
            (["quotas", "--clinic", "Lek Yeun"], "\"Lek Yeun\" is not a clinic; did you mean "),
        ])
    func places(arguments: [String], says: String) async throws {
        try await Command.withFolder { folder in
            _ = try Command.run(["reparse", "--database", "empty.sqlite"], in: folder)
            let result = try Command.run(arguments + ["--database", "empty.sqlite"], in: folder)
            #expect(result.status == 64)
            #expect(result.errors.hasPrefix("Error: \(says)"), "\(result.errors)")
        }
    }
}
