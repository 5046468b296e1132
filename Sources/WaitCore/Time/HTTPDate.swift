package import Foundation
import Synchronization

/// The dates of HTTP headers (RFC 9110, section 5.6.7).
package enum HTTPDate {
    /// One formatter for each form: today's, RFC 850's and the C library's. They are kept, since making one takes longer than
    /// all else that is done with the headers of an answer.
    private static let formatters = Mutex<[DateFormatter]>(
        [
            "EEE, dd MMM yyyy HH:mm:ss 'GMT'", "EEEE, dd-MMM-yy HH:mm:ss 'GMT'", "EEE MMM d HH:mm:ss yyyy",
        ].map { format in
            let formatter = DateFormatter()
            formatter.locale = Locale(identifier: "en_US_POSIX")
            formatter.timeZone = TimeZone(secondsFromGMT: 0)
            formatter.dateFormat = format
            return formatter
        })

    /// The moment that a text names in one of the forms; nil for any other text.
    package static func date(_ text: String) -> Date? {
        formatters.withLock { formatters -> Date? in
            for formatter in formatters {
                if let date = formatter.date(from: text) { return date }
            }
            return nil
        }
    }

    /// A moment in today's form, `Tue, 20 Jan 2026 04:30:00 GMT`; fractions of a second are cut off.
    package static func text(_ moment: Date) -> String {
        formatters.withLock { $0[0].string(from: moment) }
    }
}
