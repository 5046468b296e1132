package import WaitCore

/// The table a feed's readings go to: one column a figure, named after its metric.
package struct ReadingTable: Sendable {
    package let feed: String
    package let name: String
    /// Columns of phrase ids, in the order of the feed's figures.
    package let columns: [String]
    package let kinds: [PhraseKind]

    /// The new A&E feed's: what is meant where a question names no feed.
    package static let aeWait = ReadingTable(of: .aeWait, name: "wait_reading")
    package static let aeTopWait = ReadingTable(of: .aeTopWait, name: "top_wait_reading")
    package static let all = [aeWait, aeTopWait]

    /// The table of a feed that publishes readings, nil for the others.
    package static func of(feed: String) -> ReadingTable? {
        all.first { $0.feed == feed }
    }

    private init(of feed: Feed, name: String) {
        self.feed = feed.id
        self.name = name
        columns = feed.figures.map(\.metric)
        kinds = feed.figures.map(\.kind)
    }
}
