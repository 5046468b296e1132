package import Foundation
package import WaitCore
import WaitStore

/// One pass over a feed's documents.
package struct FeedPass: Sendable {
    package let feed: Feed
    package let results: [IngestResult]

    /// What was fetched and could not be stored; it waits in memory.
    package let failures: [StoreFailure]

    /// Asks for every document in turn; what fails of one leaves the others alone.
    ///
    /// - Parameter asking: whether documents may be answered with "not modified".
    /// - Throws: `CancellationError`.
    package static func run(
        _ feed: Feed, documents: [Document], ingestor: DocumentIngestor,
        asking: DocumentIngestor.Asking = .conditionally
    ) async throws -> FeedPass {
        var (results, failures) = ([IngestResult](), [StoreFailure]())
        for document in documents {
            do {
                results.append(try await ingestor.take(document, of: feed, asking: asking))
            } catch let error as StoreFailure {
                failures.append(error)
            }
        }
        return FeedPass(feed: feed, results: results, failures: failures)
    }

    /// The documents that were asked for.
    var documents: [Document] { results.map(\.document) + failures.map(\.document) }

    /// A pass has failed where no document could be fetched: of the two clinic directories, one is enough.
    package var isFailure: Bool {
        results.allSatisfy(\.recorded.outcome.isFailure) && failures.allSatisfy(\.isFailure)
    }

    /// The newest update time in it.
    package var observedAt: HongKongMinute? {
        (results.compactMap(\.recorded.observedAt) + failures.compactMap(\.observedAt)).max()
    }

    /// When the first of the documents may be asked for again; nil where one of them may be at any time.
    package var retryNotBefore: Date? {
        let waits = results.compactMap(\.retryNotBefore)
        return failures.isEmpty && waits.count == results.count ? waits.min() : nil
    }

    /// The documents of a feed that the settings ask for.
    package static func documents(of feed: Feed, languages: [Language]) -> [Document] {
        feed.documents.filter { document in document.language.map(languages.contains) ?? true }
    }
}
