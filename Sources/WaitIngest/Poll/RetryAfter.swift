package import Foundation

/// Reads a `Retry-After` header in both forms of RFC 9110, section 10.2.3.
package enum RetryAfter {
    /// Nobody waits longer than a day for a publisher's word.
    private static let ceilingSeconds = 86_400.0

    /// When to come back, at most a day from `now`; nil where the text is neither seconds nor an HTTP date.
    package static func date(_ text: String, now: Date) -> Date? {
        let ceiling = now.addingTimeInterval(ceilingSeconds)
        if let seconds = UInt32(text) { return min(now.addingTimeInterval(Double(seconds)), ceiling) }
        return httpDate(text).map { min($0, ceiling) }
    }

    /// `Fri, 31 Dec 1999 23:59:59 GMT`.
    private static func httpDate(_ text: String) -> Date? {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = TimeZone(secondsFromGMT: 0)
        formatter.dateFormat = "EEE, dd MMM yyyy HH:mm:ss zzz"
        return formatter.date(from: text)
    }
}
