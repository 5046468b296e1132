package import struct Foundation.Data

/// What is published at one or more addresses on a rhythm, and how its documents are read.
///
/// A new feed is one file beside this one and one line in `Feed.all`.
package struct Feed: Sendable, Identifiable {
    /// The contract's name: `ae-wait`.
    package let id: String
    /// What it is, in a few words for people.
    package let title: String
    /// Every address of the feed, in the order they are fetched in one pass.
    package let documents: [Document]
    package let rhythm: Rhythm
    /// Documents fetched where the settings say nothing.
    package let defaultLanguages: [Language]
    /// When the feed is what it says it is; outside of it nothing is expected (docs/design.md, "Lives of the feeds").
    package let life: Life
    /// The figures of one reading in the order of its columns; empty for feeds that publish no readings.
    package let figures: [Figure]
    /// The dataset whose documents these are; nil for feeds with tables of their own.
    package var dataset: Dataset?
    /// Reads the exact bytes of one document; pure.
    /// - Throws: `ReadFault` without a record number where nothing of the document can be read.
    package let read: @Sendable (Data, Document) throws(ReadFault) -> DocumentContent

    /// How often something new is to be expected.
    package enum Rhythm: String, Sendable {
        /// A&E: just after each quarter hour.
        case quarterHourly
        /// Daily to quarterly feeds: asked once a day.
        case daily
        /// Yearly feeds, and those that change as needed: asked once a week, once a day in the month of `Dataset.month`.
        case weekly
    }

    /// The time that a feed's readings count for, with what tells so.
    package struct Life: Hashable, Sendable {
        /// First minute of the life; readings before it are a trial. Nil: from the beginning.
        package var from: HongKongMinute?
        /// Last minute of the life; nil while it lives.
        package var to: HongKongMinute?
        /// Why we say so.
        package var evidence: String

        package init(from: HongKongMinute? = nil, to: HongKongMinute? = nil, evidence: String = "") {
            (self.from, self.to, self.evidence) = (from, to, evidence)
        }
    }
}

/// The languages the Hospital Authority publishes in.
package enum Language: String, Sendable, CaseIterable, Codable {
    case en, tc, sc
}

/// One public address of a feed; it keeps that name wherever it was fetched from.
package struct Document: Hashable, Sendable {
    /// The public address, https.
    package let url: String
    /// Nil where the document holds all languages.
    package let language: Language?
    /// Addresses it had before, so that captures made there are still known as this document's.
    package let formerURLs: [String]

    package init(url: String, language: Language? = nil, formerURLs: [String] = []) {
        self.url = url
        self.language = language
        self.formerURLs = formerURLs
    }

    /// Whether the address is the document's, now or before.
    package func isAt(_ url: String) -> Bool {
        self.url == url || formerURLs.contains(url)
    }
}

/// One figure of a reading: the key it is published under, its metric, and how its text is read.
package struct Figure: Hashable, Sendable {
    package let key: String
    /// The metric's name in views and answers, also its column: `t3_p50`.
    package let metric: String
    package let kind: PhraseKind
}

/// What one document says, record by record.
package enum DocumentContent: Sendable {
    case waits(WaitDocument)
    case quotas(QuotaDocument)
    case places(DirectoryDocument)
    case rows(RowSet)

    /// Records that could not be read, each with what was wrong.
    package var faults: [ReadFault] {
        switch self {
        case .waits(let document): document.faults
        case .quotas(let document): document.faults
        case .places(let document): document.faults
        case .rows(let rows): rows.faults
        }
    }

    /// Keys that are not those of the feed, or that cannot be read.
    package var drift: [Drift] {
        switch self {
        case .waits(let document): document.drift
        case .quotas(let document): document.drift
        case .places(let document): document.drift
        case .rows(let rows): rows.drift
        }
    }

    /// How many records were read.
    package var recordCount: Int {
        switch self {
        case .waits(let document): document.readings.count
        case .quotas(let document): document.records.count
        case .places(let document): document.places.count
        case .rows(let rows): rows.count
        }
    }
}

/// Why a record, or where `record` is nil a whole document, could not be read.
package struct ReadFault: Error, Hashable, Sendable {
    /// Position in the document, counted from 1; nil: the whole document.
    package let record: Int?
    /// The key in question, nil where it is the record itself.
    package let field: String?
    /// The offending text as published, at most 1,000 characters.
    package let text: String
    /// One sentence.
    package let reason: String

    package init(record: Int? = nil, field: String? = nil, text: String, reason: String) {
        (self.record, self.field, self.reason) = (record, field, reason)
        self.text = String(String.UnicodeScalarView(text.unicodeScalars.prefix(1_000)))
    }
}
