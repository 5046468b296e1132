package import Foundation

/// A TLS server on loopback with a certificate of its own for `localhost`, which no authority signed: the system's
/// `openssl s_server`, which answers every request it gets to see with a page.
///
/// It ends with the value.
package final class WrongCertificateServer {
    private static let command = URL(filePath: "/usr/bin/openssl")
    /// Whether this machine has the `openssl` command.
    package static var isAvailable: Bool { FileManager.default.isExecutableFile(atPath: command.path) }

    /// The certificate, PEM: a client that is told to trust it takes it for `localhost`, and for no other name.
    package let certificate: URL
    package let port: Int
    private let folder: URL
    private let process: Process

    /// Makes a key and a certificate and starts the server: a fraction of a second.
    ///
    /// - Throws: ``CannotStart``; the system's errors.
    package init() throws {
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
        guard let port = Self.announcedPort(output) else { throw CannotStart() }
        self.port = port
    }

    deinit {
        // A child of a concurrency thread inherits its blocked signals, SIGTERM among them; this one cannot be blocked.
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        // A temporary folder that stays behind harms nothing.
        try? FileManager.default.removeItem(at: folder)
    }

    /// `openssl` did not say where it listens.
    package struct CannotStart: Error, CustomStringConvertible {
        package let description = "the openssl command does not serve; install the Debian package openssl"
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
