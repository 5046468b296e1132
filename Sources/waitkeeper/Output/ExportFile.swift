import Foundation
import WaitCore
import WaitStore

/// An export into one file, or to standard output.
struct ExportFile {
    /// Nil: standard output.
    let path: String?
    /// Whether a file that is there is replaced.
    let replaces: Bool

    func write(_ request: ExportRequest, from database: WaitDatabase) throws {
        // Before the file is made: a refusal leaves nothing behind.
        var run = try ExportRun(request, from: database)
        guard let path else {
            try run.handOver { Console.write(Data($0)) }
            return Console.note(try run.words(of: database))
        }
        var file = try OutputFile(path: path, replaces ? .anything : .devices)
        try run.handOver { try file.write($0) }
        try file.finish()
        Console.note(try run.words(of: database))
    }
}

/// The rows of a dataset into one file, or to standard output.
struct DatasetFile {
    /// Nil: standard output.
    let path: String?
    /// Whether a file that is there is replaced.
    let replaces: Bool

    func write(_ stream: any DatasetFileStream) throws {
        var stream = stream
        if let path {
            var file = try OutputFile(path: path, replaces ? .anything : .devices)
            while let bytes = try stream.next() { try file.write(bytes) }
            try file.finish()
        } else {
            while let bytes = try stream.next() { Console.write(Data(bytes)) }
        }
        Console.note("\(stream.dataset.id): \(stream.rows) rows. \(stream.dataset.publisher.attribution)")
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

    /// What was written, for standard error; where nothing was, why.
    func words(of database: WaitDatabase) throws -> String {
        let span = stream.range.flatMap { range in
            range.isEmpty ? nil : " from \(range.from.rfc3339) up to \(range.to.rfc3339)"
        }
        let note = try database.note(on: stream.request, isEmpty: stream.rows == 0)
        return """
            \(stream.request.dataset.rawValue): \(stream.rows) rows\(span ?? ""), as of capture \(stream.newestCapture). \
            \(note.map { "\($0) " } ?? "")\(Attribution.sourceLine).
            """
    }
}
