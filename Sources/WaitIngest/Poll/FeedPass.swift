package import Foundation
package import WaitCore
import WaitStore

/// One pass over a feed's documents.
package struct FeedPass: Sendable {
    package let feed: Feed
    package let taken: [Taken]

    /// Asks for every document in turn; what fails of one leaves the others alone.
    /// - Throws: `CancellationError` at once; the store's first error once every document was asked for.
    package static func run(_ feed: Feed, documents: [Document], intake: Intake) async throws -> FeedPass {
        var taken: [Taken] = []
        var failure: (any Error)?
        for document in documents {
            do {
                taken.append(try await intake.take(document, of: feed))
            } catch let error as CancellationError {
                throw error
            } catch {
                failure = failure ?? error
            }
        }
        if let failure { throw failure }
        return FeedPass(feed: feed, taken: taken)
    }

    /// A pass has failed where no document was to be had: of the two clinic directories, one is enough.
    package var isFailure: Bool { taken.allSatisfy(\.recorded.outcome.isFailure) }

    /// When the first of the documents may be asked for again; nil where one of them may be at any time.
    package var retryNotBefore: Date? {
        let waits = taken.compactMap(\.retryNotBefore)
        return waits.count == taken.count ? waits.min() : nil
    }

    /// The documents of a feed that the settings ask for.
    package static func documents(of feed: Feed, languages: [Language]) -> [Document] {
        feed.documents.filter { document in document.language.map(languages.contains) ?? true }
    }
}
