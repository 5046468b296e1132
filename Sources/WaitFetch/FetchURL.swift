internal import CCurl

/// An absolute address as libcurl itself reads it, so that what is checked is what is asked.
struct FetchURL: Sendable, Hashable {
    /// The whole address as it is asked for.
    let text: String
    /// In lower case.
    let scheme: String
    /// In lower case, without the brackets of IPv6.
    let host: String
    /// The port in the address, or the scheme's own; 0 for a scheme that has none.
    let port: Int
    /// Whether a user name or a password stands before the host.
    let hasCredentials: Bool

    /// Reads an address; a relative one needs the base it stands on. Nil where libcurl cannot read it.
    init?(_ text: String, relativeTo base: FetchURL? = nil) {
        guard let handle = curl_url() else { return nil }
        defer { curl_url_cleanup(handle) }
        let anyScheme = UInt32(CURLU_NON_SUPPORT_SCHEME)
        if let base, curl_url_set(handle, CURLUPART_URL, base.text, anyScheme) != CURLUE_OK { return nil }
        guard curl_url_set(handle, CURLUPART_URL, Self.escaped(text), anyScheme) == CURLUE_OK,
            let whole = Self.part(CURLUPART_URL, of: handle),
            let scheme = Self.part(CURLUPART_SCHEME, of: handle)
        else { return nil }
        self.text = whole
        self.scheme = scheme.lowercased()
        let host = Self.part(CURLUPART_HOST, of: handle) ?? ""
        self.host = host.lowercased().filter { $0 != "[" && $0 != "]" }
        port = Self.part(CURLUPART_PORT, of: handle, flags: UInt32(CURLU_DEFAULT_PORT)).flatMap { Int($0) } ?? 0
        hasCredentials = [CURLUPART_USER, CURLUPART_PASSWORD].contains { Self.part($0, of: handle) != nil }
    }

    /// The host as an address, where it is one and not a name.
    var address: IPAddress? { IPAddress(host) }

    /// Whether the host is this machine by its spelling: 127.0.0.0/8, ::1 or `localhost`.
    var isLoopback: Bool { host == "localhost" || address?.isLoopback == true }

    /// Percent-escapes spaces and everything beyond ASCII, which publishers leave bare in `Location`.
    private static func escaped(_ text: String) -> String {
        var result = ""
        for byte in text.utf8 {
            if byte == 0x20 || byte >= 0x80 {
                result += "%" + String(byte, radix: 16, uppercase: true)
            } else {
                result.unicodeScalars.append(Unicode.Scalar(byte))
            }
        }
        return result
    }

    private static func part(_ part: CURLUPart, of handle: OpaquePointer, flags: UInt32 = 0) -> String? {
        var value: UnsafeMutablePointer<CChar>?
        guard curl_url_get(handle, part, &value, flags) == CURLUE_OK, let value else { return nil }
        defer { curl_free(value) }
        return String(cString: value)
    }
}
