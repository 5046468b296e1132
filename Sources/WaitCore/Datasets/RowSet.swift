/// One value of a row, as its table has it: flags are 0 and 1, days `2026-01-31`.
package enum Cell: Hashable, Sendable {
    case null
    case integer(Int64)
    case decimal(Double)
    case text(String)

    package var text: String? { if case .text(let text) = self { text } else { nil } }
    package var isNull: Bool { self == .null }
}

/// The rows of one document, each key once, with what could not be read.
package struct RowSet: Sendable {
    /// The cells of all rows, one row after the other.
    private let cells: [Cell]
    private let width: Int
    /// The position of each row in the document, from 1.
    package let records: [Int]
    /// Keys that stand twice with different cells: this document says nothing of them.
    package let contested: Set<[Cell]>
    package let faults: [ReadFault]
    package let drift: [Drift]

    init(
        cells: [Cell], width: Int, records: [Int], contested: Set<[Cell]>, faults: [ReadFault], drift: [Drift]
    ) {
        (self.cells, self.width, self.records) = (cells, width, records)
        (self.contested, self.faults, self.drift) = (contested, faults, drift)
    }

    package var count: Int { records.count }

    /// A row's cells, in the order of the table's columns.
    package subscript(row: Int) -> ArraySlice<Cell> { cells[row * width..<(row + 1) * width] }
}

extension Cell {
    /// As a person reads it.
    package var shown: String {
        switch self {
        case .null: "none"
        case .integer(let number): String(number)
        case .decimal(let number): number.plainText
        case .text(let text): text
        }
    }
}

extension RowSet {
    /// The rows of a document that cannot be read: none.
    package static func unread(_ fault: ReadFault, of table: TableSchema) -> RowSet {
        var sink = RowSink(table)
        sink.add(fault)
        return sink.finished()
    }
}
