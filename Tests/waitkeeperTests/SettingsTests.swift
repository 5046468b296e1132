import Foundation
import Logging
import TestSupport
import Testing
import WaitCore
import WaitIngest

@testable import waitkeeper

@Suite("The settings")
struct SettingsTests {
    static func settings(
        _ options: [String: String] = [:], environment: [String: String] = [:], file: String? = nil
    ) throws -> Settings {
        try Settings(SettingValues(options: options, environment: environment, file: file))
    }

    static func withFile(_ json: String, _ body: (String) throws -> Void) throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "settings-\(UUID().uuidString).json")
        try Data(json.utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        try body(file.path)
    }

    @Test("have the defaults that ship inside the binary")
    func defaults() throws {
        let settings = try Self.settings(file: Documents.root.appending(path: "config/waitkeeper.json").path)
        #expect(settings.database == "waitkeeper.sqlite")
        #expect(settings.source == DocumentSource())
        #expect(settings.logLevel == .info)
        #expect(settings.schedule == PollSchedule())
        #expect(settings.lives[Feed.aeWait.id] == Feed.aeWait.life)
        #expect(settings.lives[Feed.aeTopWait.id] == Feed.aeTopWait.life)
        #expect(settings.documents(of: .aeWait).map(\.language) == [.en])
        #expect(settings.documents(of: .clinicQuota).map(\.language) == [.tc, .en])
        #expect(settings.documents(of: .clinicDirectory).count == 2)
    }

    @Test("come from an option, else the environment, else the file, else the default")
    func order() throws {
        try Self.withFile(#"{"database": "file.sqlite", "log-level": "error", "poll": {"offset-seconds": 90}}"#) {
            file in
            let environment = ["WAITKEEPER_DATABASE": "environment.sqlite", "WAITKEEPER_LOG_LEVEL": "debug"]
            let settings = try Self.settings(["database": "option.sqlite"], environment: environment, file: file)
            #expect(settings.database == "option.sqlite")
            #expect(settings.logLevel == .debug)
            #expect(settings.schedule.offsetSeconds == 90)
            #expect(settings.schedule.jitterSeconds == 30)
        }
    }

    @Test(
        "that are out of range are refused with key, value and range",
        arguments: [
            (#"{"poll": {"offset-seconds": 601}}"#, "poll.offset-seconds is \"601\""),
            (#"{"poll": {"later-tries-minutes": [4, 2]}}"#, "poll.later-tries-minutes is \"[4, 2]\""),
            (#"{"poll": {"daily-at": "25:00"}}"#, "poll.daily-at is \"25:00\""),
            (#"{"log-level": "loud"}"#, "log-level is \"loud\""),
            (#"{"ha-url": "http://example.org"}"#, "ha-url is \"http://example.org\""),
            (#"{"ha-url": "ftp://127.0.0.1"}"#, "ha-url is"),
            (#"{"feeds": {"ae-wait": {"languages": ["en", "fr"]}}}"#, "feeds.ae-wait.languages is \"en, fr\""),
            (#"{"feeds": {"ae-wait": {"languages": []}}}"#, "feeds.ae-wait.languages"),
            (#"{"feeds": {"ae-wait": {"life-from": "Monday"}}}"#, "feeds.ae-wait.life-from is \"Monday\""),
            (#"{"fetch": {"body-bytes": "many"}}"#, "fetch.body-bytes"),
            (#"{"fetch": {"user-agent": ""}}"#, "fetch.user-agent"),
            (#"{"serve": {"access-log": "sometimes"}}"#, "serve.access-log"),
            (#"{"serve": {"access-log": 1}}"#, "serve.access-log"),
            (#"{"serve": {"connections": true}}"#, "serve.connections"),
            (#"{"poll": {"daily-at": "24:00"}}"#, "poll.daily-at is \"24:00\""),
        ])
    func outOfRange(json: String, says: String) throws {
        try Self.withFile(json) { file in
            #expect { try Self.settings(file: file) } throws: { error in
                "\(error)".contains(says) && "\(error)".contains("must be")
            }
        }
    }

    @Test("turn the access log off, from the file and from the environment")
    func accessLog() throws {
        try Self.withFile(#"{"serve": {"access-log": false}}"#) { file in
            let fromFile = try Self.settings(file: file)
            let fromBoth = try Self.settings(environment: ["WAITKEEPER_SERVE_ACCESS_LOG": "true"], file: file)
            #expect(!fromFile.hasAccessLog && fromBoth.hasAccessLog)
        }
        let fromEnvironment = try Self.settings(environment: ["WAITKEEPER_SERVE_ACCESS_LOG": "false"])
        #expect(!fromEnvironment.hasAccessLog)
    }

    @Test(
        "that are not known are refused by name, with the one that was meant",
        arguments: [
            (#"{"datebase": "x"}"#, "datebase, which is not a setting; did you mean database?"),
            (#"{"poll": {"offset": 1}}"#, "poll.offset, which is not a setting; did you mean poll.offset-seconds?"),
            (#"{"colour": "red"}"#, "colour, which is not a setting; docs/settings.md lists them all."),
        ])
    func unknown(json: String, says: String) throws {
        try Self.withFile(json) { file in
            #expect { try Self.settings(file: file) } throws: { "\($0)".hasSuffix(says) }
        }
    }

    static let mistyped: [(name: String, says: String)] = [
        ("WAITKEEPER_DATABSE", "did you mean WAITKEEPER_DATABASE?"),
        ("WAITKEEPER_DATABASES", "did you mean WAITKEEPER_DATABASE?"),
        ("WAITKEEPER_LOGLEVEL", "did you mean WAITKEEPER_LOG_LEVEL?"),
        ("WAITKEEPER_POLL_OFFSET", "did you mean WAITKEEPER_POLL_OFFSET_SECONDS?"),
        ("WAITKEEPER_LSITEN", "did you mean WAITKEEPER_LISTEN?"),
        ("WAITKEEPER_FEEDS_AE-WAIT_LANGUAGES", "did you mean WAITKEEPER_FEEDS_AE_WAIT_LANGUAGES?"),
        ("WAITKEEPER_listen", "did you mean WAITKEEPER_LISTEN?"),
        ("WAITKEEPER_FAVOURITE_COLOUR", "docs/settings.md lists them all."),
        ("WAITKEEPER_", "docs/settings.md lists them all."),
    ]

    @Test("with a mistyped variable are refused, with the one that was meant", arguments: mistyped.indices)
    func refusesMistyped(index: Int) {
        let (name, says) = Self.mistyped[index]
        #expect {
            _ = try Self.settings(environment: [name: "x"])
        } throws: {
            "\($0)" == "The environment variable \(name) is not a setting; \(says)"
        }
    }

    @Test("take no notice of other programs' variables", arguments: ["WAITKEEP_DATABASE", "DATABASE", "waitkeeper_x"])
    func others(name: String) throws {
        #expect(try Self.settings(environment: [name: "x"]).database == "waitkeeper.sqlite")
    }

    @Test("are each had from a variable of the environment", arguments: Setting.all.map(\.variable))
    func everyVariable(name: String) throws {
        _ = try SettingValues(environment: [name: "x"])
    }

    @Test("file that is missing or no JSON is a sentence")
    func noFile() throws {
        #expect { try Self.settings(file: "/nowhere/settings.json") } throws: { "\($0)".contains("cannot be read") }
        try Self.withFile("{") { file in
            #expect { try Self.settings(file: file) } throws: { "\($0)".contains("is not a JSON object") }
        }
    }

    @Test(
        "from the environment are checked like the others",
        arguments: [("WAITKEEPER_POLL_OFFSET_SECONDS", "x"), ("WAITKEEPER_LOG_LEVEL", "loud")])
    func badEnvironment(name: String, value: String) {
        #expect(throws: SettingError.self) { try Self.settings(environment: [name: value]) }
    }

    @Test("catalogue holds exactly the keys of config/waitkeeper.json")
    func catalogue() throws {
        let bytes = try Data(contentsOf: Documents.root.appending(path: "config/waitkeeper.json"))
        let keys = Self.keys(try JSONSerialization.jsonObject(with: bytes), "")
        #expect(keys.sorted() == Setting.all.map(\.key).sorted())
    }

    @Test("are each documented with type, unit, default and range", arguments: Setting.all.map(\.key))
    func documented(key: String) throws {
        let setting = try #require(Setting.all.first { $0.key == key })
        let page = try String(contentsOf: Documents.root.appending(path: "docs/settings.md"), encoding: .utf8)
        let row = try #require(page.split(separator: "\n").first { $0.hasPrefix("| `\(key)` |") })
        let cells = row.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
        let bytes = try Data(contentsOf: Documents.root.appending(path: "config/waitkeeper.json"))
        let value = key.split(separator: ".").reduce(try JSONSerialization.jsonObject(with: bytes) as Any?) {
            ($0 as? [String: Any])?[String($1)]
        }
        let written = try JSONSerialization.data(
            withJSONObject: try #require(value), options: [.fragmentsAllowed, .withoutEscapingSlashes])
        #expect(cells[1] == setting.type)
        #expect(cells[2] == (setting.unit.isEmpty ? "–" : setting.unit))
        #expect(cells[3] == "`\(String(decoding: written, as: UTF8.self))`")
        #expect(cells[4] == setting.range)
        #expect(cells[5] == setting.about)
    }

    static func keys(_ json: Any, _ prefix: String) -> [String] {
        guard let object = json as? [String: Any] else { return [prefix] }
        return object.flatMap { keys($0.value, prefix.isEmpty ? $0.key : "\(prefix).\($0.key)") }
    }
}
