import CArchive
import Foundation
import Glibc
import TestSupport

@testable import WaitFetch

/// A file to be put into an archive.
struct PackedFile {
    var path: String
    var bytes: [UInt8] = []
    var type: mode_t = S_IFREG
    /// Where a link leads.
    var target: String?

    init(_ path: String, _ text: String = "") { (self.path, bytes) = (path, Array(text.utf8)) }

    init(_ path: String, zeros count: Int) { (self.path, bytes) = (path, [UInt8](repeating: 0, count: count)) }

    static func link(_ path: String, to target: String, type: mode_t) -> PackedFile {
        var file = PackedFile(path)
        (file.type, file.target) = (type, target)
        return file
    }

    static func folder(_ path: String) -> PackedFile {
        var file = PackedFile(path)
        file.type = S_IFDIR
        return file
    }
}

/// Archives as libarchive's own writer makes them.
enum PackedArchive {
    enum Kind: String, CaseIterable {
        case zip, storedZIP, encryptedZIP, tar, tarGZ, tarXZ

        static let tars: [Kind] = [.tar, .tarGZ, .tarXZ]
    }

    struct Failure: Error {
        let cause: String
    }

    static func write(_ files: [PackedFile], as kind: Kind, to path: String) throws {
        let writer = archive_write_new()
        defer { archive_write_free(writer) }
        try check(choose(kind, writer), writer)
        try check(archive_write_open_filename(writer, path), writer)
        let entry = archive_entry_new()
        defer { archive_entry_free(entry) }
        for file in files {
            archive_entry_clear(entry)
            archive_entry_set_pathname(entry, file.path)
            archive_entry_set_filetype(entry, file.type)
            archive_entry_set_perm(entry, 0o644)
            archive_entry_set_size(entry, la_int64_t(file.bytes.count))
            if file.type == S_IFLNK { archive_entry_set_symlink(entry, file.target) }
            if file.type == S_IFREG, let target = file.target { archive_entry_set_hardlink(entry, target) }
            // A warning about names beyond ASCII is of no matter: their bytes are written.
            guard archive_write_header(writer, entry) >= ARCHIVE_WARN else { throw failure(writer) }
            guard archive_write_data(writer, file.bytes, file.bytes.count) == file.bytes.count else {
                throw failure(writer)
            }
        }
        try check(archive_write_close(writer), writer)
    }

    static func bytes(_ files: [PackedFile], as kind: Kind) throws -> [UInt8] {
        let folder = try TemporaryFolder()
        try write(files, as: kind, to: folder.path(of: "archive"))
        return Array(try Data(contentsOf: folder.url.appending(path: "archive")))
    }

    private static func choose(_ kind: Kind, _ writer: OpaquePointer?) -> Int32 {
        switch kind {
        case .zip: archive_write_set_format_zip(writer)
        case .storedZIP: archive_write_set_format_zip(writer) | archive_write_zip_set_compression_store(writer)
        case .encryptedZIP:
            archive_write_set_format_zip(writer) | archive_write_set_options(writer, "zip:encryption=aes256")
                | archive_write_set_passphrase(writer, "secret")
        case .tar: archive_write_set_format_pax_restricted(writer)
        case .tarGZ: archive_write_set_format_pax_restricted(writer) | archive_write_add_filter_gzip(writer)
        case .tarXZ: archive_write_set_format_pax_restricted(writer) | archive_write_add_filter_xz(writer)
        }
    }

    private static func check(_ status: Int32, _ writer: OpaquePointer?) throws {
        guard status == ARCHIVE_OK else { throw failure(writer) }
    }

    private static func failure(_ writer: OpaquePointer?) -> Failure {
        Failure(cause: archive_error_string(writer).map { String(cString: $0) } ?? "unknown")
    }
}

/// All that a reading handed over and met, or what it ended with.
struct ReadArchive {
    var members: [ArchiveMember] = []
    var tally: ReadCount?
    var error: ArchiveError?

    var paths: [String] { members.map(\.path) }
    var texts: [String] { members.map { String(decoding: $0.bytes, as: UTF8.self) } }

    init(_ source: ArchiveSource, limits: ArchiveLimits = ArchiveLimits()) throws {
        do {
            tally = try ArchiveReader.forEachMember(of: source, limits: limits) { members.append($0) }
        } catch let error as ArchiveError {
            self.error = error
        }
    }

    init(_ bytes: [UInt8], limits: ArchiveLimits = ArchiveLimits()) throws {
        try self.init(.spooled(SpooledFile(copying: Data(bytes))), limits: limits)
    }
}
