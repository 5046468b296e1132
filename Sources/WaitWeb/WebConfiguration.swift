import Foundation

/// How the API is served.
package struct WebConfiguration: Sendable, Hashable {
    package var listen: ListenAddress
    package var limits: WebLimits
    /// Part of every entity tag: a new version may answer otherwise.
    package var version: String
    /// The folder that libjs-leaflet and libjs-dygraphs are installed below.
    package var libraries = "/usr/share/javascript"
    /// What the map shows below the marks; nil: a plain ground, and no request to anybody else.
    package var tiles: MapTiles?
    /// Whether each request is logged.
    package var hasAccessLog = true
    /// The path that visitors see the site below.
    package var base = SiteBase.root

    package init(listen: ListenAddress = .loopback, limits: WebLimits = WebLimits(), version: String) {
        (self.listen, self.limits, self.version) = (listen, limits, version)
    }
}

/// Pictures of the ground below a map's marks, from another host.
package struct MapTiles: Sendable, Hashable {
    /// `https://host/{z}/{x}/{y}.png`.
    package let address: String
    /// Whom to name for them.
    package let attribution: String
    /// Scheme and host, for the page's Content-Security-Policy.
    let origin: String

    /// Nil where the address is not https, or has no place for zoom, column or row.
    package init?(address: String, attribution: String) {
        guard let url = URLComponents(string: address.filter { $0 != "{" && $0 != "}" }), url.scheme == "https",
            let host = url.host, !host.isEmpty, url.user == nil,
            host.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "." || $0 == "-") }),
            ["{z}", "{x}", "{y}"].allSatisfy(address.contains)
        else { return nil }
        (self.address, self.attribution) = (address, attribution)
        origin = "https://\(host)" + (url.port.map { ":\($0)" } ?? "")
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

    /// Nil where `text` is not `host:port`.
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
    /// Pages of exports that clients have not taken yet: 1 MB an export.
    package var exportBytes = 16_000_000
    /// Threads that read the record for heavy questions, for light ones, and for exports.
    package var workers = 4
    package var lightWorkers = 2
    package var streamWorkers = 2
    /// Requests that may wait in a lane.
    package var waiting = 256
    /// What is unfinished so long after the order to end is cut off.
    package var shutdownMilliseconds = 1_500

    package init() {}
}
