package import WaitCore

/// The table a feed's readings go to: one column a figure, named after its metric.
package struct ReadingTable: Sendable {
    package let feed: String
    package let name: String
    /// Columns of phrase ids, in the order of the feed's figures.
    package let columns: [String]
    package let kinds: [PhraseKind]

    package static let all: [ReadingTable] = [
        ReadingTable(of: .aeWait, name: "wait_reading"),
        ReadingTable(of: .aeTopWait, name: "top_wait_reading"),
    ]

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
