/// How much an archive may bring, counted while it is read: what its headers claim has no say.
package struct ArchiveLimits: Sendable, Hashable {
    /// Bytes of one member; of a larger one the beginning is handed over, marked incomplete.
    package var memberBytes: Int
    /// Bytes of all members together; more end the reading.
    package var totalBytes: Int
    /// Entries of any kind; more end the reading.
    package var members: Int

    package init(memberBytes: Int = 5_000_000, totalBytes: Int = 2_000_000_000, members: Int = 100_000) {
        self.memberBytes = memberBytes
        self.totalBytes = totalBytes
        self.members = members
    }
}
