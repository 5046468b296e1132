import GRDB
package import WaitCore

extension WaitDatabase {
    /// When the feed is due to publish something newer than its newest reading here: at the end of that one's slot; nil where there
    /// is none.
    /// Cost: a look-up by key for each hospital.
    package func nextVersionAt(of table: ReadingTable) throws -> HongKongMinute? {
        try access.read { try table.newestMinute($0)?.slotStart.adding(minutes: 15) }
    }
}
