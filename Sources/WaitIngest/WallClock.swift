package import Foundation
package import WaitCore

/// The clock seam: what time it is, and waiting until then.
package struct WallClock: Sendable {
    package let now: @Sendable () -> Date
    /// Returns at or after the given time, or earlier where the clock was set back meanwhile: whoever waits looks again.
    /// Throws `CancellationError` when the task is cancelled.
    package let sleep: @Sendable (_ until: Date) async throws -> Void

    package init(now: @escaping @Sendable () -> Date, sleep: @escaping @Sendable (Date) async throws -> Void) {
        (self.now, self.sleep) = (now, sleep)
    }

    /// The machine's clock.
    package static let system = WallClock(now: { Date() }, pause: { try await Task.sleep(for: .seconds($0)) })

    /// A clock that shows `start` now, and from there runs as the machine's: for tests and demonstrations.
    package static func starting(at start: Date) -> WallClock {
        let ahead = start.timeIntervalSince(Date())
        return WallClock(
            now: { Date().addingTimeInterval(ahead) }, pause: { try await Task.sleep(for: .seconds($0)) })
    }

    /// The minute that it is in Hong Kong.
    package var minute: HongKongMinute { HongKongMinute(secondsSince1970: now().timeIntervalSince1970) }

    /// A clock that is looked at again every half minute while somebody waits: it may be set, and the machine may have slept
    /// meanwhile. Set back, it ends the wait: a time that was right a moment ago may now be a year away.
    ///
    /// - Parameter pause: lets so many seconds pass.
    package init(
        now: @escaping @Sendable () -> Date, pause: @escaping @Sendable (_ seconds: Double) async throws -> Void
    ) {
        self.init(
            now: now,
            sleep: { until in
                var looked = now()
                while case let left = until.timeIntervalSince(looked), left > 0 {
                    try await pause(min(left, 30))
                    let time = now()
                    guard time >= looked else { return }
                    looked = time
                }
            })
    }
}
