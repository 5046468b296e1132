import Foundation
import WaitCore
import WaitFixtures
import WaitReplay

/// The stand-in publisher as the command uses it: the 18 hospitals with simulated waits, the bundled fixtures, an archive.
enum MockPublisher {
    static let seed: UInt64 = 20_251_013

    /// - Parameters:
    ///   - instant: the quotas are those of then.
    ///   - publishing: when the new A&E feed's documents are put on offer.
    ///   - archive: the stand-in archive; nil: there is none.
    static func publisher(
        seed: UInt64, at instant: Date, publishing: PublishingRhythm = .delayed, archive: ReplayArchive? = nil,
        now: @escaping @Sendable () -> Date
    ) -> ReplayPublisher {
        ReplayPublisher(
            world: world(seed: seed, publishing: publishing), folder: DocumentFolder(files(at: instant)),
            archive: archive, now: now)
    }

    static func world(seed: UInt64, publishing: PublishingRhythm = .delayed) -> SimulatedWorld {
        SimulatedWorld(seed: seed, hospitals: hospitals, publishing: publishing)
    }

    /// The bundled files; the quotas' periods are those of that time.
    private static func files(at instant: Date) -> [String: [UInt8]] {
        var files = FixtureFiles.all
        let minute = HongKongMinute(secondsSince1970: instant.timeIntervalSince1970)
        for document in Feed.clinicQuota.documents {
            let name = String(document.url.split(separator: "/").last ?? "")
            if let bytes = files[name] { files[name] = SimulatedQuotas(bytes).document(at: minute) }
        }
        return files
    }

    /// An archive that holds a version of the new A&E feed a quarter hour.
    static func archive(seed: UInt64, publishing: PublishingRhythm, of range: TimeRange) -> ReplayArchive {
        ReplayArchive(
            world: world(seed: seed, publishing: publishing),
            stamps: ArchiveStamps.regular(from: range.from, to: range.to))
    }

    /// The hospitals under the names of the feed, each with a level of its own: invented, and the same each time.
    static let hospitals = BundledPlaces.hospitals.enumerated().map { index, place in
        SimulatedHospital(
            name: place.name, busyness: place.id == "SJH" ? 0.2 : 0.6 + Double(index * 7 % 18) / 18)
    }
}
