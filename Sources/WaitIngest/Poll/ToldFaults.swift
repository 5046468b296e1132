import Synchronization
import WaitCore

/// The faults of records that were logged, so that one that is in every document is logged once, and again only after
/// it was gone.
final class ToldFaults: Sendable {
    /// What makes two faults one for a reader of the log: the figures in them differ every quarter hour.
    private struct Key: Hashable {
        let field: String?
        let reason: String
    }

    private let told = Mutex<[Document: Set<Key>]>([:])

    /// The faults of a document that its last one did not have, one of each kind, with how many there are of it.
    func news(_ faults: [ReadFault], of document: Document) -> [(fault: ReadFault, count: Int)] {
        let kinds = Dictionary(grouping: faults) { Key(field: $0.field, reason: $0.reason) }
        let before = told.withLock { told in
            defer { told[document] = Set(kinds.keys) }
            return told[document] ?? []
        }
        return faults.filter { fault in
            let key = Key(field: fault.field, reason: fault.reason)
            return !before.contains(key) && kinds[key]?.first == fault
        }.map { ($0, kinds[Key(field: $0.field, reason: $0.reason)]?.count ?? 1) }
    }
}
