import Foundation
import WaitStore

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A file that appears whole or not at all: written beside its name, kept on the disk, then renamed.
///
/// Whatever ends the writing before `finish`, a signal too, removes what was written. Devices and pipes are written directly.
struct OutputFile: ~Copyable {
    private let path: String
    /// Nil where the file is written directly, or has its name.
    private var temporaryPath: String?
    private let descriptor: Int32
    private let overwriting: Overwriting

    /// What may be at the name already.
    enum Overwriting {
        /// Nothing: whatever is there stays.
        case nothing
        /// Devices and pipes, which are written directly; a file stays.
        case devices
        /// Also a file, which is replaced when the new one is whole.
        case anything
    }

    /// Where the bytes are until `finish`, for a writer that opens the file itself.
    var writtenPath: String { temporaryPath ?? path }

    /// - Throws: `CommandError` where the file cannot be made, or something is there that may not be.
    init(path: String, _ overwriting: Overwriting) throws {
        let target = try Self.target(of: path)
        let kind = Self.kind(of: target)
        if overwriting == .nothing { try Self.refuse(path, as: kind, overwriting) }
        guard kind != S_IFDIR else {
            throw CommandError("\(path) is a folder; name a file with -o, or use --output for a folder.")
        }
        try Self.refuse(path, as: kind, overwriting)
        let isFile = kind == nil || kind == S_IFREG
        // Before there is anything to be put away.
        if isFile { Interruption.watch() }
        let temporaryPath = isFile ? Self.temporaryPath(beside: target) : nil
        // A name that cannot be guessed, and a file that did not exist: what is written goes nowhere else.
        let descriptor = open(
            temporaryPath ?? target, O_WRONLY | O_CLOEXEC | (isFile ? O_CREAT | O_EXCL | O_NOFOLLOW : 0), 0o666)
        guard descriptor >= 0 else {
            throw CommandError("\(path) cannot be written (\(String(cString: strerror(errno)))).")
        }
        (self.path, self.temporaryPath, self.descriptor) = (target, temporaryPath, descriptor)
        self.overwriting = overwriting
    }

    private static func temporaryPath(beside target: String) -> String {
        "\(target).\(String(UInt64.random(in: .min ... .max), radix: 36)).part"
    }

    /// What a link leads to, so that it stays one.
    /// - Throws: `CommandError` where another user made the link: it may lead to a file of ours that must not be replaced.
    private static func target(of path: String) throws -> String {
        var link = stat()
        if lstat(path, &link) == 0, link.st_mode & S_IFMT == S_IFLNK, ![0, geteuid()].contains(link.st_uid) {
            throw CommandError("\(path) is a link that another user has made; remove it, or name another file.")
        }
        guard let resolved = realpath(path, nil) else { return path }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    /// The kind of file there is, nil where there is none.
    private static func kind(of path: String) -> mode_t? {
        var status = stat()
        return stat(path, &status) == 0 ? status.st_mode & S_IFMT : nil
    }

    private static func refuse(_ path: String, as kind: mode_t?, _ overwriting: Overwriting) throws {
        switch overwriting {
        case .nothing where kind != nil:
            throw CommandError("\(path) already exists; name another file, or move that one away.")
        case .devices where kind == S_IFREG:
            throw CommandError("\(path) already exists; name another file, or replace it with --force.")
        case .nothing, .devices, .anything: return
        }
    }

    /// - Throws: `CommandError`, on a full disk for one; `Interruption` where a signal came.
    func write(_ bytes: [UInt8]) throws {
        try Interruption.check()
        try bytes.withUnsafeBytes { buffer in
            var rest = buffer[...]
            while !rest.isEmpty {
                let count = Glibc.write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { throw failure("could not be written") }
                rest = rest.dropFirst(count)
            }
        }
    }

    /// Keeps the file under its name.
    mutating func finish() throws {
        guard let temporaryPath else { return }
        try Interruption.check()
        // Somebody else may have taken the name since.
        try Self.refuse(path, as: Self.kind(of: path), overwriting)
        guard fsync(descriptor) == 0 else { throw failure("could not be saved on the disk") }
        guard rename(temporaryPath, path) == 0 else { throw failure("could not be moved into place") }
        self.temporaryPath = nil
        try FileSystem.keepNames(in: URL(fileURLWithPath: path).deletingLastPathComponent().path)
    }

    deinit {
        close(descriptor)
        if let temporaryPath { unlink(temporaryPath) }
    }

    private func failure(_ what: String) -> CommandError {
        CommandError("\(path) \(what) (\(String(cString: strerror(errno)))); nothing was left behind.")
    }
}
