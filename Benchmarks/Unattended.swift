import Foundation
import Synchronization
import WaitStore

/// What a collector that is left alone takes: of the processor where there is nothing new, and of memory as passes go by.
///
/// The publisher runs in the same process; its work and memory are counted, too.
struct Unattended {
    private static let passes = 10_000
    private static let quietPasses = 1_000
    let folder: URL

    func measure() async throws -> [Bench.Result] {
        let path = folder.appending(path: "unattended.sqlite").path
        let memory = Mutex<[Int: Double]>([:])
        // Two passes and a bit a quarter hour: some find it moved at once, others ask again.
        try await BusyCollection(
            path: path, days: 100,
            beforePass: { pass in
                if [1_000, 5_000, Self.passes].contains(pass) {
                    memory.withLock { $0[pass] = Self.residentMegabytes() }
                }
            }
        ).run()
        let quiet = try await cpuOfQuietPass()
        let atPasses = memory.withLock { $0 }.sorted { $0.key < $1.key }.map {
            "\(Self.text($0.value)) after \($0.key)"
        }
        return [
            .init(
                what: "CPU of a pass with nothing new, ms (client, publisher, store)", figure: Self.text(quiet),
                aim: "under 50"),
            .init(
                what: "resident memory as passes go by, MB", figure: atPasses.joined(separator: ", "),
                aim: "under 60, flat"),
        ]
    }

    /// Against a publisher that stands still: each pass is asked, answered 304 and stored.
    private func cpuOfQuietPass() async throws -> Double {
        let path = folder.appending(path: "quiet.sqlite").path
        let marks = Mutex<(first: Double, last: Double)>((0, 0))
        try await BusyCollection(
            path: path, days: 4, frozenFrom: BusyCollection.start,
            beforePass: { pass in
                if pass == 100 { marks.withLock { $0.first = SimulatedYear.cpuSeconds() } }
                if pass == 100 + Self.quietPasses { marks.withLock { $0.last = SimulatedYear.cpuSeconds() } }
            }
        ).run()
        let (first, last) = marks.withLock { $0 }
        return (last - first) / Double(Self.quietPasses) * 1_000
    }

    private static func text(_ number: Double) -> String { String((number * 10).rounded() / 10) }

    /// Pages of 4 KiB in memory, by the second number of `/proc/self/statm`.
    private static func residentMegabytes() -> Double {
        let bytes = FileManager.default.contents(atPath: "/proc/self/statm") ?? Data()
        let pages =
            String(decoding: bytes, as: UTF8.self).split(separator: " ").dropFirst().first.flatMap { Double($0) } ?? 0
        return pages * 4_096 / 1_000_000
    }
}
