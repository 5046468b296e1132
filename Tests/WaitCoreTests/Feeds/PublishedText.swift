import Foundation

@testable import WaitCore

/// A published text taken apart by a pattern: what a figure should say, worked out past the phrase table.
struct PublishedText {
    private let text: String
    private let words: String
    /// The number times its unit, in minutes.
    private let value: Int?

    private static let unitMinutes = [
        "minute": 1.0, "minutes": 1, "分鐘": 1, "分钟": 1, "hour": 60, "hours": 60, "小時": 60, "小时": 60,
    ]
    private static let flags: [String: (minutes: Int?, qualifier: Qualifier)] = [
        "Y": (1, .yes), "N": (0, .no), "N/A": (nil, .notApplicable),
        "是": (1, .yes), "否": (0, .no), "不適用": (nil, .notApplicable), "不适用": (nil, .notApplicable),
    ]

    init(_ text: String) {
        self.text = text
        let match = text.wholeMatch(of: /(?<words>[^0-9]*?) ?(?<number>[0-9]+(\.[0-9]+)?) (?<unit>[^0-9 ]+)/)
        words = match.map { String($0.words) } ?? text
        value = match.flatMap { match in
            Self.unitMinutes[String(match.unit)].flatMap { unit in Double(match.number).map { Int($0 * unit) } }
        }
    }

    /// What the text says where it is published under `key`; nil where this has no expectation.
    func meaning(under key: String) -> ParsedWait? {
        switch key {
        case "manageT1case", "manageT2case":
            Self.flags[text].map { ParsedWait(minutes: $0.minutes, lower: nil, upper: nil, qualifier: $0.qualifier) }
        case "t1wt", "t2wt": value.flatMap(criticalWait) ?? resuscitation
        case "t3p50", "t3p95": words.isEmpty ? value.map(exactly) : nil
        case "t45p50", "t45p95": words.isEmpty ? value.map(roundedUp) : nil
        case "topWait": value.flatMap(longestWait)
        default: nil
        }
    }

    private var resuscitation: ParsedWait? {
        let phrases = ["Managing multiple resuscitation cases", "多名病人正在搶救中", "多名病人正在抢救中"]
        return phrases.contains(text)
            ? ParsedWait(minutes: nil, lower: nil, upper: nil, qualifier: .resuscitation) : nil
    }

    private func exactly(_ minutes: Int) -> ParsedWait {
        ParsedWait(minutes: minutes, lower: minutes, upper: minutes, qualifier: .exact)
    }

    private func roundedUp(_ minutes: Int) -> ParsedWait {
        minutes == 0
            ? exactly(0) : ParsedWait(minutes: minutes, lower: minutes - 30, upper: minutes, qualifier: .roundedUp)
    }

    private func criticalWait(_ minutes: Int) -> ParsedWait? {
        switch words {
        case "": exactly(minutes)
        case "less than", "少於", "少于": ParsedWait(minutes: minutes, lower: 0, upper: minutes, qualifier: .lessThan)
        default: nil
        }
    }

    private func longestWait(_ minutes: Int) -> ParsedWait? {
        switch words {
        case "Around", "大約", "大约": ParsedWait(minutes: 0, lower: 0, upper: 60, qualifier: .over)
        case "Over", "超過", "超过":
            ParsedWait(minutes: minutes, lower: minutes, upper: minutes == 480 ? nil : minutes + 60, qualifier: .over)
        default: nil
        }
    }
}
