import Foundation
import Testing

@testable import WaitFetch

@Suite(.timeLimit(.minutes(5)), .enabled(if: TLSServer.isAvailable, "needs the openssl command"))
struct FetchTLSTests {
    @Test("a certificate that nobody vouches for is refused")
    func selfSigned() async throws {
        let server = try TLSServer()
        let client = try CurlClient.forTests()
        #expect(await client.failure("https://localhost:\(server.port)/")?.code == .tlsFailed)
    }

    @Test("a certificate of a trusted authority for the host is taken")
    func trusted() async throws {
        let server = try TLSServer()
        let client = try CurlClient.forTests(authoritiesFile: server.certificate.path)
        let response = try await client.fetch(FetchRequest(url: "https://localhost:\(server.port)/"))
        #expect(response.status == 200)
    }

    @Test("a trusted certificate for another host is refused")
    func otherHost() async throws {
        let server = try TLSServer()
        let client = try CurlClient.forTests(authoritiesFile: server.certificate.path)
        #expect(await client.failure("https://127.0.0.1:\(server.port)/")?.code == .tlsFailed)
    }
}

/// `openssl s_server` on loopback with a certificate of its own for `localhost`.
private final class TLSServer {
    static let command = URL(filePath: "/usr/bin/openssl")
    static var isAvailable: Bool { FileManager.default.isExecutableFile(atPath: command.path) }

    let certificate: URL
    let port: Int
    private let folder: URL
    private let process: Process

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        certificate = folder.appending(path: "certificate.pem")
        let key = folder.appending(path: "key.pem").path
        let request = [
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
            "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", key,
            "-out", certificate.path,
        ]
        try Self.start(request).process.waitUntilExit()
        let serve = ["s_server", "-accept", "127.0.0.1:0", "-www", "-cert", certificate.path, "-key", key]
        let (process, output) = try Self.start(serve)
        self.process = process
        port = try #require(Self.announcedPort(output))
    }

    deinit {
        // A child of a concurrency thread inherits its blocked signals, SIGTERM among them; this one cannot be blocked.
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        // A temporary folder that stays behind harms nothing.
        try? FileManager.default.removeItem(at: folder)
    }

    private static func start(_ arguments: [String]) throws -> (process: Process, output: FileHandle) {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = command
        process.arguments = arguments
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        try process.run()
        return (process, pipe.fileHandleForReading)
    }

    /// Reads `ACCEPT 127.0.0.1:PORT`, which comes once the port is open.
    private static func announcedPort(_ output: FileHandle) -> Int? {
        var text = ""
        while case let data = output.availableData, !data.isEmpty {
            text += String(decoding: data, as: UTF8.self)
            guard text.hasSuffix("\n"), let line = text.split(separator: "\n").last(where: { $0.hasPrefix("ACCEPT") })
            else { continue }
            return line.split(separator: ":").last.flatMap { Int($0) }
        }
        return nil
    }
}
