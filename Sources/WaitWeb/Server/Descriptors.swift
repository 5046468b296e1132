import Foundation

/// The process's file descriptors: more connections than there are of these would end in EMFILE.
enum Descriptors {
    /// What the database, logs and the collector need besides connections.
    private static let others = 200

    /// How many of `connections` can be had, after asking the system for as many as it allows.
    static func affordable(_ connections: Int) -> Int {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return connections }
        let wanted = rlim_t(connections + others)
        if limit.rlim_cur < wanted {
            limit.rlim_cur = min(limit.rlim_max, wanted)
            // Where it is refused, what is there has to do.
            _ = setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
            _ = getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        }
        return max(16, min(connections, Int(clamping: limit.rlim_cur) - others))
    }
}
