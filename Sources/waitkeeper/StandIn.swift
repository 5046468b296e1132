import Foundation
import WaitCore
import WaitFixtures
import WaitReplay

/// The stand-in publisher as the command uses it: the 18 hospitals with simulated waits, the bundled fixtures, an archive.
enum StandIn {
    static let seed: UInt64 = 20_251_013

    /// - Parameters:
    ///   - publishing: when the new A&E feed's documents are put on offer.
    ///   - archive: the days of which the stand-in archive holds a version a quarter hour; nil: there is none.
    static func publisher(
        seed: UInt64, publishing: PublishingRhythm = .delayed, archive: TimeRange? = nil,
        now: @escaping @Sendable () -> Date
    ) -> ReplayPublisher {
        let world = SimulatedWorld(seed: seed, hospitals: hospitals, publishing: publishing)
        return ReplayPublisher(
            world: world, folder: DocumentFolder(FixtureFiles.all),
            archive: archive.map {
                ReplayArchive(world: world, stamps: ArchiveStamps.regular(from: $0.from, to: $0.to))
            }, now: now)
    }

    /// The hospitals under the names of the feed, each with a level of its own: invented, and the same each time.
    static let hospitals = BundledPlaces.hospitals.enumerated().map { index, place in
        SimulatedHospital(
            name: place.name, busyness: place.id == "SJH" ? 0.2 : 0.6 + Double(index * 7 % 18) / 18)
    }
}
