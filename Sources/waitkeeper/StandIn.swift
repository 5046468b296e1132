import Foundation
import WaitCore
import WaitFixtures
import WaitReplay

/// The stand-in publisher as the command uses it: the 18 hospitals with simulated waits, and the bundled fixtures.
enum StandIn {
    static let seed: UInt64 = 20_251_013

    static func publisher(seed: UInt64, now: @escaping @Sendable () -> Date) -> ReplayPublisher {
        ReplayPublisher(
            world: SimulatedWorld(seed: seed, hospitals: hospitals), folder: DocumentFolder(FixtureFiles.all), now: now)
    }

    /// The hospitals under the names of the feed, each with a level of its own: invented, and the same each time.
    static let hospitals = BundledPlaces.hospitals.enumerated().map { index, place in
        SimulatedHospital(
            name: place.name, busyness: place.id == "SJH" ? 0.2 : 0.6 + Double(index * 7 % 18) / 18)
    }
}
