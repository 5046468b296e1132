import Foundation

/// A file of the public collection chunlaw/ane-hk: one day of one hospital in the old A&E feed.
///
/// Its layout is `YYYY/MM/DD/Hospital-Name.tsv` with two columns, `UpdateTime` (Hong Kong time, to the minute) and `TopWait`, where
/// `< 1` stands for "Around 1 hour" and `> N` for "Over N hours". Rows stand twice, and some files have no header.
package enum AneHKFile {
    private static let base = "https://github.com/chunlaw/ane-hk/blob/data/"

    /// How far past its day's midnights a row's time may lie: what was published at midnight may stand in either day's file.
    private static let toleranceMinutes = 60

    /// The document that a file of the collection is, by its path's last four parts; nil for any other file.
    package static func document(path: String) -> Document? {
        let parts = path.split(separator: "/").suffix(4)
        guard parts.count == 4, let name = parts.last, name.hasSuffix(".tsv"), name.count > 4,
            parts.prefix(3).allSatisfy({ $0.allSatisfy { $0.isASCII && $0.isNumber } }),
            parts.map(\.utf8.count).starts(with: [4, 2, 2]),
            Int(parts.prefix(3).joined()).flatMap(HongKongMinute.init(dayNumber:)) != nil
        else { return nil }
        return Document(url: base + parts.joined(separator: "/"))
    }

    static func isOne(_ document: Document) -> Bool {
        document.url.hasPrefix(base)
    }

    /// Reads a file; a line that is not a row is a fault of that line alone.
    /// - Throws: `ReadFault` where the bytes are not text.
    static func read(_ bytes: Data, document: Document) throws(ReadFault) -> WaitDocument {
        guard let text = String(data: bytes, encoding: .utf8) else {
            throw ReadFault(text: String(decoding: bytes, as: UTF8.self), reason: "The file is not UTF-8.")
        }
        let hospital = hospitalName(document)
        let day = day(document)
        var readings: [WaitDocument.PublishedReading] = []
        var faults: [ReadFault] = []
        var seen: Set<Row> = []
        var duplicates = 0
        for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            if line.isEmpty || line == "UpdateTime\tTopWait" { continue }
            do throws(ReadFault) {
                let row = try row(line, record: index + 1)
                try refuse(row, besides: day, record: index + 1, line)
                guard seen.insert(row).inserted else {
                    duplicates += 1
                    continue
                }
                readings.append(
                    .init(record: index + 1, hospitalName: hospital, observedAt: row.observedAt, texts: [row.text]))
            } catch {
                faults.append(error)
            }
        }
        return WaitDocument(collected: readings, faults: faults, duplicates: duplicates)
    }

    private struct Row: Hashable {
        let observedAt: HongKongMinute
        let text: String
    }

    /// `…/Prince-of-Wales-Hospital.tsv` as "Prince of Wales Hospital".
    private static func hospitalName(_ document: Document) -> String {
        (document.url.split(separator: "/").last ?? "").dropLast(4).map { $0 == "-" ? " " : String($0) }.joined()
    }

    /// The day that the file's path names.
    private static func day(_ document: Document) -> HongKongMinute? {
        Int(document.url.split(separator: "/").suffix(4).dropLast().joined()).flatMap(HongKongMinute.init(dayNumber:))
    }

    /// - Throws: `ReadFault` where the row is of another day than its file.
    private static func refuse(
        _ row: Row, besides day: HongKongMinute?, record: Int, _ line: Substring
    ) throws(ReadFault) {
        guard let day else { return }
        let first = day.adding(minutes: -toleranceMinutes)
        let end = day.adding(minutes: 1_440 + toleranceMinutes)
        guard row.observedAt < first || row.observedAt > end else { return }
        throw ReadFault(
            record: record, field: "UpdateTime", text: String(line),
            reason: "The time is not of the day that the file's path names.")
    }

    private static func row(_ line: Substring, record: Int) throws(ReadFault) -> Row {
        let columns = line.split(separator: "\t", omittingEmptySubsequences: false)
        guard columns.count == 2 else {
            throw ReadFault(record: record, text: String(line), reason: "The line is not two columns.")
        }
        guard let observedAt = HongKongMinute(text: String(columns[0])), columns[0].utf8.count == 16 else {
            throw ReadFault(
                record: record, field: "UpdateTime", text: String(columns[0]), reason: "The time cannot be read.")
        }
        guard let text = phrase(columns[1]) else {
            throw ReadFault(
                record: record, field: "TopWait", text: String(columns[1]),
                reason: "The wait is neither \"< 1\" nor \"> N\".")
        }
        return Row(observedAt: observedAt, text: text)
    }

    private static func phrase(_ text: Substring) -> String? {
        if text == "< 1" { return "Around 1 hour" }
        guard text.hasPrefix("> "), text.utf8.count == 3, let hours = Int(text.dropFirst(2)), (1...8).contains(hours)
        else { return nil }
        return hours == 1 ? "Over 1 hour" : "Over \(hours) hours"
    }
}
