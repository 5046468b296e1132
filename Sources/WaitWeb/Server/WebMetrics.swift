import Synchronization

/// What the server counts of its own work, for `/metrics`.
final class WebMetrics: Sendable {
    /// Upper bounds in seconds of the classes of durations.
    static let bounds = [0.001, 0.005, 0.025, 0.1, 0.5, 2.5, 10]

    struct Series: Hashable, Sendable {
        /// The endpoint's template; "none" where no endpoint fits.
        let route: String
        /// `2xx`.
        let statusClass: String
    }

    struct Durations: Sendable {
        /// Per bound: requests that took no longer than it and longer than the one before; then the rest.
        var counts = [Int](repeating: 0, count: WebMetrics.bounds.count + 1)
        var sumSeconds = 0.0
    }

    /// Per route (the last is "none") and hundred of the status (2 to 5).
    private let cells: Mutex<[[Durations]]>
    private let openConnections = Atomic<Int>(0)
    private let routes: [String]

    init(routes: [String]) {
        self.routes = routes + ["none"]
        cells = Mutex([[Durations]](repeating: [Durations](repeating: Durations(), count: 4), count: routes.count + 1))
    }

    /// - Parameters:
    ///   - route: the endpoint's place in the route map; nil: none fits.
    func count(route: Int?, status: Int, seconds: Double) {
        let bucket = Self.bounds.firstIndex { seconds <= $0 } ?? Self.bounds.count
        cells.withLock { cells in
            let (row, column) = (route ?? cells.count - 1, min(max(status / 100, 2), 5) - 2)
            cells[row][column].counts[bucket] += 1
            cells[row][column].sumSeconds += seconds
        }
    }

    /// What was counted so far; series without a request are left out.
    func snapshot() -> [(series: Series, durations: Durations)] {
        let cells = cells.withLock { $0 }
        return cells.enumerated().flatMap { row, classes in
            classes.enumerated().filter { $0.element.counts.contains { $0 > 0 } }.map { column, durations in
                (Series(route: routes[row], statusClass: "\(column + 2)xx"), durations)
            }
        }
    }

    /// Counts a connection in; returns how many there are now.
    func connectionOpened() -> Int {
        openConnections.add(1, ordering: .relaxed).newValue
    }

    func connectionClosed() {
        openConnections.subtract(1, ordering: .relaxed)
    }

    var connections: Int { openConnections.load(ordering: .relaxed) }
}
