import WaitCore

/// The words of the feeds in one language (docs/feeds.md, "A&E waiting times"). The simplified ones are inferred there.
struct FeedPhrases {
    let minuteUnit: (one: String, many: String)
    let hourUnit: (one: String, many: String)
    let lessThan15Minutes: String
    let resuscitation: String
    let yes: String
    let no: String
    let notApplicable: String
    let aroundOneHour: String
    let over: String

    static func of(_ language: Language) -> FeedPhrases {
        switch language {
        case .en: english
        case .tc: traditional
        case .sc: simplified
        }
    }

    private static let english = FeedPhrases(
        minuteUnit: (" minute", " minutes"), hourUnit: (" hour", " hours"),
        lessThan15Minutes: "less than 15 minutes", resuscitation: "Managing multiple resuscitation cases",
        yes: "Y", no: "N", notApplicable: "N/A", aroundOneHour: "Around 1 hour", over: "Over ")

    private static let traditional = FeedPhrases(
        minuteUnit: (" 分鐘", " 分鐘"), hourUnit: (" 小時", " 小時"),
        lessThan15Minutes: "少於 15 分鐘", resuscitation: "多名病人正在搶救中",
        yes: "是", no: "否", notApplicable: "不適用", aroundOneHour: "大約 1 小時", over: "超過 ")

    private static let simplified = FeedPhrases(
        minuteUnit: (" 分钟", " 分钟"), hourUnit: (" 小时", " 小时"),
        lessThan15Minutes: "少于 15 分钟", resuscitation: "多名病人正在抢救中",
        yes: "是", no: "否", notApplicable: "不适用", aroundOneHour: "大约 1 小时", over: "超过 ")

    /// `0 minute`, `1 minute`, `28 minutes`.
    func minutes(_ minutes: Int) -> String {
        String(minutes) + (minutes < 2 ? minuteUnit.one : minuteUnit.many)
    }

    /// `0 hour`, `0.5 hours`, `1 hour`, `1.5 hours`.
    func halfHours(_ halves: Int) -> String {
        let number = String(halves / 2) + (halves % 2 == 0 ? "" : ".5")
        return number + (halves == 0 || halves == 2 ? hourUnit.one : hourUnit.many)
    }

    /// `Around 1 hour`, `Over 1 hour`, `Over 2 hours`.
    func topWait(hours: Int) -> String {
        hours == 0 ? aroundOneHour : over + halfHours(hours * 2)
    }

    func flag(_ isManaging: Bool) -> String { isManaging ? yes : no }
}

/// The `updateTime` of a document (docs/feeds.md, "Update times"): `20/1/2026 4:30AM`, `20/1/2026 4:30am` in the old
/// feed, `2026年1月20日 上午4時30分`. That minutes have two digits in Chinese too is inferred.
func updateTime(_ minute: HongKongMinute, language: Language, feed: SimulatedFeed) -> String {
    let (year, month, day, hour, minute) = minute.civil
    let hourOfTwelve = String(hour % 12 == 0 ? 12 : hour % 12)
    let isMorning = hour < 12
    switch language {
    case .en:
        let half = isMorning ? "am" : "pm"
        let clock = hourOfTwelve + ":" + minute.padded(2) + (feed == .aeWait ? half.uppercased() : half)
        return "\(day)/\(month)/\(year) \(clock)"
    case .tc, .sc:
        let clock = hourOfTwelve + (language == .tc ? "時" : "时") + minute.padded(2) + "分"
        return "\(year)年\(month)月\(day)日 \(isMorning ? "上午" : "下午")\(clock)"
    }
}
