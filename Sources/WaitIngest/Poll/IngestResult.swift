package import Foundation
package import WaitCore
package import WaitStore

/// One document's attempt as it was stored.
package struct IngestResult: Sendable {
    package let document: Document
    package let recorded: CaptureResult
    /// Why there is nothing to read, one sentence.
    package let error: String?
    /// When the publisher that refused it asked to be asked again.
    package let retryNotBefore: Date?
}

/// A capture that the record would not take; it waits in memory for the next one of its document.
package struct StoreFailure: Error {
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
