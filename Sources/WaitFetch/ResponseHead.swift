/// The header lines of one answer, read as they come, up to a cap.
struct ResponseHead: Sendable {
    /// Bytes of header lines taken from one answer, interim answers and trailers included.
    static let capBytes = 65_536

    private(set) var entityTag: String?
    private(set) var lastModified: String?
    private(set) var retryAfter: String?
    private(set) var contentType: String?
    private(set) var date: String?
    /// Where a redirect leads. Bytes that are not UTF-8 are replaced, never a reason to stop.
    private(set) var location: String?
    /// What `Content-Encoding` says, all its lines; nil where there is none.
    private(set) var contentEncoding: String?
    private(set) var isOverCap = false
    private var receivedBytes = 0
    private var isOpen = false

    /// Takes one line as libcurl hands it over, its line end included; false where the cap is passed.
    ///
    /// A status line opens a new head and an empty line closes it, so interim answers leave nothing behind and
    /// trailers are not taken for headers. The first of two headers of one name stands.
    mutating func append(line: some Collection<UInt8>) -> Bool {
        receivedBytes += line.count
        isOverCap = receivedBytes > Self.capBytes
        guard !isOverCap else { return false }
        if line.starts(with: Array("HTTP/".utf8)) {
            startOver()
        } else if line.allSatisfy({ $0 == 0x0d || $0 == 0x0a }) {
            isOpen = false
        } else if isOpen, let colon = line.firstIndex(of: 0x3a) {
            let name = String(decoding: line[..<colon], as: UTF8.self).lowercased()
            take(name, Self.trimmed(line[line.index(after: colon)...]))
        }
        return true
    }

    private mutating func startOver() {
        var fresh = ResponseHead()
        fresh.receivedBytes = receivedBytes
        fresh.isOpen = true
        self = fresh
    }

    private mutating func take(_ name: String, _ value: [UInt8]) {
        let text = String(validating: value, as: UTF8.self)
        switch name {
        case "etag": entityTag = entityTag ?? text
        case "last-modified": lastModified = lastModified ?? text
        case "retry-after": retryAfter = retryAfter ?? text
        case "content-type": contentType = contentType ?? text
        case "date": date = date ?? text
        case "location": location = location ?? String(decoding: value, as: UTF8.self)
        case "content-encoding":
            contentEncoding = (contentEncoding.map { $0 + ", " } ?? "") + String(decoding: value, as: UTF8.self)
        default: break
        }
    }

    private static func trimmed(_ bytes: some Collection<UInt8>) -> [UInt8] {
        let isBlank = { (byte: UInt8) in byte == 0x20 || (0x09...0x0d).contains(byte) }
        return Array(bytes.drop(while: isBlank).reversed().drop(while: isBlank).reversed())
    }
}
