import Foundation
import WaitCore
import WaitStore

/// An export into one file, or to standard output.
struct ExportFile {
    /// Nil: standard output.
    let path: String?

    func write(_ request: ExportRequest, from database: WaitDatabase) throws {
        // Before the file is made: a refusal leaves nothing behind.
        var run = try ExportRun(request, from: database)
        guard let path else {
            try run.handOver { Console.write(Data($0)) }
            return Console.note(run.words)
        }
        var file = try OutputFile(path: path)
        try run.handOver { try file.write($0) }
        try file.finish()
        Console.note(run.words)
    }
}

/// One export with its progress.
struct ExportRun {
    private(set) var stream: ExportStream
    /// Known where somebody is watching.
    private let total: Int?

    init(_ request: ExportRequest, from database: WaitDatabase) throws {
        stream = try database.export(request)
        total = Console.isErrorTerminal ? try database.exportRowCount(request) : nil
    }

    /// Hands over one piece after another.
    mutating func handOver(_ body: ([UInt8]) throws -> Void) throws {
        var bar = ProgressBar(stream.request.dataset.rawValue)
        while let bytes = try stream.next() {
            try body(bytes)
            if let total { bar.update(stream.rows, of: total) }
        }
    }

    /// What was written, for standard error.
    var words: String {
        let span = stream.range.map { " from \($0.from.rfc3339) up to \($0.to.rfc3339)" } ?? ""
        return """
            \(stream.request.dataset.rawValue): \(stream.rows) rows\(span), as of capture \(stream.newestCapture). \
            \(Words.sourceLine).
            """
    }
}
