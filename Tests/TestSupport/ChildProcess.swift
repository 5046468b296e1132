import CChild
package import Foundation

/// A process that a test starts: what tests need of Foundation's `Process`, under its names.
///
/// Foundation's (Swift 6.3) reads past the end of a buffer while its own process has more than 1,365 files open, as tests that run
/// beside each other have: it lists `/proc/self/fd` to learn what to close. Here the C library closes all that is not handed over.
package final class ChildProcess {
    package enum TerminationReason: Sendable {
        case exit, uncaughtSignal
    }

    package struct SpawnError: Error {
        let path: String
        let code: Int32
    }

    package var executableURL: URL?
    package var arguments: [String] = []
    /// Nil: this process's.
    package var environment: [String: String]?
    package var currentDirectoryURL: URL?
    /// Nil: this process's.
    package var standardInput: (any ChildStream)?
    package var standardOutput: (any ChildStream)?
    package var standardError: (any ChildStream)?
    package private(set) var processIdentifier: Int32 = 0
    private var status: Int32?

    package init() {}

    /// Starts it.
    /// - Throws: `SpawnError` where the system starts no such process.
    package func run() throws {
        let path = executableURL?.path ?? ""
        let streams = [standardInput, standardOutput, standardError]
        let descriptors = zip(Int32(0)..., streams).map { number, stream in
            stream.map { $0.descriptor(as: number) } ?? -2
        }
        let environment = (environment ?? ProcessInfo.processInfo.environment).map { "\($0.key)=\($0.value)" }
        let code = Self.withCStrings([path] + arguments) { arguments in
            Self.withCStrings(environment) {
                child_start(&processIdentifier, path, arguments, $0, currentDirectoryURL?.path, descriptors)
            }
        }
        guard code == 0 else { throw SpawnError(path: path, code: code) }
        for (number, stream) in zip(Int32(0)..., streams) { try stream?.leave(to: number) }
    }

    package var isRunning: Bool { processIdentifier > 0 && !wait(WNOHANG) }

    package func waitUntilExit() { _ = wait(0) }

    package func terminate() { kill(processIdentifier, SIGTERM) }

    /// Its exit status, or the signal that ended it.
    package var terminationStatus: Int32 {
        let status = status ?? 0
        return terminationReason == .exit ? (status >> 8) & 0xFF : status & 0x7F
    }

    package var terminationReason: TerminationReason { (status ?? 0) & 0x7F == 0 ? .exit : .uncaughtSignal }

    /// Whether it has ended.
    private func wait(_ options: Int32) -> Bool {
        guard status == nil else { return true }
        var status: Int32 = 0
        var ended = waitpid(processIdentifier, &status, options)
        while ended < 0, errno == EINTR { ended = waitpid(processIdentifier, &status, options) }
        guard ended == processIdentifier else { return false }
        self.status = status
        return true
    }

    private static func withCStrings<Value>(
        _ texts: [String], _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Value
    ) -> Value {
        var pointers = texts.map { strdup($0) } + [nil]
        defer { for pointer in pointers { free(pointer) } }
        return body(&pointers)
    }
}

/// What a process reads from or writes to.
package protocol ChildStream {
    /// What becomes its standard input (0), output (1) or error (2); -1: `/dev/null`.
    func descriptor(as number: Int32) -> Int32
    /// Closes what only the process uses from now on.
    func leave(to number: Int32) throws
}

extension FileHandle: ChildStream {
    package func descriptor(as number: Int32) -> Int32 { self === FileHandle.nullDevice ? -1 : fileDescriptor }
    package func leave(to number: Int32) {}
}

extension Pipe: ChildStream {
    package func descriptor(as number: Int32) -> Int32 { end(number).fileDescriptor }
    package func leave(to number: Int32) throws { try end(number).close() }

    private func end(_ number: Int32) -> FileHandle { number == 0 ? fileHandleForReading : fileHandleForWriting }
}
