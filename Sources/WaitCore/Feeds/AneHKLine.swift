package import Foundation

/// A line of a file of the collection chunlaw/ane-hk, as it stands there.
package struct AneHKLine: Hashable, Sendable {
    /// From 1, in the file.
    package let number: Int
    /// The whole line, without its end.
    package let text: String
    /// What stands in the column of the wait: `> 4`, of which the phrase "Over 4 hours" is made.
    package let wait: String

    package init(number: Int, text: String, wait: String) {
        self.number = number
        self.text = text
        self.wait = wait
    }
}

extension AneHKFile {
    /// The first line of a file with this time; nil where the file has none or is not UTF-8.
    package static func line(at time: HongKongMinute, in bytes: Data) -> AneHKLine? {
        guard let text = String(data: bytes, encoding: .utf8) else { return nil }
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        for (index, line) in lines.enumerated() {
            let columns = line.split(separator: "\t", omittingEmptySubsequences: false)
            guard columns.count == 2, HongKongMinute(text: String(columns[0])) == time else { continue }
            return AneHKLine(number: index + 1, text: String(line), wait: String(columns[1]))
        }
        return nil
    }

    /// The document of a hospital and day, under one of the hospital's English names; nil where the name makes no file.
    package static func document(hospital name: String, day: HongKongMinute) -> Document? {
        let file = name.split(separator: " ").joined(separator: "-")
        return document(path: "\(day.dayText.split(separator: "-").joined(separator: "/"))/\(file).tsv")
    }
}
