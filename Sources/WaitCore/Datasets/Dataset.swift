package import struct Foundation.Data

/// What one publisher puts out under one title: statistics by period, or a list.
///
/// A new one is a file below this folder and a line in `Catalogue.standard`. Table, views, routes, exports and checks follow from
/// its columns.
package struct Dataset: Sendable, Identifiable {
    /// The contract's name: `discharge-by-age`.
    package let id: String
    package let title: Trilingual
    package let publisher: Publisher
    /// The rows of the two plan documents that it answers: `S1-C3` is row C3 of the first.
    package let plan: [String]
    /// The documents that make rows, in the order they are asked.
    package let documents: [Document]
    package let cadence: Cadence
    /// The month of the year in which the plan lets expect something new, from 1 to 12; nil: it names none.
    package let month: Int?
    package let table: TableSchema
    package let editions: EditionRule
    /// Raised whenever `read` reads the same bytes otherwise: the table is then made anew from the payloads.
    package let readerVersion: Int
    /// Gives the rows of a document one by one; pure.
    /// - Throws: `ReadFault` without a record number where nothing of the document can be read.
    package let read: @Sendable (Data, Document, inout RowSink) throws(ReadFault) -> Void

    package init(
        id: String, title: Trilingual, publisher: Publisher, plan: [String] = [], documents: [Document],
        cadence: Cadence, month: Int? = nil, table: TableSchema, editions: EditionRule, readerVersion: Int = 1,
        read: @escaping @Sendable (Data, Document, inout RowSink) throws(ReadFault) -> Void
    ) {
        (self.id, self.title, self.publisher, self.plan) = (id, title, publisher, plan)
        (self.documents, self.cadence, self.month, self.table) = (documents, cadence, month, table)
        (self.editions, self.readerVersion, self.read) = (editions, readerVersion, read)
    }

    /// A dataset whose documents are JSON arrays of flat objects, with the keys of its fields.
    package init(
        id: String, title: Trilingual, publisher: Publisher, plan: [String] = [], documents: [Document],
        cadence: Cadence, month: Int? = nil, table: TableSchema, editions: EditionRule
    ) {
        let reader = FlatJSON(table)
        self.init(
            id: id, title: title, publisher: publisher, plan: plan, documents: documents, cadence: cadence,
            month: month, table: table, editions: editions,
            read: { bytes, _, sink throws(ReadFault) in try reader.read(bytes, into: &sink) })
    }

    /// What a document's bytes say.
    /// - Throws: `ReadFault` where nothing of it can be read.
    package func rows(in bytes: Data, of document: Document) throws(ReadFault) -> RowSet {
        var sink = RowSink(table)
        try read(bytes, document, &sink)
        return sink.finished()
    }

    /// The view with the current rows: `discharge_by_age`.
    package var viewName: String { id.replacing("-", with: "_") }
}

/// Who publishes a dataset, and the words that go with its figures.
package struct Publisher: Sendable, Hashable {
    package let name: Trilingual
    /// Where the terms of use stand.
    package let terms: String
    /// What every answer says of where the figures come from.
    package let attribution: String
    /// What the figures are not, one or two sentences; nil: nothing to add.
    package let caveat: String?

    package init(name: Trilingual, terms: String, attribution: String, caveat: String? = nil) {
        (self.name, self.terms, self.attribution, self.caveat) = (name, terms, attribution, caveat)
    }
}

/// How often something new is published, from which it follows how often a dataset is asked for.
package enum Cadence: String, Sendable, CaseIterable {
    case quarterHourly, daily, weekly, quarterly, yearly, asNeeded

    fileprivate var rhythm: Feed.Rhythm {
        switch self {
        case .quarterHourly: .quarterHourly
        case .daily, .weekly, .quarterly: .daily
        case .yearly, .asNeeded: .weekly
        }
    }
}

/// What it means that a later edition of a document lacks a row.
package enum EditionRule: String, Sendable {
    /// It is withdrawn, unless its period lies outside of the edition's.
    case whole
    /// Nothing: a document holds a window of time.
    case window
}

/// The datasets of one process.
package struct Catalogue: Sendable {
    package let datasets: [Dataset]
    /// What is polled: first the feeds whose tables are written by hand, then the datasets.
    package let feeds: [Feed]

    package init(_ datasets: [Dataset]) {
        self.datasets = datasets
        feeds = Feed.all + datasets.map(Feed.init)
    }

    /// The dataset of that name, nil where there is none.
    package func dataset(_ id: String) -> Dataset? { datasets.first { $0.id == id } }

    /// The feed of that name, nil where there is none.
    package func feed(_ id: String) -> Feed? { feeds.first { $0.id == id } }

    /// The feed and the document that an address belongs to, now or before; nil where this version knows no such document.
    package func holding(url: String) -> (feed: Feed, document: Document)? {
        for feed in feeds {
            if let document = feed.documents.first(where: { $0.isAt(url) }) { return (feed, document) }
        }
        let imported = Document(url: url)
        return AneHKFile.isOne(imported) ? (.aeTopWait, imported) : nil
    }
}

extension Feed {
    /// A dataset as it is polled.
    package init(_ dataset: Dataset) {
        self.init(
            id: dataset.id, title: dataset.title.en, documents: dataset.documents,
            rhythm: dataset.cadence.rhythm,
            defaultLanguages: Language.allCases, life: Life(), figures: [], dataset: dataset,
            read: { bytes, document throws(ReadFault) in .rows(try dataset.rows(in: bytes, of: document)) })
    }
}
