internal import CArchive

/// One reading of an archive, from the first entry to the last.
struct ArchiveReading {
    /// The content of a member, with what is wrong with it.
    private struct Content {
        var buffer: MemberBuffer
        var fault: String?
        /// Whether libarchive's handle is of no more use.
        var isFatal = false
    }

    /// Garbled members of one ZIP that are got over, each by opening the archive again.
    static let maximumRestarts = 100

    private let descriptor: Int32
    private let name: String
    private let limits: ArchiveLimits
    private(set) var tally = ReadCount()
    private var readBytes = 0
    private var restarts = 0
    private var lastPath: String?

    init(descriptor: Int32, name: String, limits: ArchiveLimits) {
        self.descriptor = descriptor
        self.name = name
        self.limits = limits
    }

    /// - Throws: ``ArchiveError``, or what the body throws.
    mutating func run(_ body: (ArchiveMember) throws -> Void) throws {
        var handle = try ArchiveHandle(descriptor: descriptor, name: name)
        while case let header = handle.nextHeader(), !header.isEnd {
            guard tally.entries < limits.members else { throw tooManyMembers }
            guard let path = try pathToRead(header, handle) else { continue }
            let content = try read(handle, capBytes: limits.memberBytes)
            if content.isFatal, !handle.skipsFreely { throw damaged(cause: content.fault) }
            tally.members += 1
            tally.incomplete += content.fault == nil ? 0 : 1
            try body(ArchiveMember(path: path, bytes: content.buffer.data, fault: content.fault))
            if content.isFatal { handle = try restart(cause: content.fault) }
        }
    }

    /// The path of a file to be read; nil for an entry that is counted and passed over.
    private mutating func pathToRead(
        _ header: ArchiveHandle.Header, _ handle: ArchiveHandle
    ) throws(ArchiveError) -> String? {
        switch header {
        case .file(path: let path?):
            lastPath = path
            return path
        case .file(path: nil):
            try drain(handle)
            tally.refused += 1
        case .other:
            try drain(handle)
            tally.passedOver += 1
        case .unreadable: tally.unreadable += 1
        case .end, .fatal: throw damaged(cause: handle.cause)
        }
        return nil
    }

    /// Reads content that is not wanted where libarchive would read it anyway, so that the limits see it.
    private mutating func drain(_ handle: ArchiveHandle) throws(ArchiveError) {
        guard !handle.skipsFreely else { return }
        let content = try read(handle, capBytes: 0)
        if content.isFatal { throw damaged(cause: content.fault) }
    }

    private mutating func read(_ handle: ArchiveHandle, capBytes: Int) throws(ArchiveError) -> Content {
        var content = Content(buffer: MemberBuffer(capBytes: capBytes))
        var isOpen = true
        while isOpen {
            let block = handle.nextBlock()
            let isTaken = [ARCHIVE_OK, ARCHIVE_EOF, ARCHIVE_WARN].contains(block.status)
            if isTaken { try take(block, into: &content.buffer) }
            if block.status < ARCHIVE_OK { content.fault = handle.cause ?? "not readable" }
            content.isFatal = block.status == ARCHIVE_FATAL
            let isEnough = content.buffer.isOverCap && handle.skipsFreely
            isOpen = isTaken && block.status != ARCHIVE_EOF && !isEnough
        }
        if content.buffer.isOverCap { content.fault = content.fault ?? "larger than \(capBytes) bytes" }
        return content
    }

    private mutating func take(_ block: ArchiveHandle.Block, into buffer: inout MemberBuffer) throws(ArchiveError) {
        let before = buffer.data.count
        buffer.append(block.bytes, at: block.offset)
        readBytes += max(block.bytes.count, buffer.data.count - before)
        guard readBytes <= limits.totalBytes else { throw tooManyBytes }
    }

    /// Opens the archive again and goes to where the reading stands: libarchive promises nothing of a handle after a
    /// fatal error, though the other members of a ZIP are none the worse for it. Costs a look at every entry before.
    private mutating func restart(cause: String?) throws(ArchiveError) -> ArchiveHandle {
        restarts += 1
        guard restarts <= Self.maximumRestarts else { throw damaged(cause: cause) }
        let handle = try ArchiveHandle(descriptor: descriptor, name: name)
        for _ in 0..<tally.entries {
            let header = handle.nextHeader()
            if header.isEnd || header.isFatal { throw damaged(cause: handle.cause) }
        }
        return handle
    }

    private var place: String {
        lastPath.map { "entry \(tally.entries + 1), at or after \($0)" } ?? "entry \(tally.entries + 1)"
    }

    private func damaged(cause: String?) -> ArchiveError {
        ArchiveError(
            .damaged, "\(name) is damaged at \(place); fetch it again, or what is missing one by one.", cause: cause)
    }

    private var tooManyMembers: ArchiveError {
        ArchiveError(
            .tooManyMembers, "\(name) has more than \(limits.members) entries; check it, or raise the limit.")
    }

    private var tooManyBytes: ArchiveError {
        ArchiveError(
            .tooManyBytes,
            "\(name) unpacks to more than \(limits.totalBytes) bytes by \(place); check it, or raise the limit.")
    }
}
