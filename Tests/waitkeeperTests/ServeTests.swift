import Foundation
import FoundationNetworking
import TestSupport
import Testing
import WaitReplay
import WaitStore

/// The API as a user starts it.
@Suite("`serve`")
struct ServeTests {
    /// Starts the command and returns what it says once it listens.
    static func listening(_ arguments: [String], in folder: URL) async throws -> (process: ChildProcess, url: String) {
        let words = folder.appending(path: "errors")
        try Data().write(to: words)
        let process = try Command.start(arguments, in: folder, errors: FileHandle(forWritingTo: words))
        var url: String?
        try await Command.until {
            let text = String(decoding: FileManager.default.contents(atPath: words.path) ?? Data(), as: UTF8.self)
            url = text.range(of: "Listening on ").map { String(text[$0.upperBound...].prefix { !$0.isWhitespace }) }
            return url != nil || !process.isRunning
        }
        return (process, try #require(url))
    }

    static func get(_ url: String) async throws -> (body: String, status: Int) {
        let (bytes, response) = try await URLSession.shared.data(from: #require(URL(string: url)))
        return (String(decoding: bytes, as: UTF8.self), (response as? HTTPURLResponse)?.statusCode ?? 0)
    }

    @Test("says where it listens, answers, writes nothing and ends within two seconds of SIGTERM")
    func serves() async throws {
        try await Command.withFolder { folder in
            let database = try WaitDatabase.open(path: folder.appending(path: "record.sqlite").path)
            let generation = try database.generation()
            let arguments = ["serve", "--listen", "127.0.0.1:0", "--database", "record.sqlite"]
            let (process, url) = try await Self.listening(arguments, in: folder)
            let answer = try await Self.get("\(url)v1/hospitals/QMH")
            #expect(answer.status == 200 && answer.body.contains("\"name_tc\":\"瑪麗醫院\""))
            #expect(try database.generation() == generation)
            process.terminate()
            let endsInTime = await Command.ends(process)
            #expect(endsInTime)
            #expect(process.terminationReason == .exit && process.terminationStatus == 0)
        }
    }

    @Test("lets `run` collect also where the port is taken")
    func collectsWithoutPort() async throws {
        let server = try await ReplayServer.start { _ in .notFound }
        try await Command.withFolder { folder in
            let words = folder.appending(path: "errors")
            try Data().write(to: words)
            let run = try Command.start(
                [
                    "run", "--listen", "127.0.0.1:\(server.port)", "--ha-url", server.baseURL, "--archive-url",
                    server.baseURL, "--database", "record.sqlite",
                ], in: folder, errors: FileHandle(forWritingTo: words))
            try await Command.until {
                let text = String(decoding: FileManager.default.contents(atPath: words.path) ?? Data(), as: UTF8.self)
                return text.contains("API not served") && server.requests.contains { $0.path.contains("aedwtdata2") }
            }
            #expect(run.isRunning)
            run.terminate()
            let endsInTime = await Command.ends(run)
            #expect(endsInTime && run.terminationStatus == 0)
        }
        try await server.stop()
    }

    @Test("ends with 1 and a sentence where the port is taken")
    func portTaken() async throws {
        let server = try await ReplayServer.start { _ in .notFound }
        try await Command.withFolder { folder in
            _ = try WaitDatabase.open(path: folder.appending(path: "record.sqlite").path)
            let address = "127.0.0.1:\(server.port)"
            let result = try Command.run(["serve", "--listen", address, "--database", "record.sqlite"], in: folder)
            #expect(result.status == 1)
            #expect(
                result.errors == "Error: \(address) is in use by another process; end that one, or name another port "
                    + "with --listen.\n")
        }
        try await server.stop()
    }

    @Test("ends with 64 where the address is none", arguments: ["8080", "a:b", "127.0.0.1"])
    func noAddress(text: String) throws {
        let result = try Command.run(["serve", "--listen", text])
        #expect(result.status == 64 && result.errors.contains("listen"))
    }

    @Test("ends with 1 and a sentence where there is no record")
    func noRecord() throws {
        let result = try Command.run(["serve", "--database", "/nowhere/record.sqlite"])
        #expect(result.status == 1 && result.errors.contains("There is no record at /nowhere/record.sqlite"))
    }

    @Test("is part of `run`, and sees what it collects")
    func run() async throws {
        let server = try await ReplayServer.start { _ in .notFound }
        try await Command.withFolder { folder in
            let arguments = [
                "run", "--listen", "127.0.0.1:0", "--database", "record.sqlite", "--ha-url", server.baseURL,
                "--archive-url", server.baseURL,
            ]
            let (process, url) = try await Self.listening(arguments, in: folder)
            let answer = try await Self.get("\(url)healthz")
            #expect(answer.status == 200)
            process.terminate()
            let endsInTime = await Command.ends(process)
            #expect(endsInTime)
            #expect(process.terminationStatus == 0)
        }
        try await server.stop()
    }

    @Test("ends cleanly when its terminal is closed")
    func hangup() async throws {
        try await Command.withFolder { folder in
            _ = try WaitDatabase.open(path: folder.appending(path: "record.sqlite").path)
            let (process, _) = try await Self.listening(
                ["serve", "--listen", "127.0.0.1:0", "--database", "record.sqlite"], in: folder)
            kill(process.processIdentifier, SIGHUP)
            let ends = await Command.ends(process)
            #expect(ends && process.terminationReason == .exit && process.terminationStatus == 0)
        }
    }

}
