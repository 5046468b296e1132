/// How the API is served.
package struct WebConfiguration: Sendable, Hashable {
    package var listen: ListenAddress
    package var limits: WebLimits
    /// Part of every entity tag: a new version may answer otherwise.
    package var version: String

    package init(listen: ListenAddress = .loopback, limits: WebLimits = WebLimits(), version: String) {
        (self.listen, self.limits, self.version) = (listen, limits, version)
    }
}

/// Where to listen: `127.0.0.1:8080`, `[::1]:8080`, `localhost:0`.
package struct ListenAddress: Sendable, Hashable, CustomStringConvertible {
    package let host: String
    /// 0: one that is free.
    package let port: Int

    package static let loopback = ListenAddress(host: "127.0.0.1", port: 8_080)

    package init(host: String, port: Int) {
        (self.host, self.port) = (host, port)
    }

    /// Nil where `text` is no `host:port`.
    package init?(_ text: String) {
        guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]) else {
            return nil
        }
        var host = text[..<colon]
        if host.first == "[" {
            guard host.last == "]" else { return nil }
            host = host.dropFirst().dropLast()
        } else if host.contains(":") {
            return nil
        }
        guard !host.isEmpty, !host.contains(where: { $0.isWhitespace || $0 == "/" }) else { return nil }
        self.init(host: String(host), port: Int(port))
    }

    package var description: String {
        host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    }
}

/// What one client may take, so that there is enough for the others.
package struct WebLimits: Sendable, Hashable {
    /// Connections at once; one more is answered 503 and closed.
    package var connections = 2_000
    /// Header fields and address of a request together.
    package var headerBytes = 32_768
    package var uriBytes = 8_192
    /// From a request's first byte to its last.
    package var headMilliseconds = 10_000
    /// Between two requests.
    package var idleMilliseconds = 60_000
    /// A client that takes nothing of its answer for so long is cut off.
    package var stallMilliseconds = 30_000
    /// Answers kept in memory.
    package var cacheBytes = 16_000_000
    /// Large answers that clients have not taken yet, over all connections.
    package var bodyBytes = 24_000_000
    /// Threads that read the record, and requests that may wait for one.
    package var workers = 4
    package var waiting = 256
    /// What is unfinished so long after the order to end is cut off.
    package var shutdownMilliseconds = 1_500

    package init() {}
}
