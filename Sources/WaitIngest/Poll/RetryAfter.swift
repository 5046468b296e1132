package import Foundation
import WaitCore

/// Reads a `Retry-After` header in both forms of RFC 9110, section 10.2.3.
package enum RetryAfter {
    /// The longest that a publisher can make us wait: a day.
    package static let ceilingSeconds = 86_400.0

    /// When to come back, at most a day from `now`; nil where the text is neither seconds nor an HTTP date.
    package static func date(_ text: String, now: Date) -> Date? {
        let ceiling = now.addingTimeInterval(ceilingSeconds)
        if !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
            // More digits than a number holds are years.
            return UInt32(text).map { min(now.addingTimeInterval(Double($0)), ceiling) } ?? ceiling
        }
        return HTTPDate.date(text).map { min($0, ceiling) }
    }
}

/// The documents of a feed that their publisher asked to leave alone for a while.
struct RetryWaits {
    private struct Wait {
        let askedAt: Date
        let notBefore: Date
    }

    private var waits: [Document: Wait] = [:]

    /// Takes in what a pass was told.
    mutating func note(_ results: [IngestResult], at now: Date) {
        for document in results {
            waits[document.document] = document.retryNotBefore.map { Wait(askedAt: now, notBefore: $0) }
        }
    }

    /// The documents that may be asked for; all of them where none may, since then the plan has waited for them. A wait that
    /// began in what is now the future was of a clock that is set back since: it is over.
    func open(_ documents: [Document], now: Date) -> [Document] {
        let open = documents.filter { document in
            guard let wait = waits[document], wait.askedAt <= now else { return true }
            return wait.notBefore <= now
        }
        return open.isEmpty ? documents : open
    }
}
