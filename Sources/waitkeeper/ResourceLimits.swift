#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What the operating system lets this process have, looked at before the libraries need it: they end the process without a
/// sentence where a thread, a file or memory is refused.
enum ResourceLimits {
    /// Files of the record and its readers, of the event loops and of a few requests.
    static let leastFiles = 64
    /// Files for as many connections as most services have, where the hard limit allows it.
    private static let usualFiles = 1_024
    /// Stacks of the threads and the program itself.
    static let leastAddressBytes = 512 << 20
    static let leastDataBytes = 64 << 20

    /// Raises the soft limit of files where it is low.
    /// - Throws: `CommandError` where the process may have too little to run at all.
    static func check() throws(CommandError) {
        var files = limit(of: __rlimit_resource_t(RLIMIT_NOFILE.rawValue))
        if files.soft < usualFiles, files.hard > files.soft {
            let wanted = min(usualFiles, files.hard)
            var raised = rlimit(rlim_cur: rlim_t(wanted), rlim_max: rlim_t(files.hard))
            if setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &raised) == 0 { files.soft = wanted }
        }
        if let refusal = refusal(
            files: files.soft, addressBytes: limit(of: __rlimit_resource_t(RLIMIT_AS.rawValue)).soft,
            dataBytes: limit(of: __rlimit_resource_t(RLIMIT_DATA.rawValue)).soft)
        {
            throw CommandError(refusal)
        }
    }

    /// Why the process cannot run with these limits; nil where it can.
    static func refusal(files: Int, addressBytes: Int, dataBytes: Int) -> String? {
        if files < leastFiles {
            return """
                This process may open only \(files) files, but needs \(leastFiles): raise the limit ("ulimit -n", LimitNOFILE=).
                """
        }
        if addressBytes < leastAddressBytes {
            return """
                This process may have only \(addressBytes >> 20)MB of address space, but needs \(leastAddressBytes >> 20): \
                raise the limit ("ulimit -v", LimitAS=).
                """
        }
        if dataBytes < leastDataBytes {
            return """
                This process may have only \(dataBytes >> 20)MB of data, but needs \(leastDataBytes >> 20): raise the limit \
                ("ulimit -d", LimitDATA=).
                """
        }
        return nil
    }

    private static func limit(of resource: __rlimit_resource_t) -> (soft: Int, hard: Int) {
        var limit = rlimit()
        guard getrlimit(resource, &limit) == 0 else { return (.max, .max) }
        return (Int(clamping: limit.rlim_cur), Int(clamping: limit.rlim_max))
    }
}
