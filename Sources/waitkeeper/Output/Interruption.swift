import Foundation
import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A signal to end, taken as an error at the next piece of work, so that what is half done is put away.
struct Interruption: Error {
    private let signal: Int32

    private static let received = Atomic<Int32>(0)

    /// From now on the first such signal is kept for `check`; a second one ends the process at once.
    static func watch() {
        for number in [SIGINT, SIGTERM, SIGHUP] {
            Glibc.signal(number) { number in
                Interruption.received.store(number, ordering: .relaxed)
                Glibc.signal(number, SIG_DFL)
            }
        }
    }

    /// - Throws: `Interruption` where a signal has come.
    static func check() throws {
        let signal = received.load(ordering: .relaxed)
        if signal != 0 { throw Interruption(signal: signal) }
    }

    /// Ends the process with the status that shells give a process ended by the signal.
    func end() -> Never {
        exit(128 + signal)
    }
}
