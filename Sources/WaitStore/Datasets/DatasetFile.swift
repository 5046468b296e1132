package import WaitCore

/// A dataset's rows as a file, piece by piece.
package protocol DatasetFileStream: Sendable {
    var dataset: Dataset { get }
    /// Data rows so far.
    var rows: Int { get }
    var isSimulated: Bool { get }
    /// The next bytes; nil: that was all.
    mutating func next() throws -> [UInt8]?
}

extension WaitDatabase {
    /// The rows that a question asks for as a file: what the command and the API both write.
    /// - Parameters:
    ///   - isForExcel: of CSV: with a byte-order mark and formula-safe cells.
    ///   - language: of a workbook's headings.
    /// - Throws: `TableRefusal` for a question without an answer, or a format that cannot hold it; `StoreError`.
    package func file(
        of dataset: Dataset, _ question: TableQuestion, as format: ExportFormat, isForExcel: Bool, in language: Language
    ) throws -> any DatasetFileStream {
        switch format {
        case .csv: try DatasetRowStream(dataset, question, as: isForExcel ? .excel : .csv, from: self)
        case .ndjson: try DatasetRowStream(dataset, question, as: .ndjson, from: self)
        case .geojson: try DatasetRowStream(dataset, question, as: .ndjson, isCollection: true, from: self)
        case .xlsx: try DatasetWorkbook(dataset, question, in: language, from: self)
        }
    }
}
