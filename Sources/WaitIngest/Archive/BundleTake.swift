import Foundation
import Logging
import WaitCore
import WaitFetch
import WaitStore

/// Unpacks a bundle and stores the versions in it that are wanted. It blocks: see `BlockingWork`.
struct BundleTake: Sendable {
    let feed: Feed
    let document: Document
    let request: BundleRequest
    /// The versions that are listed and were not read yet.
    let wanted: Set<HongKongMinute>
    let database: WaitDatabase
    /// Today in Hong Kong, as a number.
    let day: Int
    let logger: Logger

    /// What came in.
    struct Part: Sendable {
        var read = 0
        var readings = 0
    }

    /// Members that are not taken, by why.
    private struct Strays {
        /// Of other documents, or of days outside the bundle.
        var foreign = 0
        /// Cut, damaged, encrypted, or with a path that is not to be trusted: asked for alone.
        var unreadable = 0
    }

    /// - Parameter advance: told how many versions were stored, after each transaction.
    /// - Throws: `CancellationError`; the store's errors. What was stored by then stays.
    func run(
        _ file: SpooledFile, stop: BlockingWork.StopSign, advance: (Int) -> Void
    ) throws -> Part {
        var (part, strays) = (Part(), Strays())
        var group = VersionGroup(feed: feed, document: document, key: request.key)
        do {
            let tally = try ArchiveReader.forEachMember(of: .spooled(file)) { member in
                try stop.check()
                guard let stamp = stamp(of: member) else {
                    strays.foreign += 1
                    return
                }
                guard member.isComplete else {
                    strays.unreadable += 1
                    return
                }
                guard wanted.contains(stamp) else { return }
                group.add(member.bytes, stamp: stamp)
                if group.isFull { try store(&group, &part, advance) }
            }
            strays.unreadable += tally.unreadable + tally.refused
        } catch let error as ArchiveError {
            logger.warning(
                "bundle not read whole", metadata: ["day": "\(request.day.dayText)", "cause": "\(error)"])
        }
        try store(&group, &part, advance)
        if strays.foreign + strays.unreadable > 0 {
            logger.warning(
                "bundle members not taken",
                metadata: [
                    "day": "\(request.day.dayText)", "of other documents or days": "\(strays.foreign)",
                    "not readable": "\(strays.unreadable)",
                ])
        }
        return part
    }

    /// The version that a member holds; nil where it is of another document, or of a day that this bundle does not hold.
    private func stamp(of member: ArchiveMember) -> HongKongMinute? {
        guard let stamp = ArchiveStamp.minute(ofMember: member.path, of: document) else { return nil }
        return BucketSize.month.start(of: stamp) == BucketSize.month.start(of: request.day) ? stamp : nil
    }

    private func store(_ group: inout VersionGroup, _ part: inout Part, _ advance: (Int) -> Void) throws {
        let answers = group.take()
        guard !answers.isEmpty else { return }
        let recorded = try database.record(answers, day: day)
        part.read += answers.count
        part.readings += recorded.reduce(0) { $0 + $1.added }
        advance(answers.count)
    }
}
