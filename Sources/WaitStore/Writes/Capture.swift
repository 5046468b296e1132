package import Foundation
package import WaitCore

/// One attempt to get a document, with what came back; `WaitDatabase.record` stores it.
package struct Capture: Sendable {
    package let feed: Feed
    package let document: Document
    package let origin: Origin
    /// When the answer was there.
    package let capturedAt: Date
    /// How long the attempt took; nil where nothing was fetched.
    package let milliseconds: Int?
    package let answer: Answer

    package enum Origin: String, Sendable, CaseIterable {
        case live, archive, `import`
    }

    package enum Answer: Sendable {
        /// A document's bytes, read already.
        case body(Body)
        /// 304: nothing new since the validators sent.
        case notModified
        /// Any other status.
        case httpError(status: Int, message: String)
        /// No answer at all.
        case unreachable(message: String)
        /// An answer that was not taken in (too large): its beginning is kept with the reason.
        case refused(ReadFault)
    }

    package init(
        feed: Feed, document: Document, origin: Origin, capturedAt: Date, milliseconds: Int? = nil, answer: Answer
    ) {
        (self.feed, self.document, self.origin) = (feed, document, origin)
        (self.capturedAt, self.milliseconds, self.answer) = (capturedAt, milliseconds, answer)
    }
}

/// A document's bytes with what they say: hashed, compressed and read before the transaction that stores them.
package struct Body: Sendable {
    package let bytes: Data
    package let sha256: Data
    package let deflated: Data
    package let httpStatus: Int?
    package let entityTag: String?
    package let lastModified: String?
    /// The answer's `Date`, nil where it had none.
    package let answeredAt: Date?
    /// What the bytes say; whether its time can be is decided when it is stored.
    package let content: Result<DocumentContent, ReadFault>

    /// Hashes, compresses and reads `bytes`.
    package init(
        _ bytes: Data, of document: Document, in feed: Feed, httpStatus: Int? = nil, entityTag: String? = nil,
        lastModified: String? = nil, answeredAt: Date? = nil
    ) {
        self.bytes = bytes
        sha256 = SHA256.hash(data: bytes)
        deflated = Deflate.compress(bytes)
        (self.httpStatus, self.entityTag, self.lastModified) = (httpStatus, entityTag, lastModified)
        self.answeredAt = answeredAt
        content = Body.read(bytes, of: document, in: feed)
    }

    /// What the bytes say; pure, used again by `verify` and `reparse`.
    package static func read(
        _ bytes: Data, of document: Document, in feed: Feed
    ) -> Result<DocumentContent, ReadFault> {
        do throws(ReadFault) {
            return .success(try feed.read(bytes, document))
        } catch {
            return .failure(error)
        }
    }
}

/// What became of a capture.
package struct CaptureResult: Sendable {
    package let captureID: Int64
    package let outcome: Outcome
    /// The readings' own time, nil where there is none.
    package let observedAt: HongKongMinute?
    /// Rows that came in new.
    package let added: Int
    package let faults: [ReadFault]
    /// Why there is nothing to read, one sentence; nil where there is.
    package let error: String?
    /// Phrases met for the first time that cannot be read.
    package let unrecognised: [Phrase]
    /// Texts of quotas that came in new and are neither a number nor known to mean that there is no session.
    package let unreadQuotas: [String]
    /// Figures of readings that came in new for which nothing is published.
    package let missingFigures: Int
    /// What is reported about the document's keys for the first time.
    package let drift: [Drift]
    /// Places heard of by name only, met for the first time.
    package let newPlaces: [String]
    /// Figures that differ from what was read first.
    package let revisions: Int
}

/// The contract's outcomes of a capture.
package enum Outcome: String, Sendable, CaseIterable {
    case new, duplicate, notModified, partial, quarantined, httpError, unreachable

    /// Whether a document was read, so that its validators count.
    package var wasRead: Bool { self == .new || self == .duplicate || self == .partial }
    /// Whether nothing came that could be read.
    package var isFailure: Bool { self == .quarantined || self == .httpError || self == .unreachable }
}
