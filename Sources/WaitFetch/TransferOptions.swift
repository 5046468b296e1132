internal import CCurl

/// The limits of time of one hop, in libcurl's unit.
struct HopTime {
    let connectMilliseconds: Int
    let totalMilliseconds: Int

    /// Seconds of a setting, kept between one and a day, in milliseconds.
    static func milliseconds(_ seconds: Int) -> Int { min(max(seconds, 1), 86_400) * 1_000 }
}

extension FetchRequest {
    /// The header lines that make the request conditional; see the type's own words on which are left out.
    var conditionalHeaders: [String] {
        [("If-None-Match", entityTag), ("If-Modified-Since", lastModified)].compactMap { name, value in
            guard let value, Self.isSendable(value) else { return nil }
            return "\(name): \(value)"
        }
    }

    /// Whether a validator can be sent back: not empty, of a length that servers take, without control characters, and not
    /// `*`, which every answer there is would match (RFC 9110, section 13.1.2).
    private static func isSendable(_ value: String) -> Bool {
        !value.isEmpty && value.utf8.count <= 1_000 && value.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7f }
            && !value.split(separator: ",").contains { $0.allSatisfy { $0 == " " || $0 == "*" } }
    }
}

extension EasyHandle {
    /// The rules that hold for every hop of a fetch.
    ///
    /// - Throws: `other` where this libcurl does not take a setting.
    func setRules(settings: ClientSettings, limits: FetchLimits) throws(FetchError) {
        try set(CURLOPT_NOSIGNAL, 1)
        // A thread that still looks a name up is left behind instead of waited for: cancelling must not block the loop.
        try set(CURLOPT_QUICK_EXIT, 1)
        try set(CURLOPT_PROTOCOLS_STR, "http,https")
        try set(CURLOPT_FOLLOWLOCATION, 0)
        try set(CURLOPT_DISALLOW_USERNAME_IN_URL, 1)
        try set(CURLOPT_SSL_VERIFYPEER, 1)
        try set(CURLOPT_SSL_VERIFYHOST, 2)
        if let file = settings.authoritiesFile { try set(CURLOPT_CAINFO, file) }
        // A few small documents gain nothing from HTTP/2, and its multiplexing stalls in some builds of libcurl 7.88.
        try set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1))
        try set(CURLOPT_USERAGENT, settings.userAgent)
        try set(CURLOPT_NOPROXY, settings.proxyExemption)
        try set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
        try set(CURLOPT_LOW_SPEED_LIMIT, 1)
        try set(CURLOPT_LOW_SPEED_TIME, HopTime.milliseconds(limits.stallSeconds) / 1_000)
    }

    /// What differs from hop to hop.
    ///
    /// - Throws: `other` where libcurl has no memory.
    func setHop(url: FetchURL, headers: [String], limits: HopTime) throws(FetchError) {
        try set(CURLOPT_URL, url.text)
        // libcurl is not told about codings, so that it hands the body over as it came: it gives up on those it does not know.
        try setHeaders(["Accept-Encoding: \(ContentCoding.accepted)"] + headers)
        try set(CURLOPT_CONNECTTIMEOUT_MS, limits.connectMilliseconds)
        try set(CURLOPT_TIMEOUT_MS, limits.totalMilliseconds)
    }

    /// Leads libcurl's callbacks to `transfer`, which owns this handle and so outlives every call.
    ///
    /// - Throws: `other` where this libcurl does not take a setting.
    func setCallbacks(for transfer: Transfer) throws(FetchError) {
        let context = Unmanaged.passUnretained(transfer).toOpaque()
        let contexts = [CURLOPT_HEADERDATA, CURLOPT_WRITEDATA, CURLOPT_OPENSOCKETDATA, CURLOPT_PREREQDATA]
        for option in contexts { try check(ccurl_set_pointer(pointer, option, context)) }
        try check(ccurl_set_data_function(pointer, CURLOPT_HEADERFUNCTION, TransferCallback.header))
        try check(ccurl_set_data_function(pointer, CURLOPT_WRITEFUNCTION, TransferCallback.body))
        try check(ccurl_set_socket_function(pointer, TransferCallback.openSocket))
        try check(ccurl_set_request_function(pointer, TransferCallback.beforeRequest))
    }
}
