package import FoundationEssentials

/// One file of an archive. The same path can come twice.
package struct ArchiveMember: Sendable, Hashable {
    /// The path as it stands in the archive: relative and without `..`. Where the archive does not mark it as UTF-8, bytes
    /// that are none are replaced; where it does, libarchive composes accents (NFC).
    package var path: String
    /// The content, or what could be read of it.
    package var bytes: Data
    /// Why the content is not whole, in a few words: cut, wrong checksum, encrypted, too large. Nil where it is whole.
    package var fault: String?

    package init(path: String, bytes: Data, fault: String? = nil) {
        self.path = path
        self.bytes = bytes
        self.fault = fault
    }

    /// Whether ``bytes`` is the whole content, its checksum right where the archive has one.
    package var isComplete: Bool { fault == nil }
}
