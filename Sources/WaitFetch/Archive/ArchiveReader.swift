/// Reads archives: ZIP by the central directory, and `.tar`, `.tar.gz` and `.tar.xz` as they come, each recognised by
/// its content.
package enum ArchiveReader {
    /// Hands over each file of an archive, one after another, in the archive's order. In memory is one member, and of a
    /// ZIP libarchive's list of its entries. It blocks while it reads; the body stops it by throwing, for one
    /// `CancellationError`.
    ///
    /// - Directories, links, special files and paths that cannot be trusted are passed over, and counted.
    /// - A member that is cut, garbled, encrypted or too large is handed over with what could be read of it and its
    ///   fault. In a packed tar nothing garbled can be passed: the reading ends there.
    /// - A plain `.tar` that was cut between two members looks whole.
    ///
    /// - Returns: what was met.
    /// - Throws: ``ArchiveError`` with every code of its, or whatever the body throws.
    package static func forEachMember(
        of source: ArchiveSource, limits: ArchiveLimits = ArchiveLimits(), _ body: (ArchiveMember) throws -> Void
    ) throws -> ReadCount {
        try source.withDescriptor { descriptor in
            var reading = ArchiveReading(descriptor: descriptor, name: source.description, limits: limits)
            try reading.run(body)
            return reading.tally
        }
    }
}
