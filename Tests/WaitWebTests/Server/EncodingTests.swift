import Foundation
import HTTPTypes
import TestSupport
import Testing
import WaitCore

@testable import WaitWeb

@Suite("Compressed answers")
struct EncodingTests {
    @Test(
        "go to those who welcome them",
        arguments: [
            ("gzip", true), ("deflate, GZIP;q=0.5", true), ("*", true), ("gzip;q=0", false), ("gzip; q=0.0, *", false),
            ("identity", false), ("", false), ("br", false), ("*;q=0", false), ("gzip;q=x", true),
        ])
    func negotiation(text: String, isWelcome: Bool) {
        #expect(AcceptEncoding.allowsGzip(text) == isWelcome)
    }

    @Test("are what the others get, under a tag of their own")
    func content() async throws {
        let database = try WebFixture.shared()
        let plain = try await WebFixture.get("/v1/latest", of: database)
        let packed = try await WebFixture.get("/v1/latest", of: database, headers: [.acceptEncoding: "gzip"])
        #expect(packed.headers[.contentEncoding] == "gzip" && packed.headers[.vary] == "accept-encoding")
        #expect(packed.body.readableBytes < plain.body.readableBytes / 3)
        #expect(packed.headers[.eTag] != plain.headers[.eTag])
        #expect(try Gunzip.text(Data(buffer: packed.body)) == plain.text)
    }

    @Test("in a stream are the same as in one piece")
    func stream() throws {
        let pieces = (0..<50).map { number in [UInt8](repeating: UInt8(number), count: 10_000) }
        var stream = try GzipStream()
        var packed: [UInt8] = []
        for piece in pieces { packed += try stream.compress(piece, isLast: false) }
        packed += try stream.compress([], isLast: true)
        #expect(try Gunzip.bytes(Data(packed)) == Data(pieces.joined()))
    }

    @Test("are not made of what is small")
    func small() async throws {
        let answer = try await WebFixture.get("/healthz", headers: [.acceptEncoding: "gzip"])
        #expect(answer.headers[.contentEncoding] == nil)
    }
}

/// gzip by the system's own command.
enum Gunzip {
    static func bytes(_ packed: Data) throws -> Data {
        let process = ChildProcess()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["gzip", "-dc"]
        let file = FileManager.default.temporaryDirectory.appending(path: "web-\(UUID().uuidString).gz")
        try packed.write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        process.standardInput = try FileHandle(forReadingFrom: file)
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
        return bytes
    }

    static func text(_ packed: Data) throws -> String {
        String(decoding: try bytes(packed), as: UTF8.self)
    }
}
