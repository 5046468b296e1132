import Foundation
import TestSupport

/// Runs the command that this build made.
enum Command {
    struct Result {
        let status: Int32
        let bytes: Data
        let errors: String
        var output: String { String(decoding: bytes, as: UTF8.self) }
    }

    /// When the command believes that it runs, unless a test says another time: two minutes after the fixtures' update time.
    static let moment = "2026-11-14T09:17:00+08:00"

    /// - Parameter moment: what the command takes for now as it starts.
    static func run(_ arguments: [String], in folder: URL? = nil, at moment: String = moment) throws -> Result {
        try result(of: process(arguments, in: folder, at: moment))
    }

    private static func result(of process: ChildProcess) throws -> Result {
        let errors = FileManager.default.temporaryDirectory.appending(path: "errors-\(UUID().uuidString)")
        try Data().write(to: errors)
        defer { try? FileManager.default.removeItem(at: errors) }
        let output = Pipe()
        process.standardOutput = output
        process.standardError = try FileHandle(forWritingTo: errors)
        try process.run()
        let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        // Every test sets the clock; that the command says so is the subject of one.
        let words = try String(contentsOf: errors, encoding: .utf8)
            .replacing(/The clock is set: now is [^\n]*\n/, with: "")
        return Result(status: process.terminationStatus, bytes: bytes, errors: words)
    }

    /// Runs a line of the shell that begins with this command, `preparation` before it.
    static func shell(_ line: String, after preparation: String = ":") throws -> Result {
        let process = process([], in: nil)
        let command = process.executableURL?.path ?? ""
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", "\(preparation); '\(command)' \(line)"]
        return try result(of: process)
    }

    /// A process of `sqlite3` that has begun to write and does not end; returns once it holds the lock.
    static func holdingLock(of path: String) throws -> ChildProcess {
        let process = ChildProcess()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/sqlite3")
        process.arguments = [path]
        let (input, output) = (Pipe(), Pipe())
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        try input.fileHandleForWriting.write(contentsOf: Data("BEGIN IMMEDIATE;\nSELECT 'held';\n".utf8))
        _ = try output.fileHandleForReading.read(upToCount: 4)
        return process
    }

    /// Starts the command and leaves it running; its words go nowhere, or where `errors` and `output` say.
    static func start(
        _ arguments: [String], in folder: URL, errors: FileHandle = .nullDevice, output: FileHandle = .nullDevice,
        environment: [String: String] = [:], at moment: String = moment
    ) throws -> ChildProcess {
        let process = process(arguments, in: folder, at: moment)
        process.environment?.merge(environment) { $1 }
        process.standardOutput = output
        process.standardError = errors
        try process.run()
        return process
    }

    /// Returns when `condition` holds; gives up after ten minutes.
    static func until(_ condition: () -> Bool) async throws {
        for _ in 0..<6_000 {
            if condition() { return }
            try await Task.sleep(for: .milliseconds(100))
        }
    }

    /// Returns whether the process ends by itself within ten minutes; otherwise kills it.
    static func ends(_ process: ChildProcess) async -> Bool {
        let deadline = ContinuousClock.now + .seconds(600)
        while process.isRunning, ContinuousClock.now < deadline {
            // A cancelled test need not wait politely.
            try? await Task.sleep(for: .milliseconds(50))
        }
        let isEnded = !process.isRunning
        if !isEnded { kill(process.processIdentifier, SIGKILL) }
        process.waitUntilExit()
        return isEnded
    }

    /// An empty folder that is removed afterwards.
    static func withFolder<Value>(_ body: (URL) async throws -> Value) async throws -> Value {
        let folder = try folder()
        defer { try? FileManager.default.removeItem(at: folder) }
        return try await body(folder)
    }

    private static func folder() throws -> URL {
        let folder = FileManager.default.temporaryDirectory.appending(path: "waitkeeper-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder
    }

    /// What of this process's environment says how the machine is set: `make moments` varies it.
    private static let machine = ProcessInfo.processInfo.environment.filter { name, _ in
        ["TZ", "LANG", "LC_ALL", "LD_PRELOAD"].contains(name) || name.contains("FAKE")
    }

    private static func process(_ arguments: [String], in folder: URL?, at moment: String = moment) -> ChildProcess {
        let process = ChildProcess()
        process.executableURL = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
            .appending(path: "waitkeeper")
        process.arguments = arguments
        process.currentDirectoryURL = folder ?? FileManager.default.temporaryDirectory
        process.environment = machine.merging(
            ["PATH": "/usr/bin:/bin", "HOME": "/nonexistent", "WAITKEEPER_CLOCK": moment]) { $1 }
        return process
    }
}
