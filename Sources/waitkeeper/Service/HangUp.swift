import Logging
import ServiceLifecycle

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The signal that a terminal sends when it goes away, SIGHUP: it ends `run` like SIGTERM, with a last try to store what waits.
enum HangUp {
    /// Whether whoever started the process has it ignored, as `nohup` does: then it stays so.
    static var isIgnored: Bool {
        var action = sigaction()
        guard sigaction(SIGHUP, nil, &action) == 0 else { return false }
        #if canImport(Glibc)
            let handler = action.__sigaction_handler.sa_handler
        #else
            let handler = action.__sigaction_u.__sa_handler
        #endif
        // SIG_IGN, which Swift takes for a function, is the address 1.
        return unsafeBitCast(handler, to: Int.self) == 1
    }
}

extension Composition {
    /// Services that run until the process is told to end: by SIGTERM, SIGINT, or SIGHUP where it is not ignored.
    static func group(of services: [any Service], logger: Logger) -> ServiceGroup {
        ServiceGroup(
            services: services, gracefulShutdownSignals: [.sigterm, .sigint] + (HangUp.isIgnored ? [] : [.sighup]),
            logger: logger)
    }
}
