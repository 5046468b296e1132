package import Foundation
package import Logging
package import WaitCore
package import WaitFetch
package import WaitStore

/// Asks the government archive, politely: paced, a few tries each, obeying Retry-After (FEEDS.md).
package struct ArchiveClient: Sendable {
    private let pacer: RequestPacer
    private let baseURL: String
    private let limits: FetchLimits
    private let clock: WallClock
    private let logger: Logger

    package static let publicURL = "https://api.data.gov.hk/v1/historical-archive"
    /// Tries at one request before it is left for another time.
    private static let tries = 5
    /// The largest bundle taken in: a month of one document holds about 11 MB.
    private static let bundleBytes = 500_000_000

    /// - Parameters:
    ///   - fetch: the client; it need not pace.
    ///   - pace: how many requests at once and a second.
    ///   - baseURL: the archive's address, up to `historical-archive`.
    package init(
        fetch: @escaping Fetch, pace: RequestPace = RequestPace(), baseURL: String = publicURL,
        limits: FetchLimits = FetchLimits(), clock: WallClock = .system, logger: Logger
    ) {
        pacer = RequestPacer(fetch, pace: pace, now: clock.now, sleep: clock.sleep)
        (self.baseURL, self.limits, self.clock, self.logger) = (baseURL, limits, clock, logger)
    }

    /// What the archive lists of a document from one day to another, both included; nil where it could not be had.
    /// - Throws: `CancellationError`.
    package func listing(
        of document: Document, key: ArchiveKey, from: HongKongMinute, to: HongKongMinute
    ) async throws -> ArchiveListing? {
        let url =
            "\(baseURL)/list-file-versions?url=\(Self.encoded(key.url(of: document)))"
            + "&start=\(from.dayNumber)&end=\(to.dayNumber)"
        return try await ask(url, destination: .memory) { response in
            // What is no listing is a failure of the gateway before it, and is tried again.
            try? ArchiveListing(bytes: response.body)
        }
    }

    /// The bytes of one version, nil where they could not be had; `isGood` tells bytes worth keeping from an error page.
    /// - Throws: `CancellationError`.
    package func version(_ version: ArchivedVersion, isGood: @Sendable (Data) -> Bool) async throws -> Data? {
        var unreadable: Data?
        let url = fileURL(version.document, version.key, ArchiveStamp.text(version.stamp))
        let good = try await ask(url, destination: .memory) { response -> Data? in
            guard !isGood(response.body) else { return response.body }
            unreadable = response.body
            return nil
        }
        return good ?? unreadable
    }

    /// A bundle in a temporary file, nil where there is none or it could not be had.
    /// - Throws: `CancellationError`.
    package func bundle(_ bundle: BundleRequest) async throws -> SpooledFile? {
        try await ask(fileURL(bundle.document, bundle.key, String(bundle.day.dayNumber)), destination: .temporaryFile) {
            $0.spooled
        }
    }

    private func fileURL(_ document: Document, _ key: ArchiveKey, _ time: String) -> String {
        "\(baseURL)/get-file?url=\(Self.encoded(key.url(of: document)))&time=\(time)"
    }

    /// Asks until `read` makes something of an answer; a 4xx is an answer for good, but for 408 and 429.
    private func ask<Value>(
        _ url: String, destination: FetchRequest.Destination, _ read: (FetchResponse) -> Value?
    ) async throws -> Value? {
        var limits = limits
        if destination == .temporaryFile { (limits.bodyBytes, limits.totalSeconds) = (Self.bundleBytes, 3_600) }
        let request = FetchRequest(url: url, limits: limits, destination: destination)
        for attempt in 1...Self.tries {
            do throws(FetchError) {
                let response = try await pacer.fetch(request)
                if response.status == 200, let value = read(response) { return value }
                guard Self.mayPass(response.status) else { return nil }
                if let until = response.retryAfter.flatMap({ RetryAfter.date($0, now: clock.now()) }) {
                    pacer.hold(until: until)
                }
            } catch {
                if error.code == .cancelled || error.code == .shutDown { throw CancellationError() }
                if error.code == .bodyTooLarge { return nil }
                logger.debug("archive not reached", metadata: ["url": "\(url)", "cause": "\(error)"])
            }
            guard attempt < Self.tries else { break }
            try await clock.sleep(clock.now().addingTimeInterval(Double(1 << (attempt - 1))))
        }
        logger.warning("archive gave no answer", metadata: ["url": "\(url)", "tries": "\(Self.tries)"])
        return nil
    }

    private static func mayPass(_ status: Int) -> Bool {
        status == 200 || status == 408 || status == 429 || status >= 500
    }

    private static func encoded(_ url: String) -> String {
        let unreserved = CharacterSet(
            charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
        return url.addingPercentEncoding(withAllowedCharacters: unreserved) ?? url
    }
}
