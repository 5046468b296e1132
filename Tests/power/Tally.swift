import Foundation
import Synchronization
import TestSupport

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

/// Runs trials 0, 1, … on all cores until one returns nil. Each core has its own folder and state.
///
/// The folder is in memory where it can be: nothing is truly synced, so a disk would only be slower.
///
/// - Parameters:
///   - stopsAtFirst: whether a trial with a fault is the last.
///   - prepare: called once per core with its folder; returns what runs one trial, and nil after the last.
/// - Throws: the first error of a trial.
func inParallel(
    stopsAtFirst: Bool = false, _ prepare: @Sendable (_ folder: URL) throws -> (_ number: UInt64) throws -> Tally.Trial?
) throws -> Tally {
    let next = Atomic<UInt64>(0)
    let tally = Mutex(Tally())
    let failure = Mutex<(any Error)?>(nil)
    DispatchQueue.concurrentPerform(iterations: ProcessInfo.processInfo.activeProcessorCount) { _ in
        do {
            let memory = URL(fileURLWithPath: "/dev/shm")
            let hasMemory = FileManager.default.fileExists(atPath: memory.path)
            let folder = try hasMemory ? TemporaryFolder(in: memory) : TemporaryFolder()
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
