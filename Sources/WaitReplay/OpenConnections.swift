import NIOCore
import Synchronization

/// The connections a server has open, so that stopping can end them all.
final class OpenConnections: Sendable {
    private struct State {
        var channels: [ObjectIdentifier: any Channel] = [:]
        var isStopped = false
    }

    private let state = Mutex(State())

    /// Keeps a new connection until it closes; one that comes in after the stop is closed at once.
    func add(_ channel: any Channel) {
        let key = ObjectIdentifier(channel)
        let isStopped = state.withLock { state in
            if !state.isStopped { state.channels[key] = channel }
            return state.isStopped
        }
        channel.closeFuture.whenComplete { [self] _ in
            state.withLock { $0.channels[key] = nil }
        }
        if isStopped { channel.close(promise: nil) }
    }

    /// Closes every connection, answered or not, and returns when all are closed.
    func closeAll() async throws {
        let open = state.withLock { state in
            state.isStopped = true
            return Array(state.channels.values)
        }
        for channel in open { channel.close(promise: nil) }
        for channel in open { try await channel.closeFuture.get() }
    }
}
