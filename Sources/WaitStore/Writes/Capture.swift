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
    package let content: Result<DocumentContent, ReadFault>

    /// Hashes, compresses and reads `bytes`.
    /// - Parameter capturedAt: a reading more than an hour later than this is no reading.
    package init(
        _ bytes: Data, of document: Document, in feed: Feed, capturedAt: Date, httpStatus: Int? = nil,
        entityTag: String? = nil, lastModified: String? = nil
    ) {
        self.bytes = bytes
        sha256 = SHA256.hash(data: bytes)
        deflated = Deflate.compress(bytes)
        (self.httpStatus, self.entityTag, self.lastModified) = (httpStatus, entityTag, lastModified)
        content = Body.read(bytes, of: document, in: feed, capturedAt: capturedAt)
    }

    /// What the bytes say to a reader at `capturedAt`; pure, used again by `verify` and `reparse`.
    package static func read(
        _ bytes: Data, of document: Document, in feed: Feed, capturedAt: Date
    ) -> Result<DocumentContent, ReadFault> {
        do throws(ReadFault) {
            let content = try feed.read(bytes, document)
            try refuseFuture(content, at: capturedAt)
            return .success(content)
        } catch {
            return .failure(error)
        }
    }

    private static func refuseFuture(_ content: DocumentContent, at capturedAt: Date) throws(ReadFault) {
        guard case .waits(let waits) = content else { return }
        let latest = HongKongMinute(secondsSince1970: capturedAt.timeIntervalSince1970).adding(minutes: 60)
        guard let observedAt = waits.readings.map(\.observedAt).max(), observedAt > latest else { return }
        throw ReadFault(
            field: "updateTime", text: observedAt.rfc3339,
            reason: "The update time is more than an hour after the capture, so it cannot be when this was observed.")
    }
}

/// What became of a capture.
package struct Recorded: Sendable {
    package let captureID: Int64
    package let outcome: Outcome
    /// The readings' own time, nil where there is none.
    package let observedAt: HongKongMinute?
    /// Rows that came in new.
    package let added: Int
    package let faults: [ReadFault]
    /// Phrases met for the first time that nobody can read.
    package let unrecognised: [Phrase]
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
