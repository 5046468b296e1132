/// Why an archive could not be read to its end: a code to act on, a sentence to mend by, and libarchive's own words.
package struct ArchiveError: Error, Sendable, CustomStringConvertible {
    /// The closed set of reasons.
    package enum Code: String, Sendable, Hashable, CaseIterable {
        /// There is no such file, it is not to be read, or it is not a regular file.
        case cannotOpen
        /// It is neither a ZIP nor a tar, or a ZIP without a single entry.
        case notAnArchive
        /// It begins as a ZIP and has no central directory: its end is missing.
        case cutShort
        /// It is damaged where libarchive cannot go on; the members before were handed over.
        case damaged
        /// It has more entries than the limit.
        case tooManyMembers
        /// Its members have more bytes together than the limit.
        case tooManyBytes
        /// libarchive failed in a way that has no code here; see the cause.
        case other
    }

    package var code: Code
    /// One sentence: what happened, where, what to do next.
    package var message: String
    /// What libarchive or the system reported.
    package var cause: String?

    package init(_ code: Code, _ message: String, cause: String? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }

    /// The message, with the cause in brackets.
    package var description: String {
        guard let cause, !cause.isEmpty else { return message }
        return "\(message) [\(cause)]"
    }
}
