internal import CCurl

/// One libcurl transfer handle with the memory that libcurl borrows from it. Used on the client's own thread only.
final class EasyHandle {
    let pointer: UnsafeMutableRawPointer
    private let errorText: UnsafeMutablePointer<CChar>
    private var headers: UnsafeMutablePointer<curl_slist>?

    /// - Throws: `other` where libcurl has no memory.
    init() throws(FetchError) {
        guard let pointer = curl_easy_init() else {
            throw FetchError(.other, "libcurl gave no handle for a fetch; free some memory and try again.")
        }
        self.pointer = pointer
        errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
        errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        try check(ccurl_set_pointer(pointer, CURLOPT_ERRORBUFFER, errorText))
    }

    deinit {
        curl_easy_cleanup(pointer)
        curl_slist_free_all(headers)
        errorText.deallocate()
    }

    /// Sets a number; every setting is checked, since a rule that libcurl does not know must not be lost in silence.
    ///
    /// - Throws: `other` where this libcurl does not take the setting.
    func set(_ option: CURLoption, _ value: Int) throws(FetchError) {
        try check(ccurl_set_long(pointer, option, value))
    }

    /// Sets a text, which libcurl copies.
    ///
    /// - Throws: `other` where this libcurl does not take the setting.
    func set(_ option: CURLoption, _ value: String) throws(FetchError) {
        try check(ccurl_set_text(pointer, option, value))
    }

    /// Replaces the request's own header lines.
    ///
    /// - Throws: `other` where libcurl has no memory.
    func setHeaders(_ lines: [String]) throws(FetchError) {
        var list: UnsafeMutablePointer<curl_slist>?
        for line in lines { list = curl_slist_append(list, line) ?? list }
        try check(ccurl_set_list(pointer, CURLOPT_HTTPHEADER, list))
        curl_slist_free_all(headers)
        headers = list
    }

    /// Turns a setting that libcurl refused into an error.
    ///
    /// - Throws: `other`.
    func check(_ code: CURLcode) throws(FetchError) {
        guard code != CURLE_OK else { return }
        throw FetchError(
            .other, "The installed libcurl refused a setting that Waitkeeper needs; install libcurl 7.88 or newer.",
            cause: String(cString: curl_easy_strerror(code)))
    }

    /// HTTP status of the last answer, 0 where none came.
    var status: Int { number(CURLINFO_RESPONSE_CODE) }

    /// Bytes of the body as declared by Content-Length, nil where undeclared.
    var declaredBytes: Int? {
        let bytes = offset(CURLINFO_CONTENT_LENGTH_DOWNLOAD_T)
        return bytes < 0 ? nil : bytes
    }

    /// Bytes of the body that came over the wire.
    var receivedBytes: Int { offset(CURLINFO_SIZE_DOWNLOAD_T) }

    /// What libcurl says about a failure.
    func describe(_ code: CURLcode) -> String {
        let text = String(cString: errorText)
        return text.isEmpty ? String(cString: curl_easy_strerror(code)) : text
    }

    private func number(_ info: CURLINFO) -> Int {
        var value = 0
        return ccurl_get_long(pointer, info, &value) == CURLE_OK ? value : 0
    }

    private func offset(_ info: CURLINFO) -> Int {
        var value = curl_off_t(-1)
        return ccurl_get_offset(pointer, info, &value) == CURLE_OK ? Int(value) : -1
    }
}
