import Testing

@testable import WaitCore

@Suite("The phrase table")
struct PhraseTableTests {
    @Test("a phrase of the table says the same in every language", arguments: table)
    func row(kind: PhraseKind, text: String, meaning: ParsedWait) {
        #expect(Phrase(kind: kind, text: text).meaning == meaning)
    }

    @Test("every number of minutes up to four hours is read as itself", arguments: ["minutes", "分鐘", "分钟"])
    func everyMinute(unit: String) {
        for minutes in 0...240 {
            #expect(Phrase(kind: .t3, text: "\(minutes) \(unit)").meaning == exactly(minutes))
        }
    }

    @Test(
        "every half hour up to fourteen hours is read with the half hour before it", arguments: ["hours", "小時", "小时"])
    func everyHalfHour(unit: String) {
        for halves in 1...28 {
            let text = halves.isMultiple(of: 2) ? "\(halves / 2) \(unit)" : "\(halves / 2).5 \(unit)"
            #expect(Phrase(kind: .t45, text: text).meaning == roundedUp(halves * 30), "\(text)")
        }
    }

    @Test(
        "\"Around 1 hour\" and \"Over 1 hour\" are two classes",
        arguments: [("Around 1 hour", "Over 1 hour"), ("大約 1 小時", "超過 1 小時"), ("大约 1 小时", "超过 1 小时")])
    func lowestClass(around: String, over: String) {
        #expect(Phrase(kind: .top, text: around).meaning != Phrase(kind: .top, text: over).meaning)
    }

    @Test(
        "white space between words and case do not matter",
        arguments: [
            (.t3, " 28 minutes ", exactly(28)), (.t3, "28  minutes", exactly(28)), (.t3, "28minutes", exactly(28)),
            (.t3, "28\u{A0}minutes", exactly(28)), (.t3, "28 MINUTES\n", exactly(28)), (.t3, "20分鐘", exactly(20)),
            (.t3, "20\u{3000}分鐘", exactly(20)), (.triage12, "Less  Than 15\tMinutes", lessThan(15)),
            (.triage12, "少於15分鐘", lessThan(15)), (.t45, "3HOURS", roundedUp(180)), (.t45, "2.5小時", roundedUp(150)),
            (.top, "OVER 3 HOURS", over(180, upTo: 240)), (.top, "超過2小時", over(120, upTo: 180)),
            (.top, "around 1 hour", over(0, upTo: 60)), (.flag, " y ", state(.yes, 1)),
            (.flag, "n/a", state(.notApplicable)),
            (.triage12, "managing  multiple resuscitation CASES", state(.resuscitation)),
        ] as [(PhraseKind, String, ParsedWait)])
    func spacing(kind: PhraseKind, text: String, meaning: ParsedWait) {
        #expect(Phrase(kind: kind, text: text).meaning == meaning)
    }

    @Test(
        "the resuscitation phrase may end with a full stop",
        arguments: [
            "Managing multiple resuscitation cases.", "Managing multiple resuscitation cases .",
            "多名病人正在搶救中。", "多名病人正在抢救中。",
        ])
    func fullStop(text: String) {
        #expect(Phrase(kind: .triage12, text: text).meaning == state(.resuscitation))
    }

    @Test("what can only be a spelling of a row is read as that row", arguments: spellings)
    func spelling(kind: PhraseKind, text: String, meaning: ParsedWait) {
        #expect(Phrase(kind: kind, text: text).meaning == meaning)
    }

    private static let spellings: [(PhraseKind, String, ParsedWait)] = [
        (.t3, "28 min", exactly(28)), (.t3, "28 mins", exactly(28)), (.t3, "28 minute(s)", exactly(28)),
        (.t3, "28 minutes.", exactly(28)), (.t3, "28 Mins .", exactly(28)), (.t3, "28.0 minutes", exactly(28)),
        (.t3, "２８ minutes", exactly(28)), (.t3, "28\u{202F}minutes", exactly(28)),
        (.t3, "28\u{2009}minutes", exactly(28)),
        (.t3, "\u{FEFF}28 minutes\u{200B}", exactly(28)), (.t3, "20 分鐘。", exactly(20)), (.t3, "２０分鐘", exactly(20)),
        (.t3, "0 minutes", exactly(0)), (.t3, "0 mins", exactly(0)), (.t3, "1 minutes", exactly(1)),
        (.t3, "1 hour 23 minutes", exactly(83)), (.t3, "1 hr 23 mins", exactly(83)), (.t3, "1小時23分", exactly(83)),
        (.t3, "1 hour", roundedUp(60)), (.t3, "2.5 hours", roundedUp(150)), (.t3, "less than 15 minutes", lessThan(15)),
        (.t45, "3 hrs", roundedUp(180)), (.t45, "1 hr", roundedUp(60)), (.t45, "1.0 hours", roundedUp(60)),
        (.t45, "３ hours", roundedUp(180)), (.t45, "3 hours.", roundedUp(180)), (.t45, "3 hour(s)", roundedUp(180)),
        (.t45, "0.0 hours", exactly(0)), (.t45, "0 hours", exactly(0)), (.t45, "1 hour 30 minutes", roundedUp(90)),
        (.t45, "90 minutes", roundedUp(90)), (.t45, "28 minutes", exactly(28)),
        (.t45, "1 hour 20 minutes", exactly(80)),
        (.t45, "less than 0.5 hour", lessThan(30)), (.triage12, "less than 15 mins.", lessThan(15)),
        (.triage12, "LESS THAN １５ MINUTES", lessThan(15)), (.top, "Over 3 hrs", over(180, upTo: 240)),
        (.top, "Around 1 hr.", over(0, upTo: 60)), (.top, "超過　２　小時", over(120, upTo: 180)),
        (.flag, "Yes", state(.yes, 1)), (.flag, "NO", state(.no, 0)), (.flag, "Ｙ", state(.yes, 1)),
        (.flag, "N.A.", state(.notApplicable)),
        (.flag, "NA", state(.notApplicable)), (.flag, "Ｎ／Ａ", state(.notApplicable)), (.flag, "是。", state(.yes, 1)),
    ]

    @Test(
        "nothing at all is a figure that is missing", arguments: PhraseKind.allCases,
        ["", " ", "\u{3000}", "\n", "null"])
    func missing(kind: PhraseKind, text: String) {
        #expect(Phrase(kind: kind, text: text).meaning == .missing)
    }

    @Test("two full stops are not the resuscitation phrase")
    func twoFullStops() {
        let text = "Managing multiple resuscitation cases.."
        #expect(Phrase(kind: .triage12, text: text).meaning == .unrecognised)
    }
}

extension PhraseTableTests {
    /// Every row of the design's table in every spelling of the feeds.
    static let table: [(PhraseKind, String, ParsedWait)] =
        zeros + exactMinutes + lessThan15 + hours + classes + resuscitations + flags

    private static let zeros = [PhraseKind.t3, .t45, .triage12].flatMap { kind in
        ["0 minute", "0 hour", "0 分鐘", "0 小時", "0 分钟", "0 小时"].map { (kind, $0, exactly(0)) }
    }
    private static let exactMinutes = [PhraseKind.t3, .triage12].flatMap { kind in
        ["28 minutes", "28 分鐘", "28 分钟"].map { (kind, $0, exactly(28)) }
            + ["1 minute", "1 分鐘", "1 分钟"].map { (kind, $0, exactly(1)) }
            + ["143 minutes", "143 分鐘", "143 分钟"].map { (kind, $0, exactly(143)) }
    }
    private static let lessThan15 = ["less than 15 minutes", "少於 15 分鐘", "少于 15 分钟"].map {
        (PhraseKind.triage12, $0, lessThan(15))
    }
    private static let hours: [(PhraseKind, String, ParsedWait)] = [
        ("0.5 hours", "0.5 小時", "0.5 小时", 30), ("1 hour", "1 小時", "1 小时", 60), ("3 hours", "3 小時", "3 小时", 180),
        ("9.5 hours", "9.5 小時", "9.5 小时", 570), ("14 hours", "14 小時", "14 小时", 840),
    ].flatMap { en, tc, sc, minutes in [en, tc, sc].map { (.t45, $0, roundedUp(minutes)) } }
    private static let classes = lowestClasses + higherClasses
    private static let lowestClasses = ["Around 1 hour", "大約 1 小時", "大约 1 小时"].map {
        (PhraseKind.top, $0, over(0, upTo: 60))
    }
    private static let higherClasses = (1...8).flatMap { hours in
        let unit = hours == 1 ? "hour" : "hours"
        let meaning = over(hours * 60, upTo: hours == 8 ? nil : hours * 60 + 60)
        return ["Over \(hours) \(unit)", "超過 \(hours) 小時", "超过 \(hours) 小时"].map { (PhraseKind.top, $0, meaning) }
    }
    private static let resuscitations = [
        "Managing multiple resuscitation cases", "多名病人正在搶救中", "多名病人正在抢救中",
    ].map { (PhraseKind.triage12, $0, state(.resuscitation)) }
    private static let flags: [(PhraseKind, String, ParsedWait)] =
        ["Y", "是"].map { (.flag, $0, state(.yes, 1)) }
        + ["N", "否"].map { (.flag, $0, state(.no, 0)) }
        + ["N/A", "不適用", "不适用"].map { (.flag, $0, state(.notApplicable)) }
}

private func exactly(_ minutes: Int) -> ParsedWait {
    ParsedWait(minutes: minutes, lower: minutes, upper: minutes, qualifier: .exact)
}

private func lessThan(_ minutes: Int) -> ParsedWait {
    ParsedWait(minutes: minutes, lower: 0, upper: minutes, qualifier: .lessThan)
}

private func roundedUp(_ minutes: Int) -> ParsedWait {
    ParsedWait(minutes: minutes, lower: minutes - 30, upper: minutes, qualifier: .roundedUp)
}

private func over(_ minutes: Int, upTo upper: Int?) -> ParsedWait {
    ParsedWait(minutes: minutes, lower: minutes, upper: upper, qualifier: .over)
}

private func state(_ qualifier: Qualifier, _ value: Int? = nil) -> ParsedWait {
    ParsedWait(minutes: value, lower: nil, upper: nil, qualifier: qualifier)
}
