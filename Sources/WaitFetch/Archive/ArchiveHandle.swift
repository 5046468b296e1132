internal import CArchive
internal import Glibc

/// libarchive's reader over one descriptor, which must stay open as long as this object: ZIP by its central directory,
/// tar plain or packed by gzip or xz.
final class ArchiveHandle {
    enum Header: Equatable {
        /// Nil is a path that cannot be trusted; see ``MemberPath``.
        case file(path: String?)
        /// A directory, link or special file.
        case other
        case unreadable
        case end
        case fatal

        var isEnd: Bool { self == .end }
        var isFatal: Bool { self == .fatal }
    }

    struct Block {
        /// Good until the next call.
        let bytes: UnsafeRawBufferPointer
        let offset: Int
        /// libarchive's: more to come, an end, or what is wrong.
        let status: Int32
    }

    private let pointer: OpaquePointer

    /// - Parameter name: how a message names the archive.
    /// - Throws: `notAnArchive`, `cutShort`, `damaged` or `other`.
    init(descriptor: Int32, name: String) throws(ArchiveError) {
        guard let pointer = archive_read_new() else {
            throw ArchiveError(.other, "libarchive gave no reader for an archive; free some memory and try again.")
        }
        self.pointer = pointer
        // The streaming reader for ZIP is left out: it believes local headers, and finds members that were deleted.
        let formats = [archive_read_support_format_zip_seekable, archive_read_support_format_tar]
        let filters = [archive_read_support_filter_gzip, archive_read_support_filter_xz]
        for support in formats + filters where support(pointer) != ARCHIVE_OK {
            throw ArchiveError(
                .other, "The installed libarchive cannot read ZIP, tar, gzip and xz; install libarchive 3.6 or newer.",
                cause: cause)
        }
        guard carchive_open(pointer, descriptor) < ARCHIVE_WARN else { return }
        throw failure(name, beginsAsZIP: Self.beginsAsZIP(descriptor))
    }

    deinit { archive_read_free(pointer) }

    /// What libarchive says about the last failure.
    var cause: String? { archive_error_string(pointer).map { String(cString: $0) } }

    /// Whether the content of an entry can be left unread for nothing; known once a header was read.
    var skipsFreely: Bool { archive_format(pointer) & ARCHIVE_FORMAT_BASE_MASK == ARCHIVE_FORMAT_ZIP }

    /// Goes to the next entry.
    func nextHeader() -> Header {
        var entry: OpaquePointer?
        var path: UnsafePointer<CChar>?
        switch carchive_next(pointer, &entry, &path) {
        case ARCHIVE_OK, ARCHIVE_WARN:
            // A hard link in a tar looks like a file without content.
            guard archive_entry_filetype(entry) == S_IFREG, archive_entry_hardlink(entry) == nil else { return .other }
            return .file(path: path.flatMap { MemberPath.text(UnsafeRawBufferPointer(start: $0, count: strlen($0))) })
        case ARCHIVE_EOF: return .end
        case ARCHIVE_RETRY, ARCHIVE_FAILED: return .unreadable
        default: return .fatal
        }
    }

    /// Reads on in the content of the entry; blocks come in the order of their offsets.
    func nextBlock() -> Block {
        var start: UnsafeRawPointer?
        var count = 0
        var offset: la_int64_t = 0
        let status = archive_read_data_block(pointer, &start, &count, &offset)
        return Block(
            bytes: UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : count), offset: Int(offset),
            status: status)
    }

    private static func beginsAsZIP(_ descriptor: Int32) -> Bool {
        var bytes = [UInt8](repeating: 0, count: 4)
        return pread(descriptor, &bytes, 4, 0) == 4 && bytes == [0x50, 0x4b, 0x03, 0x04]
    }

    /// Why the archive could not be opened.
    private func failure(_ name: String, beginsAsZIP: Bool) -> ArchiveError {
        if beginsAsZIP {
            return ArchiveError(.cutShort, "\(name) is a ZIP whose end is missing; fetch it again.", cause: cause)
        }
        // libarchive's number for a format that it does not know; any other is gzip's, xz's or the system's failure.
        if archive_errno(pointer) == EILSEQ {
            return ArchiveError(.notAnArchive, "\(name) is neither a ZIP nor a tar; check the file.", cause: cause)
        }
        return ArchiveError(.damaged, "\(name) is damaged at its beginning; fetch it again.", cause: cause)
    }
}
