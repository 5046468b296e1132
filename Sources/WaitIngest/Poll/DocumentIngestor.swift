import Foundation
package import Logging
package import WaitCore
package import WaitFetch
package import WaitStore

/// Gets one document and stores what came of it: the one place where answers and failures turn into captures.
package struct DocumentIngestor: Sendable {
    private let fetch: Fetch
    private let database: WaitDatabase
    private let clock: WallClock
    private let source: DocumentSource
    private let limits: FetchLimits
    private let logger: Logger
    private let backlog = Backlog()
    private let told = ToldFaults()

    package init(
        fetch: @escaping Fetch, database: WaitDatabase, clock: WallClock,
        source: DocumentSource = DocumentSource(),
        limits: FetchLimits = FetchLimits(), logger: Logger
    ) {
        (self.fetch, self.database, self.clock) = (fetch, database, clock)
        (self.source, self.limits, self.logger) = (source, limits, logger)
    }

    /// How a document is asked for.
    package enum Asking: Sendable {
        /// With the validators of the copy that is held, as long as ``ConditionalRule`` lets them be trusted.
        case conditionally
        /// Without: the document comes, whatever is held.
        case whole
    }

    /// Fetches the document and stores the attempt with its outcome.
    ///
    /// Where the record cannot be written, the document is fetched all the same and kept until it does.
    /// - Throws: `CancellationError` when stopped in mid-fetch (nothing is stored); `StoreFailure`.
    package func take(_ document: Document, of feed: Feed, asking: Asking = .conditionally) async throws -> IngestResult
    {
        let validators = asking == .whole ? Validators() : validators(of: document, in: feed)
        let startedAt = ContinuousClock.now
        let capture: Capture
        var retryAfter: String?
        do throws(FetchError) {
            let answer = try await ask(document, validators)
            retryAfter = answer.response.retryAfter
            capture = answered(answer, document: document, feed: feed)
        } catch {
            if error.code == .cancelled || error.code == .shutDown { throw CancellationError() }
            capture = failed(error, document: document, feed: feed, startedAt: startedAt)
        }
        let recorded = try await store(capture)
        report(recorded, document: document, feed: feed)
        // Beside a document the word would have no meaning.
        let isRefused = recorded.outcome.isFailure
        return IngestResult(
            document: document, recorded: recorded, error: recorded.error,
            retryNotBefore: isRefused ? retryAfter.flatMap { RetryAfter.date($0, now: clock.now()) } : nil)
    }

    /// Fetches the document. "Not modified" counts only as an answer to the validators that were sent: not after a redirect, where
    /// they are left out, and not about another copy than the one they name; then the whole document is asked for.
    private func ask(_ document: Document, _ validators: Validators) async throws(FetchError) -> ConditionalAnswer {
        let address = source.address(of: document)
        let response = try await fetch(
            FetchRequest(
                url: address, entityTag: validators.entityTag, lastModified: validators.lastModified, limits: limits))
        guard response.status == 304, validators.isGiven else { return ConditionalAnswer(response: response) }
        let answered = Validators(entityTag: response.entityTag, lastModified: response.lastModified)
        guard response.redirects > 0 || ConditionalRule.isOfAnotherCopy(answered, sent: validators) else {
            return ConditionalAnswer(response: response, isNotModified: true)
        }
        logger.info(
            "\"not modified\" about another copy; asking for the whole document",
            metadata: ["document": "\(document.url)", "answered by": "\(response.url)"])
        return ConditionalAnswer(response: try await fetch(FetchRequest(url: address, limits: limits)))
    }

    /// An answer, and whether it says that the copy that is held is the current one.
    private struct ConditionalAnswer {
        let response: FetchResponse
        var isNotModified = false
    }

    /// None where they cannot be read: then the whole document is asked for.
    private func validators(of document: Document, in feed: Feed) -> Validators {
        do {
            let rhythm = PollPlan.rhythm(of: feed, life: feed.life, now: clock.now())
            return ConditionalRule.validators(
                for: try database.heldCopy(of: document), rhythm: rhythm, now: clock.now())
        } catch {
            logger.warning(
                "validators not read",
                metadata: ["document": "\(document.url)", "cause": "\(StoreError.sentence(error, of: database))"])
            return Validators()
        }
    }

    /// Lets half a second pass; a capture that is not stored by then when the process ends waits for the last try.
    private func pause(keeping capture: Capture) async throws {
        do {
            try await clock.sleep(clock.now().addingTimeInterval(0.5))
        } catch {
            _ = backlog.add(capture)
            throw error
        }
    }

    /// Whether captures of a document wait in memory.
    func hasWaiting(of document: Document) -> Bool { !backlog.captures(of: document).isEmpty }

    /// Stores what waits of a document, the oldest first and each by itself, where the record takes it by now; else it goes on waiting.
    func storeWaiting(of document: Document) async {
        var stored = 0
        for capture in backlog.captures(of: document) {
            do {
                for recorded in try await database.recordSuspending([capture]) {
                    report(recorded, document: document, feed: capture.feed)
                }
                backlog.remove(capture)
                stored += 1
            } catch {
                logger.debug("capture still waiting", metadata: ["document": "\(document.url)", "cause": "\(error)"])
                if StoreError.isBusy(error) { break }
            }
        }
        guard stored > 0 else { return }
        logger.notice(
            "record takes captures again", metadata: ["document": "\(document.url)", "stored": "\(stored)"])
    }

    /// How often a capture is tried, with half a second between, while another process holds the record; then it waits in memory,
    /// and the next version is fetched.
    private static let mostTries = 20

    /// Stores the capture behind those that wait. Where another process holds the record, it is tried again for half a minute;
    /// where the record cannot be written, the capture waits in memory.
    private func store(_ capture: Capture) async throws -> CaptureResult {
        await storeWaiting(of: capture.document)
        var tries = 0
        while true {
            do {
                let recorded = try await database.recordSuspending([capture])
                precondition(recorded.count == 1, "each capture is recorded once")
                return recorded[0]
            } catch let error where StoreError.isBusy(error) && tries < Self.mostTries {
                if tries == 0 {
                    logger.warning(
                        "record held by another process", metadata: ["document": "\(capture.document.url)"])
                }
                tries += 1
                try await pause(keeping: capture)
            } catch let error as CancellationError {
                _ = backlog.add(capture)
                throw error
            } catch {
                let (waiting, lost) = backlog.add(capture)
                throw StoreFailure(capture, cause: error, waiting: waiting, lost: lost)
            }
        }
    }

    private func answered(_ answer: ConditionalAnswer, document: Document, feed: Feed) -> Capture {
        let response = answer.response
        return Capture(
            feed: feed, document: document, origin: .live, capturedAt: clock.now(), milliseconds: response.milliseconds,
            answer: answer.isNotModified
                ? .notModified : meaning(of: response, document: document, feed: feed))
    }

    /// What an answer other than "not modified" says.
    private func meaning(of response: FetchResponse, document: Document, feed: Feed) -> Capture.Answer {
        guard response.status == 200 else {
            return .httpError(
                status: response.status,
                message: "\(response.url) answered with status \(response.status) where 200 was expected.")
        }
        if let other = ForeignDocument.at(
            response.url, insteadOf: document, of: feed, in: database.catalogue)
        {
            return .refused(
                ReadFault(
                    text: String(decoding: response.body.prefix(1_000), as: UTF8.self),
                    reason:
                        "\(document.url) leads to \(response.url), which is a document of \(other.feed.id): its figures "
                        + "do not belong here. If the feed has moved, set its new address."))
        }
        if let remark = response.codingRemark {
            logger.info(
                "document decoded by its bytes", metadata: ["document": "\(document.url)", "came as": "\(remark)"])
        }
        return .body(
            Body(
                response.body, of: document, in: feed, httpStatus: 200, entityTag: response.entityTag,
                lastModified: response.lastModified, answeredAt: response.date.flatMap(HTTPDate.date)))
    }

    private func failed(_ error: FetchError, document: Document, feed: Feed, startedAt: ContinuousClock.Instant)
        -> Capture
    {
        let capturedAt = clock.now()
        let isTooLarge = error.code == .bodyTooLarge
        let excerpt = String(decoding: error.excerpt, as: UTF8.self)
        return Capture(
            feed: feed, document: document, origin: .live, capturedAt: capturedAt,
            milliseconds: Int((ContinuousClock.now - startedAt) / .milliseconds(1)),
            answer: isTooLarge
                ? .refused(ReadFault(text: excerpt, reason: error.message)) : .unreachable(message: error.description))
    }

    /// Debug for every poll, a warning for what a person should look at, once while it lasts.
    private func report(_ recorded: CaptureResult, document: Document, feed: Feed) {
        let facts: Logger.Metadata = [
            "feed": "\(feed.id)", "document": "\(document.url)", "capture": "\(recorded.captureID)",
            "outcome": "\(recorded.outcome.rawValue)",
        ]
        logger.debug("document taken", metadata: facts)
        // Where no record of a document could be read, that is logged for the feed, with the reason.
        let isFailure = recorded.outcome.isFailure
        for (fault, count) in told.news(isFailure ? [] : recorded.faults, of: document) {
            logger.warning(
                "record quarantined",
                metadata: facts.merging([
                    "record": "\(fault.record.map(String.init) ?? "whole document")", "field": "\(fault.field ?? "")",
                    "text": "\(String(fault.text.prefix(200)).withoutControls)", "reason": "\(fault.reason)",
                    "records alike": "\(count)",
                ]) { $1 })
        }
        for phrase in recorded.unrecognised {
            logger.warning(
                "phrase not recognised", metadata: facts.merging(["text": "\(phrase.text.withoutControls)"]) { $1 })
        }
        for text in recorded.unreadQuotas {
            logger.warning("quota not recognised", metadata: facts.merging(["text": "\(text.withoutControls)"]) { $1 })
        }
        for drift in recorded.drift {
            logger.warning(
                "document changed its keys",
                metadata: facts.merging([
                    "key": "\(drift.key.withoutControls)", "change": "\(drift.change.rawValue)",
                ]) { $1 })
        }
        if recorded.missingFigures > 0 {
            logger.info(
                "figures missing", metadata: facts.merging(["figures": "\(recorded.missingFigures)"]) { $1 })
        }
        for place in recorded.newPlaces {
            logger.warning("place not known", metadata: facts.merging(["name": "\(place.withoutControls)"]) { $1 })
        }
        if recorded.revisions > 0 {
            logger.warning("figures revised", metadata: facts.merging(["figures": "\(recorded.revisions)"]) { $1 })
        }
    }
}

extension Validators {
    fileprivate var isGiven: Bool { entityTag != nil || lastModified != nil }
}
