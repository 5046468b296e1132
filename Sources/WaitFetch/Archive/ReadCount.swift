/// What was met in an archive that was read to its end.
package struct ReadCount: Sendable, Hashable {
    /// Members handed over.
    package internal(set) var members = 0
    /// Members among them that are not whole.
    package internal(set) var incomplete = 0
    /// Directories, links and special files, which are passed over.
    package internal(set) var passedOver = 0
    /// Files passed over because their path cannot be trusted: empty, absolute, with `..`, over 1,000 bytes, or marked as
    /// UTF-8 without being it.
    package internal(set) var refused = 0
    /// Entries passed over because their header could not be read; in a tar, each 512 bytes without one.
    package internal(set) var unreadable = 0

    /// Entries of any kind.
    package var entries: Int { members + passedOver + refused + unreadable }
}
