package import Foundation
package import Logging
package import WaitCore
package import WaitFetch
package import WaitStore

/// Gets one document and stores what came of it: the one place where answers and failures turn into captures.
package struct Intake: Sendable {
    private let fetch: Fetch
    private let database: WaitDatabase
    private let clock: WallClock
    private let source: DocumentSource
    private let limits: FetchLimits
    private let logger: Logger
    private let backlog = Backlog()

    package init(
        fetch: @escaping Fetch, database: WaitDatabase, clock: WallClock,
        source: DocumentSource = DocumentSource(),
        limits: FetchLimits = FetchLimits(), logger: Logger
    ) {
        (self.fetch, self.database, self.clock) = (fetch, database, clock)
        (self.source, self.limits, self.logger) = (source, limits, logger)
    }

    /// Fetches the document with the validators of its last read answer, and stores the attempt with its outcome.
    ///
    /// Where the record takes nothing, the document is fetched all the same and kept until it does.
    /// - Throws: `CancellationError` when stopped in mid-fetch (nothing is stored); `Unstored`.
    package func take(_ document: Document, of feed: Feed) async throws -> Taken {
        let validators = validators(of: document)
        let request = FetchRequest(
            url: source.address(of: document), entityTag: validators.entityTag, lastModified: validators.lastModified,
            limits: limits)
        let startedAt = ContinuousClock.now
        let capture: Capture
        var retryAfter: String?
        do throws(FetchError) {
            let response = try await fetch(request)
            retryAfter = response.retryAfter
            capture = answered(response, isConditional: validators.isGiven, document: document, feed: feed)
        } catch {
            if error.code == .cancelled || error.code == .shutDown { throw CancellationError() }
            capture = failed(error, document: document, feed: feed, startedAt: startedAt)
        }
        let recorded = try await store(capture)
        report(recorded, document: document, feed: feed)
        // Beside a document the word would have no meaning.
        let isRefused = recorded.outcome.isFailure
        return Taken(
            document: document, recorded: recorded, error: recorded.error,
            retryNotBefore: isRefused ? retryAfter.flatMap { RetryAfter.date($0, now: clock.now()) } : nil)
    }

    /// None where they cannot be read: then the whole document is asked for.
    private func validators(of document: Document) -> Validators {
        do {
            return try database.validators(of: document)
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
                logger.debug("capture still waits", metadata: ["document": "\(document.url)", "cause": "\(error)"])
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
    /// where the record takes nothing, the capture waits in memory.
    private func store(_ capture: Capture) async throws -> Recorded {
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
                throw Unstored(capture, cause: error, waiting: waiting, lost: lost)
            }
        }
    }

    /// - Parameter isConditional: whether the request named a copy; "not modified" is no answer to one that did not.
    private func answered(
        _ response: FetchResponse, isConditional: Bool, document: Document, feed: Feed
    ) -> Capture {
        let capturedAt = clock.now()
        let answer: Capture.Answer =
            switch response.status {
            case 200:
                .body(
                    Body(
                        response.body, of: document, in: feed, httpStatus: 200, entityTag: response.entityTag,
                        lastModified: response.lastModified, answeredAt: response.date.flatMap(HTTPDate.date)))
            case 304 where isConditional: .notModified
            default:
                .httpError(
                    status: response.status,
                    message: "\(response.url) answered with status \(response.status) where 200 was expected.")
            }
        return Capture(
            feed: feed, document: document, origin: .live, capturedAt: capturedAt, milliseconds: response.milliseconds,
            answer: answer)
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

    /// Debug for every poll, a warning for what a person should look at.
    private func report(_ recorded: Recorded, document: Document, feed: Feed) {
        let facts: Logger.Metadata = [
            "feed": "\(feed.id)", "document": "\(document.url)", "capture": "\(recorded.captureID)",
            "outcome": "\(recorded.outcome.rawValue)",
        ]
        logger.debug("document taken", metadata: facts)
        for fault in recorded.faults {
            logger.warning(
                "record quarantined",
                metadata: facts.merging([
                    "record": "\(fault.record.map(String.init) ?? "whole document")", "field": "\(fault.field ?? "")",
                    "text": "\(String(fault.text.prefix(200)).withoutControls)", "reason": "\(fault.reason)",
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

/// One document's attempt as it was stored.
package struct Taken: Sendable {
    package let document: Document
    package let recorded: Recorded
    /// Why there is nothing to read, one sentence.
    package let error: String?
    /// When the publisher that refused it asked to be asked again.
    package let retryNotBefore: Date?
}

/// A capture that the record would not take; it waits in memory for the next one of its document.
package struct Unstored: Error {
    package let document: Document
    /// The store's error.
    package let cause: any Error
    /// Whether nothing came that could be read.
    package let isFailure: Bool
    package let observedAt: HongKongMinute?
    /// How many captures wait by now, and how many earlier ones were let go because there was no more room for them.
    package let waiting: Int
    package let lost: Int

    init(_ capture: Capture, cause: any Error, waiting: Int, lost: Int) {
        (document, self.cause, self.waiting, self.lost) = (capture.document, cause, waiting, lost)
        switch capture.answer {
        case .body(let body):
            switch body.content {
            case .success(.waits(let waits)): (isFailure, observedAt) = (false, waits.observedAt)
            case .success: (isFailure, observedAt) = (false, nil)
            case .failure: (isFailure, observedAt) = (true, nil)
            }
        case .notModified: (isFailure, observedAt) = (false, nil)
        case .httpError, .unreachable, .refused: (isFailure, observedAt) = (true, nil)
        }
    }
}
