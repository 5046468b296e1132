import Foundation
package import WaitCore

/// The rows of a dataset as an Excel workbook: a sheet of rows under headings in one language, and one that says what they are and where
/// they are from. The same record and question give the same bytes: its time of making is when the newest edition was captured.
package struct DatasetWorkbook: DatasetFileStream {
    package let dataset: Dataset
    package let rows: Int
    package let isSimulated: Bool
    /// It has no name any more, and goes with the process, however that ends.
    private let file: FileHandle

    private static let piece = 64 << 10

    /// Data rows that a sheet holds beneath its headings.
    package static let mostRows = Workbook.mostRows - 1

    /// Writes the workbook into a temporary file.
    /// - Parameter mostRows: what a sheet holds.
    /// - Throws: `TableRefusal` for a question without an answer, or one that no sheet holds; `StoreError`.
    package init(
        _ dataset: Dataset, _ question: TableQuestion, in language: Language, from database: WaitDatabase,
        mostRows: Int = mostRows
    ) throws {
        let folder = try SpoolFolder()
        defer { folder.remove() }
        let path = "\(folder.path)/workbook"
        self.dataset = dataset
        // One look at the record for all that the file says.
        (rows, isSimulated) = try database.snapshot { database in
            let rows = try Self.requireSheet(for: dataset, question, from: database, mostRows: mostRows)
            let isSimulated = try database.isSimulated()
            let sheets = Sheets(
                dataset: dataset, language: language, columns: try database.columns(of: dataset, question),
                isSimulated: isSimulated, madeUnix: try database.summary(of: dataset).newestEditionUnix ?? 0)
            let workbook = try Workbook(path: path, folder: folder.path, sheets.properties)
            try sheets.writeRows(to: workbook) { body in
                try database.rows(of: dataset, question) { cells, _ in try body(cells) }
            }
            try sheets.writeAbout(to: workbook, question)
            try workbook.close()
            return (rows, isSimulated)
        }
        file = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
    }

    /// How many rows a question is answered with.
    /// - Throws: `TableRefusal` where a sheet does not hold them.
    @discardableResult
    static func requireSheet(
        for dataset: Dataset, _ question: TableQuestion, from database: WaitDatabase, mostRows: Int = mostRows
    ) throws -> Int {
        let rows = try database.count(of: dataset, question)
        guard rows <= mostRows else {
            throw TableRefusal(
                "\(dataset.id) has \(rows) rows and a sheet holds \(mostRows): ask for CSV without Excel, or for fewer rows.",
                parameter: nil)
        }
        return rows
    }

    package mutating func next() throws -> [UInt8]? {
        guard let bytes = try file.read(upToCount: Self.piece), !bytes.isEmpty else { return nil }
        return Array(bytes)
    }
}

/// What the sheets of a workbook say.
private struct Sheets {
    let dataset: Dataset
    let language: Language
    let columns: [AnsweredColumn]
    let isSimulated: Bool
    let madeUnix: Int

    var properties: Workbook.Properties {
        Workbook.Properties(
            title: title, author: dataset.publisher.name[language],
            comments: (isSimulated ? "SIMULATED. " : "") + dataset.publisher.attribution, createdUnix: madeUnix)
    }

    private var title: String { dataset.title[language] }

    func writeRows(to workbook: Workbook, _ rows: (([Cell]) throws -> Void) throws -> Void) throws {
        let headings = columns.map { $0.heading(in: language) } + (isSimulated ? [Self.simulated[language]] : [])
        let sheet = try workbook.addSheet(
            Self.rowsName[language], widths: headings.map { min(40, max(12, Self.width($0) + 2)) }, headers: headings)
        var row = 1
        try rows { cells in
            for (number, (cell, column)) in zip(cells, columns).enumerated() {
                try sheet.write(cell, column.kind, row: row, column: number)
            }
            if isSimulated { try sheet.write(true, row: row, column: columns.count) }
            row += 1
        }
    }

    /// What was asked, where it is from, and what each column is.
    func writeAbout(to workbook: Workbook, _ question: TableQuestion) throws {
        let sheet = try workbook.addSheet(
            Self.aboutName[language], widths: [28, 40, 12, 16, 80], headers: [title, dataset.id])
        var lines: [[String]] = [
            ["source", dataset.publisher.attribution], ["terms", dataset.publisher.terms],
            ["newest_edition", madeUnix == 0 ? "" : SecondText.rfc3339(madeUnix)],
            ["as_of", question.asOf.map(SecondText.rfc3339) ?? ""], ["from", question.from ?? ""],
            ["to", question.to ?? ""],
        ]
        if let caveat = dataset.publisher.caveat { lines.append(["caveat", caveat]) }
        if isSimulated { lines.append(["simulated", "true"]) }
        lines += [[], ["column", "title", "kind", "unit", "meaning"]]
        lines += columns.map {
            [$0.name, $0.heading(in: language), $0.kind.rawValue, $0.measure?.unit ?? "", $0.meaning]
        }
        for (row, texts) in lines.enumerated() {
            for (column, text) in texts.enumerated() { try sheet.write(text, row: row + 1, column: column) }
        }
    }

    private static let rowsName = Trilingual(en: "Rows", tc: "資料", sc: "数据")
    private static let aboutName = Trilingual(en: "About", tc: "說明", sc: "说明")
    private static let simulated = Trilingual(en: "Simulated", tc: "模擬", sc: "模拟")

    /// In characters of a Latin font; others take two.
    private static func width(_ text: String) -> Int {
        text.unicodeScalars.reduce(0) { $0 + ($1.value < 0x1100 ? 1 : 2) }
    }
}

extension AnsweredColumn {
    /// The column's title in a language, or its name where it has none.
    fileprivate func heading(in language: Language) -> String {
        [title[language], title.known, name].first { !$0.isEmpty } ?? name
    }
}

extension Workbook.Sheet {
    /// A number as a number, a day as a day; as a text where Excel has no such number or day.
    fileprivate func write(_ cell: Cell, _ kind: TableColumn.Kind, row: Int, column: Int) throws {
        switch cell {
        case .null: break
        case .integer(let number) where kind == .flag: try write(number != 0, row: row, column: column)
        case .integer(let number):
            if let exact = Double(exactly: number) {
                try write(exact, row: row, column: column)
            } else {
                try write("\(number)", row: row, column: column)
            }
        case .decimal(let number) where number.isFinite: try write(number, row: row, column: column)
        case .decimal(let number): try write("\(number)", row: row, column: column)
        case .text(let text):
            let parts = kind == .day && text.utf8.count == 10 ? text.split(separator: "-").compactMap { Int($0) } : []
            if parts.count == 3, parts[0] >= 1900 {
                return try write(year: parts[0], month: parts[1], day: parts[2], row: row, column: column)
            }
            try write(text, row: row, column: column)
        }
    }
}
