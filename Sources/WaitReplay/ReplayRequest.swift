/// One header field of a request or an answer; the name's case is kept, and ignored when asked for.
package struct HeaderField: Sendable, Equatable {
    package let name: String
    package let value: String

    package init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}

extension [HeaderField] {
    /// The value of the first field of that name, whatever its case.
    package func value(of name: String) -> String? {
        let wanted = name.lowercased()
        return first { $0.name.lowercased() == wanted }?.value
    }
}

/// What a client asked of the stand-in publisher.
package struct ReplayRequest: Sendable, Equatable {
    /// `GET`, `HEAD` …, as sent.
    package let method: String
    /// The path as sent, without the query and without undoing percent-encoding.
    package let path: String
    /// What follows the first `?`, as sent; nil where there was none.
    package let query: String?
    package let headers: [HeaderField]

    /// - Parameter target: path and query as they stand in the request line.
    package init(method: String = "GET", target: String, headers: [HeaderField] = []) {
        let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        self.method = method
        self.path = parts.first.map(String.init) ?? ""
        self.query = parts.count > 1 ? String(parts[1]) : nil
        self.headers = headers
    }

    /// The first value of a query parameter with its percent-encoding undone (a `+` stays a `+`); nil where the
    /// parameter is absent or its bytes are not UTF-8.
    package func queryValue(of name: String) -> String? {
        for pair in (query ?? "").split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let key = parts.first, percentDecoded(key) == name else { continue }
            return percentDecoded(parts.count > 1 ? parts[1] : "")
        }
        return nil
    }
}

/// A text with every `%XX` undone; a `%` that starts no such triple stands for itself.
func percentDecoded(_ text: Substring) -> String? {
    let bytes = Array(text.utf8)
    var decoded: [UInt8] = []
    decoded.reserveCapacity(bytes.count)
    var index = 0
    while index < bytes.count {
        if bytes[index] == UInt8(ascii: "%"), let byte = escapedByte(in: bytes, at: index) {
            decoded.append(byte)
            index += 3
        } else {
            decoded.append(bytes[index])
            index += 1
        }
    }
    return String(validating: decoded, as: UTF8.self)
}

/// The byte that the `%XX` at an index stands for; nil where two hexadecimal digits do not follow.
private func escapedByte(in bytes: [UInt8], at index: Int) -> UInt8? {
    guard index + 2 < bytes.count,
        let high = Character(UnicodeScalar(bytes[index + 1])).hexDigitValue,
        let low = Character(UnicodeScalar(bytes[index + 2])).hexDigitValue
    else { return nil }
    return UInt8(high * 16 + low)
}
