package import Foundation
package import WaitCore
import WaitStore

/// One pass over a feed's documents.
package struct FeedPass: Sendable {
    package let feed: Feed
    package let taken: [IngestResult]

    /// What was fetched and could not be stored; it waits in memory.
    package let unstored: [StoreFailure]

    /// Asks for every document in turn; what fails of one leaves the others alone.
    ///
    /// - Parameter asking: whether documents may be answered with "not modified".
    /// - Throws: `CancellationError`.
    package static func run(
        _ feed: Feed, documents: [Document], ingestor: DocumentIngestor,
        asking: DocumentIngestor.Asking = .conditionally
    ) async throws -> FeedPass {
        var (taken, unstored) = ([IngestResult](), [StoreFailure]())
        for document in documents {
            do {
                taken.append(try await ingestor.take(document, of: feed, asking: asking))
            } catch let error as StoreFailure {
                unstored.append(error)
            }
        }
        return FeedPass(feed: feed, taken: taken, unstored: unstored)
    }

    /// The documents that were asked for.
    var documents: [Document] { taken.map(\.document) + unstored.map(\.document) }

    /// A pass has failed where no document could be fetched: of the two clinic directories, one is enough.
    package var isFailure: Bool {
        taken.allSatisfy(\.recorded.outcome.isFailure) && unstored.allSatisfy(\.isFailure)
    }

    /// The newest update time in it.
    package var observedAt: HongKongMinute? {
        (taken.compactMap(\.recorded.observedAt) + unstored.compactMap(\.observedAt)).max()
    }

    /// When the first of the documents may be asked for again; nil where one of them may be at any time.
    package var retryNotBefore: Date? {
        let waits = taken.compactMap(\.retryNotBefore)
        return unstored.isEmpty && waits.count == taken.count ? waits.min() : nil
    }

    /// The documents of a feed that the settings ask for.
    package static func documents(of feed: Feed, languages: [Language]) -> [Document] {
        feed.documents.filter { document in document.language.map(languages.contains) ?? true }
    }
}
