/// Rows with named columns, printed as a table for people, or as JSON or CSV for programs.
package struct Report: Sendable {
    package struct Column: Sendable, Hashable {
        /// The name in JSON and CSV; a unit is part of it.
        package let key: String
        /// The heading of the table; nil: the column is not shown there.
        package let heading: String?

        package init(_ key: String, _ heading: String?) {
            (self.key, self.heading) = (key, heading)
        }
    }

    package enum Cell: Sendable, Hashable {
        case text(String)
        case integer(Int)
        case decimal(Double)
        /// A mean or a percentile: four decimals in tables, every digit in JSON and CSV.
        case fraction(Double)
        /// From 0 to 1: per cent in tables, every digit in JSON and CSV.
        case share(Double)
        /// Minutes since something: `3 min`, `5 h`, `11 d` in tables, the number in JSON and CSV.
        case age(Int)
        case flag(Bool)
        /// Nothing is known: a dash in tables, null in JSON, empty in CSV.
        case none

        package static func optional(_ text: String?) -> Cell { text.map(Cell.text) ?? .none }
        package static func optional(_ number: Int?) -> Cell { number.map(Cell.integer) ?? .none }
        package static func optional(_ number: Double?) -> Cell { number.map(Cell.decimal) ?? .none }
        package static func optionalFraction(_ number: Double?) -> Cell { number.map(Cell.fraction) ?? .none }
        package static func optionalShare(_ number: Double?) -> Cell { number.map(Cell.share) ?? .none }
        package static func optionalAge(_ minutes: Int?) -> Cell { minutes.map(Cell.age) ?? .none }
    }

    package let columns: [Column]
    package var rows: [[Cell]]

    package init(columns: [Column], rows: [[Cell]] = []) {
        (self.columns, self.rows) = (columns, rows)
    }
}

/// How a command prints (contract: `--format`).
package enum OutputFormat: String, Sendable, CaseIterable {
    case table, json, csv
}

extension Report {
    package func text(_ format: OutputFormat) -> String {
        switch format {
        case .table: table()
        case .json: json()
        case .csv: csv()
        }
    }

    /// The same as a command prints it: JSON as an object with what goes with the rows, CSV with a last column in a demo's record.
    package func text(
        _ format: OutputFormat, isSimulated: Bool, more: [(name: String, json: String)] = [],
        caveat: String? = Attribution.caveat
    ) -> String {
        switch format {
        case .table: table()
        case .json: answer(isSimulated: isSimulated, more: more, caveat: caveat)
        case .csv: csv(isSimulated: isSimulated)
        }
    }

    /// Aligned columns, numbers to the right, two spaces between.
    package func table() -> String {
        let shown = columns.indices.filter { columns[$0].heading != nil }
        let heading = shown.map { columns[$0].heading ?? "" }
        let lines = rows.map { row in shown.map { row[$0].tableText } }
        let widths = shown.indices.map { index in
            ([heading] + lines).map { $0[index].displayWidth }.max() ?? 0
        }
        let isNumeric = shown.map { column in rows.contains { $0[column].isNumber } }
        return ([heading] + lines).map { line in
            line.indices.map { index in
                let padding = String(repeating: " ", count: widths[index] - line[index].displayWidth)
                return isNumeric[index] ? padding + line[index] : line[index] + padding
            }.joined(separator: "  ").trimmedRight
        }.joined(separator: "\n") + "\n"
    }

    /// An object with the rows in `data`, and what goes with them: source, whether they are simulated, the caveat.
    /// - Parameter more: further fields, each a name and finished JSON, between the rows and the words.
    package func answer(
        isSimulated: Bool, more: [(name: String, json: String)] = [], caveat: String? = Attribution.caveat
    )
        -> String
    {
        var words = JSONWriter()
        words.object { $0.provenance(isSimulated: isSimulated, caveat: caveat) }
        let fields = [("data", String(json().dropLast()))] + more.map { ($0.name, $0.json) }
        let rest = String(decoding: words.bytes.dropFirst().dropLast(), as: UTF8.self)
        return "{" + (fields.map { "\(JSONText.quoted($0)): \($1)" } + [rest]).joined(separator: ",\n") + "}\n"
    }

    /// An array of objects, one a line, keys in the columns' order.
    package func json() -> String {
        let objects = rows.map { row in
            "{" + zip(columns, row).map { "\(JSONText.quoted($0.key)): \($1.jsonText)" }.joined(separator: ", ") + "}"
        }
        return objects.isEmpty ? "[]\n" : "[\n" + objects.joined(separator: ",\n") + "\n]\n"
    }

    /// RFC 4180 with a header line.
    /// - Parameter isSimulated: of a demo's record a last column says so in every row.
    package func csv(isSimulated: Bool = false) -> String {
        let (name, cell): ([String], [String]) = isSimulated ? ([ExportColumn.simulated.name], ["true"]) : ([], [])
        let header = columns.map { CSVText.field($0.key) } + name
        let lines = [header] + rows.map { row in row.map(\.csvText) + cell }
        return lines.map { $0.joined(separator: ",") + "\r\n" }.joined()
    }
}

extension Report.Cell {
    fileprivate var isNumber: Bool {
        switch self {
        case .integer, .decimal, .fraction, .share, .age: true
        case .text, .flag, .none: false
        }
    }

    fileprivate var tableText: String {
        switch self {
        case .text(let text): text.withoutControls
        case .integer(let number): String(number)
        case .decimal(let number): number.plainText
        case .fraction(let number): ((number * 10_000).rounded() / 10_000).plainText
        case .share(let share): Self.percent(share)
        case .age(let minutes): Self.age(minutes)
        case .flag(let isSet): isSet ? "yes" : "no"
        case .none: "–"
        }
    }

    /// Two decimals at most; what is not all or nothing never reads as it.
    private static func percent(_ share: Double) -> String {
        let hundredths = (share * 10_000).rounded()
        guard share <= 0 || share >= 1 || (1..<10_000).contains(hundredths) else {
            return share < 0.5 ? "<0.01 %" : ">99.99 %"
        }
        return "\((hundredths / 100).plainText) %"
    }

    private static func age(_ minutes: Int) -> String {
        switch minutes {
        case ..<120: "\(minutes) min"
        case ..<2_880: "\(minutes / 60) h"
        default: "\(minutes / 1_440) d"
        }
    }

    fileprivate var jsonText: String {
        switch self {
        case .text(let text): JSONText.quoted(text)
        case .integer(let number), .age(let number): String(number)
        case .decimal(let number), .fraction(let number), .share(let number): number.plainText
        case .flag(let isSet): isSet ? "true" : "false"
        case .none: "null"
        }
    }

    fileprivate var csvText: String {
        switch self {
        case .text(let text): CSVText.field(text)
        case .integer(let number), .age(let number): String(number)
        case .decimal(let number), .fraction(let number), .share(let number): number.plainText
        case .flag(let isSet): isSet ? "1" : "0"
        case .none: ""
        }
    }
}

/// Quoting for CSV by RFC 4180.
package enum CSVText {
    package static func field(_ text: String) -> String {
        let isPlain = !text.unicodeScalars.contains { $0 == "," || $0 == "\"" || $0 == "\n" || $0 == "\r" }
        guard !isPlain else { return text }
        // By scalar: a quote with a combining mark is another character, and still a quote to whoever reads it.
        let doubled = text.unicodeScalars.flatMap { $0 == "\"" ? [$0, $0] : [$0] }
        return "\"" + String(String.UnicodeScalarView(doubled)) + "\""
    }
}

/// Quoting for JSON by RFC 8259.
package enum JSONText {
    package static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case _ where scalar.value < 0x20:
                result += "\\u00" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}

extension Double {
    /// The shortest decimal text, whole numbers without a point.
    package var plainText: String {
        self == rounded() && abs(self) < 1e15 ? String(Int(self)) : String(self)
    }
}

extension String {
    /// Columns the text takes on a terminal: CJK and full-width characters take two.
    package var displayWidth: Int {
        unicodeScalars.reduce(0) { $0 + ($1.isWide ? 2 : 1) }
    }

    /// Text from outside without what would move a terminal's cursor or turn its writing round.
    package var withoutControls: String {
        String(String.UnicodeScalarView(unicodeScalars.map { $0.isControl ? "\u{FFFD}" : $0 }))
    }

    fileprivate var trimmedRight: String {
        var text = Substring(self)
        while text.last == " " { text = text.dropLast() }
        return String(text)
    }
}

extension Unicode.Scalar {
    fileprivate var isControl: Bool {
        switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }

    fileprivate var isWide: Bool {
        switch value {
        case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE4F, 0xFF00...0xFF60,
            0xFFE0...0xFFE6, 0x20000...0x3FFFD:
            true
        default: false
        }
    }
}
