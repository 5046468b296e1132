/// Ways for requests to the archive to fail, for ``ReplayArchive/failing``.
package enum ReplayFailures {
    /// An error page that calls itself a success, as a web firewall sends.
    package static let page = ReplayAnswer(
        status: 200,
        headers: [HeaderField("Content-Type", "text/html")],
        body: Array("<!DOCTYPE html><html><body><h1>Service temporarily unavailable</h1></body></html>".utf8))
    /// A body that ends before its announced length.
    package static let cut = ReplayAnswer.document(Array(#"{"version-count":2976,"total-size":"#.utf8))
        .misbehaving(.cutBody(afterBytes: 17))
    /// A connection that is reset.
    package static let reset = ReplayAnswer.status(500).misbehaving(.reset)
    /// A refusal for asking too often, with a second to wait.
    package static let tooMany = ReplayAnswer.status(429, retryAfter: "1")
    package static let serverError = ReplayAnswer.status(500)

    package static let all = [page, serverError, tooMany, cut, reset]

    /// Each `interval`th request fails, in each of these ways by turns; which ones follows from their numbers alone.
    package static func every(_ interval: Int, by ways: [ReplayAnswer] = all) -> ReplayArchive.Failing {
        precondition(interval > 0 && !ways.isEmpty, "a failure needs an interval and a way")
        return { _, number in
            number % interval == 0 ? ways[(number / interval - 1) % ways.count] : nil
        }
    }
}
