import Foundation
import WaitCore
import WaitStore

/// An export with all that is needed to read, check and cite it: data, datapackage.json and SHA256SUMS in one folder.
struct ExportFolder {
    let path: String
    let database: WaitDatabase
    /// Whether files that are there are replaced, whosever they are.
    let replaces: Bool

    private static let description = "datapackage.json"
    private static let checksums = "SHA256SUMS"

    /// Writes all three files, then gives them their names.
    func write(_ request: ExportRequest) throws {
        let name = FileName.marked(
            "\(request.dataset.rawValue).\(request.format.rawValue)", isSimulated: try database.isSimulated())
        var run = try ExportRun(request, from: database)
        try prepare(for: name)
        var data = try OutputFile(path: "\(path)/\(name)", .anything)
        var digest = ExportDigest()
        try run.handOver { bytes in
            digest.update(bytes)
            try data.write(bytes)
        }
        let file = DataPackage.File(
            name: name, byteCount: digest.byteCount, sha256: digest.sha256, rows: run.stream.rows)
        let package = try describe(run.stream, file: file).json()
        var packageDigest = ExportDigest()
        packageDigest.update(package)
        var description = try OutputFile(path: "\(path)/\(Self.description)", .anything)
        try description.write(package)
        var checksums = try OutputFile(path: "\(path)/\(Self.checksums)", .anything)
        try checksums.write(
            Array("\(file.sha256)  \(name)\n\(packageDigest.sha256)  \(Self.description)\n".utf8))
        // Interrupted from here on, the folder lacks its checksums: it never has those of other data.
        try removeChecksums()
        try data.finish()
        try description.finish()
        try checksums.finish()
        Console.note(try run.words(of: database))
    }

    private func removeChecksums() throws {
        let old = "\(path)/\(Self.checksums)"
        guard FileManager.default.fileExists(atPath: old) else { return }
        do {
            try FileManager.default.removeItem(atPath: old)
        } catch {
            throw CommandError("\(old) cannot be replaced: \(error.localizedDescription)")
        }
        // Before new data can get its name: after a power cut the old sums would stand beside it.
        try FileSystem.keepNames(in: path)
    }

    /// Makes the folder. Only a package of the same dataset that an export made is replaced: a folder that describes another one, and
    /// files of somebody else's, are left as they are.
    private func prepare(for name: String) throws {
        let files = FileManager.default
        let parents = Self.parentsOfMissing(path)
        do {
            try files.createDirectory(atPath: path, withIntermediateDirectories: true)
        } catch {
            throw CommandError("\(path) cannot be made: \(error.localizedDescription)")
        }
        for parent in parents { try FileSystem.keepNames(in: parent) }
        guard !replaces else { return }
        let isPackage = files.fileExists(atPath: "\(path)/\(Self.description)")
        let hasData = files.fileExists(atPath: "\(path)/\(name)")
        guard isPackage == hasData else {
            throw CommandError(
                isPackage
                    ? "\(path) holds the package of another export; name another folder, or replace it with --force."
                    : "\(path)/\(name) already exists; name another folder, or replace the file with --force.")
        }
    }

    /// The folders that get a new name when all that is missing of `path` is made.
    private static func parentsOfMissing(_ path: String) -> [String] {
        var folder = URL(fileURLWithPath: path).standardizedFileURL
        var parents: [String] = []
        while !FileManager.default.fileExists(atPath: folder.path), folder.path != "/" {
            folder.deleteLastPathComponent()
            parents.append(folder.path)
        }
        return parents
    }

    private func describe(_ stream: ExportStream, file: DataPackage.File) throws -> DataPackage {
        let newest = try database.newestCaptureTime(upTo: stream.newestCapture)
        let coverage = try stream.request.dataset.ledgerFeed.flatMap { feed in
            try stream.range.map { range in
                try database.coverage(of: feed, by: .year, in: range, now: newest?.minute ?? range.to).total
            }
        }
        return DataPackage(
            stream.request, file: file, range: stream.range, coverage: coverage,
            newest: newest.map { .init(capture: Int(stream.newestCapture), capturedAt: $0.text) },
            version: Waitkeeper.version, isSimulated: try database.isSimulated())
    }
}
