import CXlsxWriter
import Foundation

/// An Excel workbook that libxlsxwriter writes to a file row by row: its memory does not grow with the rows.
final class Workbook {
    /// Rows that a sheet holds, the header among them.
    static let mostRows = 1_048_576

    /// What the file says of itself. The same properties and cells give the same bytes.
    struct Properties {
        let title: String
        let author: String
        let comments: String
        let createdUnix: Int
    }

    private let workbook: UnsafeMutablePointer<lxw_workbook>
    private var sheets: [UnsafeMutablePointer<lxw_worksheet>] = []
    private let header: UnsafeMutablePointer<lxw_format>
    private let day: UnsafeMutablePointer<lxw_format>
    private var isClosed = false

    /// - Parameters:
    ///   - path: the file, written by `close`.
    ///   - folder: where libxlsxwriter keeps the rows until then.
    init(path: String, folder: String, _ properties: Properties) throws {
        var made: UnsafeMutablePointer<lxw_workbook>?
        folder.withCString { folder in
            var options = lxw_workbook_options()
            options.constant_memory = 1
            options.tmpdir = UnsafeMutablePointer(mutating: folder)
            made = workbook_new_opt(path, &options)
        }
        guard let made, let header = workbook_add_format(made), let day = workbook_add_format(made) else {
            throw Self.failure("libxlsxwriter cannot make a workbook")
        }
        (workbook, self.header, self.day) = (made, header, day)
        format_set_bold(header)
        format_set_num_format(day, "yyyy-mm-dd")
        try set(properties)
    }

    deinit { if !isClosed { _ = workbook_close(workbook) } }

    private func set(_ properties: Properties) throws {
        let texts = [properties.title, properties.author, properties.comments].map { (text: String) in strdup(text) }
        defer { for text in texts { free(text) } }
        var written = lxw_doc_properties()
        (written.title, written.author, written.comments) = (texts[0], texts[1], texts[2])
        written.created = time_t(properties.createdUnix)
        try check(workbook_set_properties(workbook, &written))
    }

    /// Adds a sheet; the first one is shown when the file is opened.
    /// - Parameters:
    ///   - widths: of its columns, in characters.
    ///   - headers: its first row, which stays in view.
    func addSheet(_ name: String, widths: [Int], headers: [String]) throws -> Sheet {
        guard let sheet = workbook_add_worksheet(workbook, name) else {
            throw Self.failure("\"\(name)\" is not a name of a sheet")
        }
        sheets.append(sheet)
        for (column, width) in widths.enumerated() {
            try check(worksheet_set_column(sheet, UInt16(column), UInt16(column), Double(width), nil))
        }
        let added = Sheet(workbook: self, sheet: sheet)
        for (column, text) in headers.enumerated() { try added.write(text, row: 0, column: column, isHeader: true) }
        worksheet_freeze_panes(sheet, 1, 0)
        return added
    }

    /// Writes the file.
    func close() throws {
        // libxlsxwriter does not look whether a row was written.
        for sheet in sheets {
            if let file = sheet.pointee.optimize_tmpfile, fflush(file) != 0 || ferror(file) != 0 {
                throw Self.failure(String(cString: strerror(errno)))
            }
        }
        isClosed = true
        try check(workbook_close(workbook))
    }

    fileprivate func check(_ code: lxw_error) throws {
        guard code != LXW_NO_ERROR else { return }
        throw Self.failure(String(cString: lxw_strerror(code)))
    }

    private static func failure(_ cause: String) -> StoreError {
        StoreError(code: .other, message: "The workbook cannot be written: \(cause); ask for CSV, or free some space.")
    }

    /// One sheet. Rows are written from the first to the last.
    struct Sheet {
        fileprivate let workbook: Workbook
        fileprivate let sheet: UnsafeMutablePointer<lxw_worksheet>

        func write(_ text: String, row: Int, column: Int, isHeader: Bool = false) throws {
            guard !text.isEmpty else { return }
            // A text, whatever it begins with: never a formula.
            try workbook.check(
                worksheet_write_string(
                    sheet, UInt32(row), UInt16(column), text, isHeader ? workbook.header : nil))
        }

        func write(_ number: Double, row: Int, column: Int) throws {
            try workbook.check(worksheet_write_number(sheet, UInt32(row), UInt16(column), number, nil))
        }

        func write(_ flag: Bool, row: Int, column: Int) throws {
            try workbook.check(worksheet_write_boolean(sheet, UInt32(row), UInt16(column), flag ? 1 : 0, nil))
        }

        /// A day from 1900 on; Excel has none before.
        func write(year: Int, month: Int, day: Int, row: Int, column: Int) throws {
            var date = lxw_datetime(
                year: Int32(year), month: Int32(month), day: Int32(day), hour: 0, min: 0, sec: 0)
            try workbook.check(
                worksheet_write_datetime(sheet, UInt32(row), UInt16(column), &date, workbook.day))
        }
    }
}
