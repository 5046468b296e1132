package import WaitCore

/// What is asked of a dataset's rows.
package struct TableQuestion: Sendable, Hashable {
    package struct Filter: Sendable, Hashable {
        package let column: String
        /// Any of them, each taken whole.
        package let values: [String]

        package init(_ column: String, _ values: [String]) { (self.column, self.values) = (column, values) }
    }

    package var filters: [Filter] = []
    /// Nil: all.
    package var columns: [String]?
    /// As it was published by then, in seconds since 1970; nil: as it stands.
    package var asOf: Int?
    /// Also totals whose parts stand in the same edition.
    package var withTotals = false
    /// One period, by its code or as it was published: `2023-24`.
    package var period: String?
    /// Days, both included: a period belongs to a range by its last day.
    package private(set) var from: String?
    package private(set) var to: String?
    /// The key of the row that the page before ended with.
    package var after: [Cell]?
    /// Rows at most; nil: all.
    package var limit: Int?
    /// The newest edition that counts: an answer in pieces holds to it while others arrive. Nil: whatever is there.
    var edition: Int?

    package init() {}

    /// Takes a range of instants as days. It ends before `to`, so its last day is the day of the minute before.
    package mutating func setRange(from: HongKongMinute?, to: HongKongMinute?) {
        self.from = from?.dayText
        self.to = to?.adding(minutes: -1).dayText
    }

    /// Reads the moment to ask about, in seconds since 1970: of a day, month or year its last second; nil where the text is not a time.
    package static func moment(_ text: String) -> Int? {
        if let period = TimeRange(in: text) { return period.to.secondsSince1970 - 1 }
        guard let minute = HongKongMinute(text: text) else { return nil }
        let clock = text.drop { $0 != "T" && $0 != "t" && $0 != " " }.dropFirst().prefix { $0.isNumber || $0 == ":" }
        let parts = clock.split(separator: ":")
        return minute.secondsSince1970 + (parts.count == 3 ? Int(parts[2]) ?? 0 : 0)
    }
}

/// A question that a dataset cannot answer, in one sentence that says what to ask for instead.
package struct TableRefusal: Error, Sendable, CustomStringConvertible {
    package let description: String
    /// The parameter at fault: a column's name, `columns`, `from`, `as_of`; nil: the file that was asked for.
    package let parameter: String?

    init(_ description: String, parameter: String?) {
        (self.description, self.parameter) = (description, parameter)
    }
}

/// A column of an answer.
package struct AnsweredColumn: Sendable {
    package let name: String
    package let kind: TableColumn.Kind
    package let title: Trilingual
    package let meaning: String
    package let measure: Measure?
}

/// A dataset as the catalogue lists it.
package struct DatasetSummary: Sendable {
    package let dataset: Dataset
    /// Rows that stand.
    package let rows: Int
    package let editions: Int
    /// When the newest edition was first seen, in seconds since 1970; nil: nothing was read yet.
    package let newestEditionUnix: Int?
    /// When it was last confirmed.
    package let confirmedUnix: Int?
    /// The last day that a row is about.
    package let lastDay: String?
}

/// A run of captures with the same bytes.
package struct EditionSummary: Sendable {
    package let sha256: String
    package let document: String
    package let seenFromUnix: Int
    package let seenLastUnix: Int
    package let nextSeenUnix: Int?
    package let rows: Int
    package let isWhole: Bool
    package let firstCaptureID: Int64
}

/// A difference between two editions that the publisher made.
package struct TableChange: Sendable {
    package enum Kind: String, Sendable, CaseIterable {
        case added, withdrawn, corrected, renamed, returned
    }

    package let atUnix: Int
    package let kind: Kind
    /// The row's key, in the order of the table's.
    package let key: [Cell]
    /// Nil where the whole row came or went.
    package let column: String?
    package let before: Cell
    package let after: Cell
    /// The first capture of the edition that brought it.
    package let captureID: Int64
}
