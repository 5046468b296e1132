package import Foundation
package import Logging
package import WaitCore
package import WaitFetch
package import WaitStore

/// Asks the government archive, politely: paced, a few tries each, obeying Retry-After (docs/feeds.md).
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
        limits: FetchLimits = FetchLimits(), clock: WallClock, logger: Logger
    ) {
        pacer = RequestPacer(fetch, pace: pace, now: clock.now, sleep: clock.sleep)
        (self.baseURL, self.limits, self.clock, self.logger) = (baseURL, limits, clock, logger)
    }

    /// What came of a question.
    package enum Answer<Value: Sendable>: Sendable {
        case had(Value)
        /// The archive answered that it does not have it: 404 or 410.
        case absent
        /// It refused to say: any other status that asking once more does not change, above all 403. Nothing is known.
        case refused
        /// It could not be asked, or nothing understandable came: nothing is known.
        case unanswered
    }

    /// What the archive lists of a document from one day to another, both included.
    /// - Throws: `CancellationError`.
    package func listing(
        of document: Document, key: ArchiveKey, from: HongKongMinute, to: HongKongMinute
    ) async throws -> Answer<ArchiveListing> {
        let asked = key.url(of: document)
        let days = TimeRange(from: from, to: to.adding(minutes: 1_440))
        let url =
            "\(baseURL)/list-file-versions?url=\(Self.encoded(asked))&start=\(from.dayNumber)&end=\(to.dayNumber)"
        return try await ask(url, destination: .memory) { response in
            // An answer that is not a listing, or answers another question, is a failure of something in front of the archive,
            // and is tried again.
            guard let listing = try? ArchiveListing(bytes: response.body), listing.answers(url: asked, days: days)
            else {
                logger.info(
                    "archive answered another question, or none",
                    metadata: ["url": "\(url)", "answer": "\(Self.start(of: response.body))"])
                return nil
            }
            return listing
        }
    }

    /// The first characters of an answer, for the log.
    private static func start(of body: Data) -> String {
        String(decoding: body.prefix(200), as: UTF8.self).withoutControls
    }

    /// The bytes of one version; `isGood` tells bytes worth keeping. Bytes that never were good are handed over too, where
    /// they are not an error's words, in HTML, XML or JSON: then the archive's copy is damaged.
    /// - Throws: `CancellationError`.
    package func version(
        _ version: ArchivedVersion, isGood: @Sendable (Data) -> Bool
    ) async throws -> Answer<Data> {
        var damaged: Data?
        let url = fileURL(version.document, version.key, ArchiveStamp.text(version.stamp))
        let answer = try await ask(url, destination: .memory) { response -> Data? in
            guard !isGood(response.body) else { return response.body }
            damaged = Self.isPage(response.body) ? nil : response.body
            return nil
        }
        if case .unanswered = answer, let damaged { return .had(damaged) }
        return answer
    }

    /// A bundle in a temporary file.
    /// - Throws: `CancellationError`.
    package func bundle(_ bundle: BundleRequest) async throws -> Answer<SpooledFile> {
        let url = fileURL(bundle.document, bundle.key, String(bundle.day.dayNumber))
        return try await ask(url, destination: .temporaryFile) { $0.spooled.flatMap(Self.zip) }
    }

    /// What says that something went wrong, whatever its status: a page, or an object such as `{"message": "Not Found"}`.
    private static func isPage(_ bytes: Data) -> Bool {
        let first = bytes.first { !($0 == 0x20 || (0x09...0x0D).contains($0)) }
        if first == UInt8(ascii: "<") { return true }
        // What is not JSON is not such an object.
        guard first == UInt8(ascii: "{"), let object = try? JSONSerialization.jsonObject(with: bytes) as? [String: Any]
        else { return false }
        return object.count <= 6 && object.values.allSatisfy { !($0 is [Any]) }
            && object.keys.contains { ["message", "error", "errors", "code", "fault"].contains($0.lowercased()) }
    }

    /// The file where it begins as a ZIP does, with an entry or with the end of an empty directory.
    private static func zip(_ file: SpooledFile) -> SpooledFile? {
        // A temporary file that cannot be read is as good as none.
        let start = try? file.bytes(at: 0, upTo: 4)
        return start == Data("PK\u{3}\u{4}".utf8) || start == Data("PK\u{5}\u{6}".utf8) ? file : nil
    }

    private func fileURL(_ document: Document, _ key: ArchiveKey, _ time: String) -> String {
        "\(baseURL)/get-file?url=\(Self.encoded(key.url(of: document)))&time=\(time)"
    }

    /// Asks until `read` makes something of an answer; a status that asking again may change is asked for again.
    private func ask<Value>(
        _ url: String, destination: FetchRequest.Destination, _ read: (FetchResponse) -> Value?
    ) async throws -> Answer<Value> {
        var limits = limits
        if destination == .temporaryFile { (limits.bodyBytes, limits.totalSeconds) = (Self.bundleBytes, 3_600) }
        let request = FetchRequest(url: url, limits: limits, destination: destination)
        for attempt in 1...Self.tries {
            do throws(FetchError) {
                let response = try await pacer.fetch(request)
                if response.status == 200, let value = read(response) { return .had(value) }
                guard Self.mayPass(response.status) else {
                    if response.status == 404 || response.status == 410 { return .absent }
                    logger.warning(
                        "archive refused to answer",
                        metadata: ["url": "\(url)", "status": "\(response.status)", "answered by": "\(response.url)"])
                    return .refused
                }
                if let until = response.retryAfter.flatMap({ RetryAfter.date($0, now: clock.now()) }) {
                    pacer.hold(until: until)
                }
            } catch {
                if error.code == .cancelled || error.code == .shutDown { throw CancellationError() }
                if error.code == .bodyTooLarge { return .unanswered }
                logger.debug("archive not reached", metadata: ["url": "\(url)", "cause": "\(error)"])
            }
            guard attempt < Self.tries else { break }
            try await clock.sleep(clock.now().addingTimeInterval(Double(1 << (attempt - 1))))
        }
        logger.warning("archive gave no answer", metadata: ["url": "\(url)", "tries": "\(Self.tries)"])
        return .unanswered
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
