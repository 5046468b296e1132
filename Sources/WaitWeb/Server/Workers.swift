import NIOPosix
import Synchronization

/// Which threads make an endpoint's answers; no lane waits for another.
enum Lane: Int, CaseIterable, Sendable {
    /// Whether we live.
    case health
    /// What the server counts: never from the cache.
    case metrics
    /// A few look-ups by key: what pages and programs ask for every quarter hour.
    case light
    /// Aggregates over years, pictures, most pages.
    case heavy
    /// Pages of exports; each export waits for its client most of the time.
    case stream
}

/// Threads that may block: reading the record happens here, and no connection waits for another's question.
final class Workers: Sendable {
    private let lanes: [LaneThreads]

    init(_ limits: WebLimits) {
        lanes = Lane.allCases.map { lane in
            switch lane {
            case .health, .metrics: LaneThreads(threads: 1, waiting: limits.waiting)
            case .light: LaneThreads(threads: limits.lightWorkers, waiting: limits.waiting)
            case .heavy: LaneThreads(threads: limits.workers, waiting: limits.waiting)
            // As many wait as there are exports, which the budget of bodies bounds.
            case .stream: LaneThreads(threads: limits.streamWorkers, waiting: .max / 2)
            }
        }
    }

    /// Runs `body` on a thread that may block, then hands its result to `finish` there.
    ///
    /// Where too many wait already, `finish` has `Problem.busy` at once; where the service ends, `CancellationError`.
    func submit<Value: Sendable>(
        on lane: Lane, _ body: @escaping @Sendable () throws -> Value,
        then finish: @escaping @Sendable (Result<Value, any Error>) -> Void
    ) {
        let threads = lanes[lane.rawValue]
        guard threads.enter() else { return finish(.failure(Problem.busy)) }
        threads.pool.submit { state in
            let result = Result { () throws -> Value in
                guard case .active = state else { throw CancellationError() }
                return try body()
            }
            threads.leave()
            finish(result)
        }
    }

    /// Runs `body` on a thread that may block.
    /// - Throws: `Problem.busy` where too many wait already; what `body` throws.
    func run<Value: Sendable>(on lane: Lane, _ body: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            submit(on: lane, body) { continuation.resume(with: $0) }
        }
    }

    func shutDown() async throws {
        for lane in lanes { try await lane.pool.shutdownGracefully() }
    }
}

/// The threads of one lane, and how many wait for them.
private final class LaneThreads: Sendable {
    let pool: NIOThreadPool
    private let count = Atomic<Int>(0)
    private let most: Int

    init(threads: Int, waiting: Int) {
        pool = NIOThreadPool(numberOfThreads: threads)
        most = threads + waiting
        pool.start()
    }

    /// Whether there is room for one more.
    func enter() -> Bool {
        guard count.add(1, ordering: .relaxed).newValue <= most else {
            leave()
            return false
        }
        return true
    }

    func leave() {
        count.subtract(1, ordering: .relaxed)
    }
}
