import Foundation
import TestSupport

/// Runs a process on a disk that loses power or fails (Tests/CFaultDisk).
struct FaultyDisk {
    enum Kind: String, CaseIterable {
        case read, write, sync, open, delete, lock, truncate, map, rename, allocate
    }

    enum Fault {
        /// None; the calls are counted.
        case none
        /// The power fails in this call of those that change the disk.
        case cut(Int, seed: UInt64)
        /// The power fails after the process ends, so what it reported as done has to be on the disk.
        case failure(Kind, call: Int, goesOn: Bool, seed: UInt64)
    }

    struct Outcome {
        /// Nil where the power failed meanwhile.
        let status: Int32?
        let signal: Int32?
        let output: String
        let error: String
        /// How many calls there were of each kind; those that change the disk under "change".
        let calls: [String: Int]
        /// Whether it had to be killed.
        let isEndless: Bool

        /// Whether a call was failed.
        var hasFailedCall: Bool { calls["failed"] == 1 }

        /// Whether its last words are an error in a sentence.
        var saysWhy: Bool {
            error.split { $0.isNewline }.last.map { $0.hasPrefix("Error: ") && $0.hasSuffix(".") } ?? false
        }
    }

    /// The folder whose files are on the disk.
    let folder: URL

    static let binaries = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
        .deletingLastPathComponent()
    /// What a process ends with whose power fails.
    private static let cutStatus: Int32 = 99
    private static let library = binaries.appending(path: "libFaultDisk.so").path

    /// - Parameter ignoring: what is not synced, as FAULT_IGNORE has it.
    func run(_ program: String, _ arguments: [String], _ fault: Fault, ignoring: String = "") throws -> Outcome {
        let report = folder.path + ".report"
        var environment = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("WAITKEEPER_") }
        // A trap of GRDB is told by its first line.
        environment["SWIFT_BACKTRACE"] = "enable=no"
        environment["LD_PRELOAD"] = Self.library
        environment["FAULT_FOLDER"] = folder.path
        environment["FAULT_REPORT"] = report
        environment["FAULT_IGNORE"] = ignoring
        environment["WAITKEEPER_CLOCK"] = Trial.clock
        switch fault {
        case .none: break
        case .cut(let call, let seed): (environment["FAULT_CUT"], environment["FAULT_SEED"]) = ("\(call)", "\(seed)")
        case .failure(let kind, let call, let goesOn, let seed):
            environment["FAULT_FAIL"] = "\(kind.rawValue):\(call)\(goesOn ? ":on" : "")"
            (environment["FAULT_CUT"], environment["FAULT_SEED"]) = ("\(UInt64.max)", "\(seed)")
        }
        let process = ChildProcess()
        process.executableURL = Self.binaries.appending(path: program)
        process.arguments = arguments
        process.environment = environment
        process.currentDirectoryURL = folder
        process.standardInput = FileHandle.nullDevice
        // Files rather than pipes, which would have to be drained while the process runs.
        let (output, error) = (folder.path + ".out", folder.path + ".err")
        process.standardOutput = try Self.emptyFile(output)
        process.standardError = try Self.emptyFile(error)
        try? FileManager.default.removeItem(atPath: report)
        try process.run()
        // Every command tried here ends within seconds, even where it waits for a lock.
        let isEndless = !process.ends(within: 120)
        let hasEnded = process.terminationReason == .exit
        let isCut = hasEnded && process.terminationStatus == Self.cutStatus
        return Outcome(
            status: hasEnded && !isCut ? process.terminationStatus : nil,
            signal: hasEnded ? nil : process.terminationStatus,
            output: try String(contentsOfFile: output, encoding: .utf8),
            error: try String(contentsOfFile: error, encoding: .utf8), calls: Self.calls(report), isEndless: isEndless)
    }

    private static func emptyFile(_ path: String) throws -> FileHandle {
        guard FileManager.default.createFile(atPath: path, contents: nil),
            let file = FileHandle(forWritingAtPath: path)
        else { throw Failure("\(path) cannot be made.") }
        return file
    }

    private static func calls(_ report: String) -> [String: Int] {
        // A process that a signal ended leaves none.
        let lines = (try? String(contentsOfFile: report, encoding: .utf8))?.split(separator: "\n") ?? []
        return Dictionary(
            uniqueKeysWithValues: lines.compactMap { line in
                let words = line.split(separator: " ")
                return words.count == 2 ? Int(words[1]).map { (String(words[0]), $0) } : nil
            })
    }
}

extension ChildProcess {
    /// Waits for the process to end, and kills it after that time; returns whether it ended by itself.
    fileprivate func ends(within seconds: Int) -> Bool {
        for _ in 0..<(seconds * 500) {
            if !isRunning { return true }
            usleep(2_000)
        }
        kill(processIdentifier, SIGKILL)
        waitUntilExit()
        return false
    }
}
