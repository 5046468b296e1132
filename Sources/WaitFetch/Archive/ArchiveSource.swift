internal import Glibc

/// Where an archive's bytes are.
package enum ArchiveSource: Sendable, CustomStringConvertible {
    /// A fetched body.
    case spooled(SpooledFile)
    /// A regular file.
    case file(path: String)

    /// How messages name it.
    package var description: String {
        switch self {
        case .spooled(let file): "The fetched archive of \(file.byteCount) bytes"
        case .file(let path): path
        }
    }

    /// Calls `body` with a descriptor that is open meanwhile.
    ///
    /// - Throws: `cannotOpen`, or what `body` throws.
    func withDescriptor<Result>(_ body: (Int32) throws -> Result) throws -> Result {
        switch self {
        case .spooled(let file):
            return try withExtendedLifetime(file) { try body(file.descriptor) }
        case .file(let path):
            let descriptor = try Self.open(path)
            defer { close(descriptor) }
            return try body(descriptor)
        }
    }

    private static func open(_ path: String) throws(ArchiveError) -> Int32 {
        // A pipe without a writer would block an ordinary open for ever.
        let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            throw ArchiveError(
                .cannotOpen, "\(path) cannot be opened; check the path and its permissions.",
                cause: String(cString: strerror(errno)))
        }
        var facts = stat()
        guard fstat(descriptor, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw ArchiveError(.cannotOpen, "\(path) is not a regular file; give the path of an archive.")
        }
        return descriptor
    }
}
