/// The rule for paths inside an archive. Nothing is ever unpacked under such a path; still it becomes a name in the
/// record, and what tries to lead out of a folder is not a publisher's file.
enum MemberPath {
    static let maximumBytes = 1_000

    /// The path as text; nil where it is empty, absolute, leads upwards or is too long. A backslash counts as a
    /// separator too, since some packers write it.
    ///
    /// libarchive ends a path at its first NUL, so what is judged here, and handed over, is what stands before it.
    static func text(_ bytes: some Collection<UInt8>) -> String? {
        guard !bytes.isEmpty, bytes.count <= maximumBytes, !bytes.contains(0) else { return nil }
        let parts = bytes.split(omittingEmptySubsequences: false) { $0 == 0x2f || $0 == 0x5c }
        let isUpwards = parts.contains { $0.elementsEqual("..".utf8) }
        let isAbsolute = parts.first?.isEmpty == true || bytes.dropFirst().first == 0x3a && parts[0].count == 2
        return isUpwards || isAbsolute ? nil : String(decoding: bytes, as: UTF8.self)
    }
}
