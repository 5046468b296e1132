import Foundation
package import Logging
import ServiceLifecycle
import WaitCore
package import WaitStore

/// Looks every minute whether something began or ended that a person should know of; stores it, and tells it once in the log.
package actor IncidentWatch: Service {
    private let database: WaitDatabase
    private let plan: IncidentPlan
    private let freeBytes: @Sendable () -> Int?
    private let clock: WallClock
    private let logger: Logger
    /// What was reported and could not be stored, so that a full disk is reported once, too: openings, and closings of stored ones.
    private var pending: [Incident.Matter: Incident] = [:]
    private var toldClosings: Set<Incident.Matter> = []
    private var isBlind = false

    private static let secondsBetween = 60.0

    /// - Parameter freeBytes: what is free on the record's disk; nil where that cannot be said.
    package init(
        database: WaitDatabase, plan: IncidentPlan, freeBytes: @escaping @Sendable () -> Int?,
        clock: WallClock, logger: Logger
    ) {
        (self.database, self.plan, self.freeBytes) = (database, plan, freeBytes)
        (self.clock, self.logger) = (clock, logger)
    }

    /// Runs until the service group shuts down or the task is cancelled.
    package func run() async throws {
        await cancelWhenGracefulShutdown {
            do {
                while true {
                    await self.look()
                    try await self.clock.sleep(self.clock.now().addingTimeInterval(Self.secondsBetween))
                }
            } catch {
                self.logger.debug("watching ended", metadata: ["cause": "\(error)"])
            }
        }
    }

    /// Looks once, stores what changed and tells it.
    package func look() async {
        let now = clock.now()
        do {
            let (facts, stored) = try await BlockingWork.run { [database, freeBytes] _ in
                (try Self.facts(database, freeBytes: freeBytes()), try database.openIncidents())
            }
            pending = pending.filter { matter, _ in !stored.contains { $0.matter == matter } }
            let changes = plan.changes(facts, open: stored + pending.values, now: now)
            let closed = changes.compactMap { note($0, now: now) }
            let openings = pending.values.map {
                IncidentChange.open($0.matter, sinceUnix: $0.sinceUnix, opening: $0.opening)
            }
            try await BlockingWork.run { [database] _ in
                try database.apply(openings + closed, now: Int(now.timeIntervalSince1970))
            }
            (pending, toldClosings) = ([:], [])
            isBlind = false
        } catch is CancellationError {
            // The process ends; what is pending was reported.
        } catch {
            if !isBlind {
                logger.error(
                    "incidents not checked, or not stored",
                    metadata: ["cause": "\(StoreError.sentence(error, of: database))"])
            }
            isBlind = true
        }
    }

    /// Reports a change that was not reported before; what began becomes pending.
    /// - Returns: the change where it is the end of a stored incident.
    private func note(_ change: IncidentChange, now: Date) -> IncidentChange? {
        switch change {
        case .open(let matter, let since, let opening):
            pending[matter] = Incident(
                id: 0, matter: matter, sinceUnix: since, openedUnix: Int(now.timeIntervalSince1970), opening: opening)
            tell(change)
            return nil
        case .close(let incident, _):
            if pending.removeValue(forKey: incident.matter) != nil {
                tell(change)
                return nil
            }
            if toldClosings.insert(incident.matter).inserted { tell(change) }
            return change
        }
    }

    private static func facts(_ database: WaitDatabase, freeBytes: Int?) throws -> IncidentPlan.Facts {
        var facts = IncidentPlan.Facts()
        facts.feeds = try database.feedSummaries()
        for table in ReadingTable.all { facts.hospitals[table.feed] = try database.hospitalPresences(in: table) }
        facts.freeBytes = freeBytes
        return facts
    }

    private func tell(_ change: IncidentChange) {
        switch change {
        case .open(let matter, _, let opening):
            logger.error(
                "incident began",
                metadata: ["kind": "\(matter.kind.rawValue)", "subject": "\(matter.subject)", "what": "\(opening)"])
        case .close(let incident, let closing):
            logger.notice(
                "incident ended",
                metadata: [
                    "kind": "\(incident.matter.kind.rawValue)", "subject": "\(incident.matter.subject)",
                    "what": "\(closing)",
                ])
        }
    }
}

/// The disk that a file lies on.
package enum DiskSpace {
    /// Bytes free for us; nil where the system does not say.
    package static func free(at path: String) -> Int? {
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        let free: Any?
        do {
            free = try FileManager.default.attributesOfFileSystem(forPath: folder)[.systemFreeSize]
        } catch {
            return nil
        }
        return (free as? NSNumber)?.intValue
    }
}
