import Foundation
import WaitCore

/// Tells the document that was asked for from another one that its address leads to: a feed that ended may redirect to its
/// successor, whose figures are not its own.
enum ForeignDocument {
    /// The known document of another feed, or of this feed in another language, that `url` is the address of, by its file name;
    /// nil where it may be the one that was asked for.
    static func at(_ url: String, insteadOf document: Document, of feed: Feed, in catalogue: Catalogue) -> (
        feed: Feed, document: Document
    )? {
        let name = fileName(url)
        guard name != fileName(document.url) else { return nil }
        for other in catalogue.feeds {
            for candidate in other.documents where fileName(candidate.url) == name {
                guard other.id == feed.id, candidate.language == document.language else { return (other, candidate) }
            }
        }
        return nil
    }

    /// The last part of an address's path, in lower case, without query and fragment.
    private static func fileName(_ url: String) -> String {
        let path = url.prefix { $0 != "?" && $0 != "#" }
        let name = String(path.split(separator: "/").last ?? "")
        return (name.removingPercentEncoding ?? name).lowercased()
    }
}
