internal import CCurl

/// libcurl's set of running transfers with its pool of connections.
///
/// `@unchecked Sendable`, because the pointer is used from two sides: `wakeUp()` is the one function that libcurl
/// allows from any thread, and everything else is called on the client's own thread alone. ``TransferInbox`` sees to it
/// that nobody wakes the handle once that thread may have released it.
struct MultiHandle: @unchecked Sendable {
    private let pointer: UnsafeMutableRawPointer

    /// Idle connections kept for later transfers.
    private static let idleConnections = 16

    /// libcurl's one start for the whole process.
    private static let start = ccurl_start()

    /// - Throws: `other` where libcurl cannot start.
    init() throws(FetchError) {
        guard Self.start == CURLE_OK, let pointer = curl_multi_init() else {
            throw FetchError(
                .other, "libcurl could not be started; free some memory, or install libcurl 7.88 or newer.",
                cause: String(cString: curl_easy_strerror(Self.start)))
        }
        self.pointer = pointer
        // The size of a cache: a libcurl that refuses it works all the same.
        _ = ccurl_multi_set_long(pointer, CURLMOPT_MAXCONNECTS, Self.idleConnections)
    }

    /// Ends a wait that runs, or else the next one. From any thread.
    func wakeUp() { curl_multi_wakeup(pointer) }

    func add(_ easy: EasyHandle) -> CURLMcode { curl_multi_add_handle(pointer, easy.pointer) }

    func remove(_ easy: EasyHandle) { curl_multi_remove_handle(pointer, easy.pointer) }

    /// Moves every transfer on as far as it goes without waiting.
    func perform() -> CURLMcode {
        var running: Int32 = 0
        return curl_multi_perform(pointer, &running)
    }

    /// Waits until a transfer can go on, a time-out is due or the handle is woken.
    func wait() -> CURLMcode { curl_multi_poll(pointer, nil, 0, 60_000, nil) }

    /// The next transfer that has ended, by its easy handle, with libcurl's result; nil where there is none.
    func nextEnded() -> (easy: UnsafeMutableRawPointer, result: CURLcode)? {
        var left: Int32 = 0
        while let message = curl_multi_info_read(pointer, &left) {
            if message.pointee.msg == CURLMSG_DONE, let easy = message.pointee.easy_handle {
                return (easy, message.pointee.data.result)
            }
        }
        return nil
    }

    /// Closes all connections and frees the handle, which must not be used again.
    func release() { curl_multi_cleanup(pointer) }
}
