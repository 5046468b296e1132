package import Foundation

/// The clock seam: what time it is, and waiting until then.
package struct WallClock: Sendable {
    package let now: @Sendable () -> Date
    /// Returns at or after the given time; throws `CancellationError` when the task is cancelled.
    package let sleep: @Sendable (_ until: Date) async throws -> Void

    package init(now: @escaping @Sendable () -> Date, sleep: @escaping @Sendable (Date) async throws -> Void) {
        (self.now, self.sleep) = (now, sleep)
    }

    /// The machine's clock, looked at again every half minute: it may be set, and the machine may have slept meanwhile.
    package static let system = WallClock(
        now: { Date() },
        sleep: { until in
            while case let left = until.timeIntervalSinceNow, left > 0 {
                try await Task.sleep(for: .seconds(min(left, 30)))
            }
        })
}
