import NIOPosix
import Synchronization

/// Threads that may block: reading the record happens here, and no connection waits for another's question.
final class Workers: Sendable {
    private let pool: NIOThreadPool
    private let waiting = Atomic<Int>(0)
    private let mostWaiting: Int

    init(_ limits: WebLimits) {
        pool = NIOThreadPool(numberOfThreads: limits.workers)
        mostWaiting = limits.workers + limits.waiting
        pool.start()
    }

    /// Runs `body` on a thread that may block.
    /// - Throws: `Problem.busy` where too many wait already; what `body` throws.
    func run<Result: Sendable>(_ body: @escaping @Sendable () throws -> Result) async throws -> Result {
        defer { waiting.subtract(1, ordering: .relaxed) }
        guard waiting.add(1, ordering: .relaxed).newValue <= mostWaiting else { throw Problem.busy }
        return try await pool.runIfActive(body)
    }

    func shutDown() async throws {
        try await pool.shutdownGracefully()
    }
}
