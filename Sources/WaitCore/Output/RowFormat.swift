/// How the cells of a row become bytes: CSV by RFC 4180, the same as Excel takes it, or a JSON object a line.
///
/// A row is, for each column, its `lead` and a rendered cell, then the `terminator`. Cells that come again and again are
/// rendered once and appended as bytes.
package struct RowFormat: Sendable {
    package enum Kind: Sendable {
        case csv, excel, ndjson
    }

    package let kind: Kind
    /// What stands before each cell.
    package let leads: [[UInt8]]
    package let terminator: [UInt8]
    /// What stands before the first row.
    package let header: [UInt8]

    /// - Parameter isSimulated: of a demo's record every row ends with `simulated`, which is true.
    package init(_ kind: Kind, columns: [String], isSimulated: Bool = false) {
        self.kind = kind
        switch kind {
        case .csv, .excel:
            leads = columns.indices.map { $0 == 0 ? [] : [UInt8(ascii: ",")] }
            let end = Array("\r\n".utf8)
            terminator = Array((isSimulated ? ",true" : "").utf8) + end
            let names = (columns + (isSimulated ? [ExportColumn.simulated.name] : [])).map(CSVText.field)
            header = (kind == .excel ? Self.byteOrderMark : []) + Array(names.joined(separator: ",").utf8) + end
        case .ndjson:
            leads = columns.enumerated().map { index, name in
                Array("\(index == 0 ? "{" : ",")\(JSONText.quoted(name)):".utf8)
            }
            terminator = Array((isSimulated ? ",\(JSONText.quoted(ExportColumn.simulated.name)):true}\n" : "}\n").utf8)
            header = []
        }
    }

    /// U+FEFF in UTF-8, by which Excel knows the encoding.
    package static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    /// A cell with nothing in it.
    package var none: [UInt8] { kind == .ndjson ? Array("null".utf8) : [] }

    package func text(_ text: String?) -> [UInt8] {
        guard let text else { return none }
        switch kind {
        case .csv: return Array(CSVText.field(text).utf8)
        case .excel: return Array(CSVText.field(Self.formulaSafe(text)).utf8)
        case .ndjson: return Array(JSONText.quoted(text).utf8)
        }
    }

    package func number(_ number: Int?) -> [UInt8] {
        number.map { Array(String($0).utf8) } ?? none
    }

    /// What is not a number is an empty cell.
    package func number(_ number: Double?) -> [UInt8] {
        guard let number, number.isFinite else { return none }
        return Array(number.plainText.utf8)
    }

    /// 1 and 0 in CSV, as in the views; true and false in JSON.
    package func flag(_ flag: Bool?) -> [UInt8] {
        guard let flag else { return none }
        return Array((kind == .ndjson ? (flag ? "true" : "false") : (flag ? "1" : "0")).utf8)
    }

    /// What stands around the parts of a time in this format: `"`, `2026-01-20`, `T`, `04:30:00`, `+08:00"`.
    package var time: (opening: [UInt8], middle: [UInt8], closing: [UInt8]) {
        switch kind {
        case .csv: ([], Array("T".utf8), Array("+08:00".utf8))
        // Excel takes neither the T nor an offset for part of a time.
        case .excel: ([], Array(" ".utf8), [])
        case .ndjson: (Array("\"".utf8), Array("T".utf8), Array("+08:00\"".utf8))
        }
    }

    /// A text that a spreadsheet takes for text: one that could be a formula gets an apostrophe (OWASP, "CSV injection").
    static func formulaSafe(_ text: String) -> String {
        guard let first = text.unicodeScalars.first, "=+-@\t\r\n＝＋－＠".unicodeScalars.contains(first) else {
            return text
        }
        return "'" + text
    }
}

/// Digits appended to bytes, without a text in between.
extension [UInt8] {
    package mutating func append(decimal number: Int64) {
        guard number >= 0 else {
            append(UInt8(ascii: "-"))
            return append(magnitude: number.magnitude)
        }
        append(magnitude: UInt64(number))
    }

    /// Two digits: `07`.
    package mutating func append(twoDigits number: Int) {
        append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number / 10 % 10))
        append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number % 10))
    }

    private mutating func append(magnitude: UInt64) {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { digits in
            var (rest, first) = (magnitude, digits.count)
            repeat {
                first -= 1
                digits[first] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
                rest /= 10
            } while rest > 0
            append(contentsOf: UnsafeBufferPointer(rebasing: digits[first...]))
        }
    }
}
