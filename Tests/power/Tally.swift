import Foundation
import Synchronization

/// What trials found.
struct Tally: Sendable {
    /// One trial.
    struct Trial {
        /// Whether what was to be tried happened.
        var isTried = true
        let faults: [String]
    }

    var tried = 0
    var faulty = 0
    var faults: [String] = []
}

/// Makes trials 0, 1, … on every core, each core with a folder and state of its own, until a trial says that there are no more.
///
/// - Parameters:
///   - stopsAtFirst: whether a trial with a fault is the last.
///   - prepare: called once a core with its folder; what it returns makes one trial; nil behind the last.
/// - Throws: what the first trial throws that fails itself.
func inParallel(
    stopsAtFirst: Bool = false, _ prepare: @Sendable (_ folder: URL) throws -> (_ number: UInt64) throws -> Tally.Trial?
) throws -> Tally {
    let next = Atomic<UInt64>(0)
    let tally = Mutex(Tally())
    let failure = Mutex<(any Error)?>(nil)
    DispatchQueue.concurrentPerform(iterations: ProcessInfo.processInfo.activeProcessorCount) { _ in
        do {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let trial = try prepare(folder.url)
            while failure.withLock({ $0 == nil }), !stopsAtFirst || tally.withLock({ $0.faulty == 0 }) {
                guard let made = try trial(next.add(1, ordering: .relaxed).oldValue) else { return }
                tally.withLock {
                    $0.tried += made.isTried ? 1 : 0
                    $0.faulty += made.faults.isEmpty ? 0 : 1
                    $0.faults += made.faults
                }
            }
        } catch {
            failure.withLock { $0 = $0 ?? error }
        }
    }
    if let failure = failure.withLock({ $0 }) { throw failure }
    return tally.withLock { $0 }
}

/// A folder in memory where there is one: nothing is truly synced, so that a disk would only be slower.
struct TemporaryFolder {
    let url: URL

    init() throws {
        url = URL(fileURLWithPath: FileManager.default.fileExists(atPath: "/dev/shm") ? "/dev/shm" : "/tmp")
            .appending(path: "waitkeeper-power-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    func remove() {
        // In memory, and named by chance: left behind it harms nobody.
        try? FileManager.default.removeItem(at: url)
    }
}
