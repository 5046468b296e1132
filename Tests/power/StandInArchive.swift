import Foundation
import TestSupport

/// The stand-in for the government archive, as a separate process.
struct StandInArchive {
    static let day = "2025-10-13"

    let url: String
    private let process: ChildProcess

    init() throws {
        process = ChildProcess()
        process.executableURL = FaultyDisk.binaries.appending(path: "waitkeeper")
        process.arguments = ["replay", "--port", "0", "--archive-from", Self.day, "--archive-to", Self.day]
        process.standardInput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        var line = Data()
        while !line.contains(UInt8(ascii: "\n")) {
            let more = output.fileHandleForReading.availableData
            guard !more.isEmpty else { throw Failure("The stand-in did not start.") }
            line += more
        }
        let words = String(decoding: line, as: UTF8.self).split(whereSeparator: \.isWhitespace)
        guard let address = words.first(where: { $0.hasPrefix("http://") }) else {
            throw Failure("The stand-in named no address.")
        }
        url = address.trimmingCharacters(in: .punctuationCharacters) + "/v1/historical-archive"
    }

    func end() {
        process.terminate()
        process.waitUntilExit()
    }
}
