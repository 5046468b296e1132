package import Foundation

/// What the government archive says it has of a document over some days (docs/feeds.md, "The archive of past versions").
package struct ArchiveListing: Sendable, Hashable {
    /// How many versions there are, also where not all of them are listed.
    package let versionCount: Int
    /// How many timestamps were listed, doubled ones counted as often.
    private let listedCount: Int
    /// When each listed version was captured, Hong Kong time, rising, each once.
    package let stamps: [HongKongMinute]
    package let bundles: [Bundle]
    /// The document that the listing says it is of; nil where it says nothing, as the archive's own do.
    private let echoedURL: String?

    /// A ZIP of a whole month or of a day of the current month.
    package struct Bundle: Sendable, Hashable {
        /// First day of what it holds: 20260101.
        package let day: Int
        package let period: Period
        package let bytes: Int
    }

    package enum Period: String, Sendable {
        case month = "M"
        case day = "D"
    }

    /// At most 10,000 timestamps are listed, while the count tells the true number: then ask for fewer days.
    package var isWhole: Bool { listedCount >= versionCount }

    /// Reads `{"version-count":N,"timestamps":[…],"data-files":[…]}`. Numbers may stand as text, keys that are not known are passed
    /// over.
    /// - Throws: `ReadFault` where the bytes are not a listing, or a timestamp cannot be read, or fewer are counted than listed: then nothing of
    ///   it is believed.
    package init(bytes: Data) throws(ReadFault) {
        let object = try JSONDocument.object(in: bytes)
        for key in ["version-count", "timestamps", "url"] where object.contradictions[key] != nil {
            throw ReadFault(field: key, text: object[key]?.text ?? "", reason: "The key has two different values.")
        }
        guard let count = object["version-count"].flatMap(Self.whole), (0...1_000_000_000).contains(count) else {
            throw ReadFault(
                field: "version-count", text: object["version-count"]?.text ?? "", reason: "There is no count.")
        }
        guard let listed = object["timestamps"]?.array else {
            throw ReadFault(field: "timestamps", text: object["timestamps"]?.text ?? "", reason: "There is no list.")
        }
        var stamps: Set<HongKongMinute> = []
        for value in listed {
            guard let stamp = value.string.flatMap(ArchiveStamp.minute) else {
                throw ReadFault(field: "timestamps", text: value.text, reason: "This is not a time as YYYYMMDD-HHMM.")
            }
            stamps.insert(stamp)
        }
        guard stamps.count <= count else {
            throw ReadFault(
                field: "version-count", text: "\(count)",
                reason: "\(stamps.count) versions are listed, and fewer counted.")
        }
        (versionCount, listedCount) = (count, listed.count)
        self.stamps = stamps.sorted()
        bundles = (object["data-files"]?.array ?? []).compactMap(Self.bundle)
        echoedURL = object["url"]?.string
    }

    /// Whether this is an answer to the question that was asked: every version in it is of those days, and where it names a
    /// document, it is this one.
    ///
    /// - Parameters:
    ///   - url: the address asked about.
    ///   - days: the days asked about.
    package func answers(url: String, days: TimeRange) -> Bool {
        let isOfDays = [stamps.first, stamps.last].allSatisfy { $0.map { days.from <= $0 && $0 < days.to } ?? true }
        return isOfDays && (echoedURL.map { Self.isSame($0, url) } ?? true)
    }

    /// Whether two addresses are one, also where one of them is still percent-encoded.
    private static func isSame(_ one: String, _ other: String) -> Bool {
        one == other || one.removingPercentEncoding == other
    }

    /// A whole number, as JSON has it or in digits; nil for anything else, and where it does not fit.
    private static func whole(_ value: JSONValue) -> Int? {
        if let text = value.string { return Int(text) }
        return value.number.flatMap { Int(exactly: $0) }
    }

    /// Bundles only save requests: one that cannot be understood is passed over.
    private static func bundle(_ value: JSONValue) -> Bundle? {
        guard let object = value.object, let text = object["timestamp"]?.string, text.utf8.count == 8,
            let day = Int(text),
            HongKongMinute(dayNumber: day) != nil, let period = object["period"]?.string.flatMap(Period.init(rawValue:))
        else { return nil }
        return Bundle(day: day, period: period, bytes: object["size"].flatMap(Self.whole) ?? 0)
    }
}

/// The archive's times: `20260120-0430`.
package enum ArchiveStamp {
    /// The minute that `text` names, nil where it is in another form or there is no such time.
    package static func minute(_ text: some StringProtocol) -> HongKongMinute? {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.map(\.utf8.count) == [8, 4], parts.allSatisfy({ $0.allSatisfy { $0.isASCII && $0.isNumber } }),
            let day = Int(parts[0]), let time = Int(parts[1])
        else { return nil }
        return HongKongMinute(
            year: day / 10_000, month: day / 100 % 100, day: day % 100, hour: time / 100, minute: time % 100)
    }

    package static func text(_ minute: HongKongMinute) -> String {
        let parts = minute.civil
        return "\(minute.dayNumber)-\(parts.hour.padded(2))\(parts.minute.padded(2))"
    }

    /// The version that a bundle's member holds: `<folder>/<YYYYMMDD-HHMM>-<file name>`; nil where it is another file's.
    package static func minute(ofMember path: String, of document: Document) -> HongKongMinute? {
        let name = path.split(separator: "/").last ?? ""
        let fileName = document.url.split(separator: "/").last ?? ""
        guard name.utf8.count == fileName.utf8.count + 14, name.hasSuffix("-\(fileName)") else { return nil }
        return minute(name.prefix(13))
    }
}

/// The two spellings under which the archive keeps a document; old years sit under `http`.
package enum ArchiveKey: String, Sendable, CaseIterable {
    case https, http

    /// The document's address in this spelling.
    package func url(of document: Document) -> String {
        self == .https ? document.url : "http" + document.url.dropFirst("https".count)
    }
}
