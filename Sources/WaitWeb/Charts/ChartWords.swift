import WaitCore
import WaitStore

/// The words of pictures in one language.
struct ChartWords: Sendable {
    let text: WaitText

    private func say(_ en: String, _ tc: String, _ sc: String) -> String {
        Trilingual(en: en, tc: tc, sc: sc)[text.language]
    }

    /// "Queen Mary Hospital: Triage III, half wait".
    func title(_ hospital: HospitalTitle, _ metric: Metric) -> String {
        let title = MetricTitle.of(metric).title[text.language]
        return hospital.name(in: text.language) + say(": ", "｜", "｜") + title
    }

    /// The days of a range where it is made of whole ones, else its instants.
    func range(_ range: TimeRange) -> String {
        let joint = say(" – ", "至", "至")
        guard range.from.dayStart == range.from, range.to.dayStart == range.to, !range.isEmpty else {
            return text.instant(range.from) + joint + text.instant(range.to)
        }
        let (first, last) = (text.day(range.from), text.day(range.to.adding(minutes: -1)))
        return first == last ? first : first + joint + last
    }

    func by(_ size: BucketSize) -> String {
        switch size {
        case .quarterHour: say("by quarter hour", "按 15 分鐘", "按 15 分钟")
        case .hour: say("by hour", "按小時", "按小时")
        case .day: say("by day", "按日", "按日")
        case .week: say("by week", "按星期", "按星期")
        case .month: say("by month", "按月", "按月")
        case .year: say("by year", "按年", "按年")
        case .financialYear: say("by financial year", "按財政年度", "按财政年度")
        }
    }

    func by(_ size: ProfileSize) -> String {
        switch size {
        case .hourOfDay: say("by hour of the day", "按鐘點", "按钟点")
        case .dayOfWeek: say("by day of the week", "按星期", "按星期")
        case .hourOfWeek: say("by hour of the week", "按星期及鐘點", "按星期及钟点")
        case .monthOfYear: say("by month of the year", "按月份", "按月份")
        }
    }

    /// "98.3% of 35,040 quarter hours".
    func coverage(_ covered: Int, of expected: Int) -> String {
        guard expected > 0 else { return say("no 15-minute slot was expected", "此範圍沒有應公布的時段", "此范围没有应公布的时段") }
        let share = text.percent(Double(covered) / Double(expected))
        let number = text.number(expected)
        return say(
            "\(share) of \(number) quarter hours", "\(number) 個時段，收錄 \(share)", "\(number) 个时段，收录 \(share)")
    }

    /// The filter and the trial in words; nil where all counts.
    func only(_ question: AggregateQuestion) -> String? {
        var parts: [String] = []
        let filter = question.filter
        if filter.weekdays.count < 7 {
            parts.append(weekdays(filter.weekdays.sorted()))
        }
        if let hours = filter.hours { parts.append("\(hours.from.padded(2)):00–\(hours.to.padded(2)):00") }
        let only = parts.isEmpty ? [] : [say("only ", "只計", "只计") + parts.joined(separator: say(", ", "、", "、"))]
        let all = only + (question.includesTrial ? [say("with the trial", "包括試行期", "包括试行期")] : [])
        return all.isEmpty ? nil : all.joined(separator: " · ")
    }

    /// "Mon–Fri", or one by one where they do not follow each other.
    private func weekdays(_ days: [Int]) -> String {
        guard days.count > 2, let first = days.first, let last = days.last, last - first == days.count - 1 else {
            return days.map(text.weekday).joined(separator: say(", ", "、", "、"))
        }
        return text.weekday(first) + say("–", "至", "至") + text.weekday(last)
    }

    func asOf(_ minute: HongKongMinute) -> String {
        say("As of ", "", "") + text.instant(minute) + say(" HKT", " 更新（香港時間）", " 更新（香港时间）")
    }

    var source: String {
        Attribution.sourceLines[text.language]
            + say(" · compiled by Waitkeeper", " · 由 Waitkeeper 整理", " · 由 Waitkeeper 整理")
    }

    var caveat: String { Attribution.caveats[text.language] }
    var simulated: String { say("SIMULATED · ", "模擬數據 · ", "模拟数据 · ") }
    var hongKongTime: String { say("Hong Kong time", "香港時間", "香港时间") }
    var list: String { say(", ", "，", "，") }
    var stop: String { say(".", "。", "。") }
}

extension ChartWords {
    var median: String { say("median", "中位數", "中位数") }
    var figure: String { say("published figure", "公布數字", "公布数字") }
    var share: String { say("share", "比例", "比例") }
    var middle: String { say("middle half of readings", "中間五成數字", "中间五成数字") }
    var most: String { say("90% of readings", "中間九成數字", "中间九成数字") }
    var noData: String { say("no figure", "沒有數字", "没有数字") }
    var partial: String { say("incomplete: coverage under 90%", "不齊：收錄不足 90%", "不齐：收录不足 90%") }
    var notPublished: String { say("not published", "未有公布", "未有公布") }
    var notRecorded: String { say("before this record", "早於本紀錄", "早于本记录") }
    var notYet: String { say("not due yet", "未到時間", "未到时间") }
    var leftOut: String { say("not in this selection", "不在所選範圍", "不在所选范围") }
    var noReadings: String { say("No readings in this range", "這段時間沒有數字", "这段时间没有数字") }
    var nothingPublished: String {
        say("Not published in this range", "這段時間未有公布", "这段时间未有公布")
    }
}

/// A hospital as titles name it.
struct HospitalTitle: Sendable, Hashable {
    let code: String
    let names: Trilingual

    /// The name in that language, or in the first that has one, or the code.
    func name(in language: Language) -> String {
        [names[language], names.known, code].first { !$0.isEmpty } ?? code
    }
}
