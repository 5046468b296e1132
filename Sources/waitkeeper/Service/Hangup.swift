import Foundation

/// The signal of a terminal that is closed.
enum Hangup {
    /// Whether it ends a service clean, with what waits in memory stored: unless it was started to outlive its terminal (nohup).
    static var endsService: Bool {
        var action = sigaction()
        guard sigaction(SIGHUP, nil, &action) == 0 else { return true }
        return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self)
            != unsafeBitCast(SIG_IGN, to: Int.self)
    }
}
