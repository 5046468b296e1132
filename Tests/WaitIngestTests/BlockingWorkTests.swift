import Foundation
import Synchronization
import Testing
import WaitIngest

@Suite("Work that blocks runs on threads of its own", .timeLimit(.minutes(30)))
struct BlockingWorkTests {
    /// On Swift's own threads, of which there are as many as cores, this would never come to an end.
    @Test("any number of pieces at once, each of which waits for all the others", arguments: [1, 2, 4])
    func barrier(piecesPerCore: Int) async throws {
        let count = ProcessInfo.processInfo.activeProcessorCount * piecesPerCore + 1
        let gathering = Gathering(of: count)
        let sum = try await withThrowingTaskGroup(of: Int.self) { group in
            for number in 0..<count {
                group.addTask {
                    try await BlockingWork.run { _ in
                        gathering.wait()
                        return number
                    }
                }
            }
            return try await group.reduce(0, +)
        }
        #expect(sum == count * (count - 1) / 2)
    }

    @Test("an error of the work is the caller's")
    func error() async {
        await #expect(throws: CocoaError.self) {
            try await BlockingWork.run { _ -> Int in throw CocoaError(.fileNoSuchFile) }
        }
    }

    @Test("the work of a task that is cancelled is told so and ends")
    func cancelled() async {
        let (begun, begin) = AsyncStream.makeStream(of: Void.self)
        let task = Task {
            try await BlockingWork.run { stop -> Void in
                begin.yield()
                while true {
                    try stop.check()
                    usleep(1_000)
                }
            }
        }
        for await _ in begun { break }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }

    @Test("a task that was cancelled before does not begin its work")
    func cancelledBefore() async {
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            try await BlockingWork.run { _ -> Void in Issue.record("it began") }
        }
        await #expect(throws: CancellationError.self) { try await task.value }
    }
}

/// Holds its callers until all are there.
private final class Gathering: Sendable {
    private let missing: Mutex<Int>
    private let everybody = DispatchSemaphore(value: 0)
    private let count: Int

    init(of count: Int) {
        self.count = count
        missing = Mutex(count)
    }

    func wait() {
        let isLast = missing.withLock { missing in
            missing -= 1
            return missing == 0
        }
        guard isLast else { return everybody.wait() }
        for _ in 1..<count { everybody.signal() }
    }
}
