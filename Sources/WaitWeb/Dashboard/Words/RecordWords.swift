import WaitCore

/// What the record's page says.
enum RecordWords {
    static let title = Localized("The record", "數據紀錄", "数据记录")
    static let cause = Localized("Cause", "原因", "原因")
    static let notExpected = Localized("not published in this time", "此時段未有公布", "此时段未有公布")
    static let notDue = Localized("not due yet", "未到時間", "未到时间")

    static let calendar = Localized("How complete each day is", "逐日收錄情況", "逐日收录情况")
    static let calendarAbout = Localized(
        "One square per day: its colour shows the share of the 15-minute slots of all hospitals that the record has. What is missing, and why, is in the table below.",
        "每格一日，顏色表示當日所有醫院的時段收錄了多少；欠缺的時段及原因見下表。",
        "每格一日，颜色表示当日所有医院的时段收录了多少；欠缺的时段及原因见下表。")
    static let newFeed = Localized(
        "Estimates on arrival, since 13 October 2025", "到達時的預計等候時間，由2025年10月13日起", "到达时的预计等候时间，由2025年10月13日起")
    static let oldFeed = Localized(
        "Longest waits, until 13 October 2025", "最長等候時間，至2025年10月13日", "最长等候时间，至2025年10月13日")
    static let complete = Localized("complete", "完整", "完整")
    static let nothing = Localized("nothing", "全無", "全无")
    static let gaps = Localized("What is missing, and why", "欠缺的部分及原因", "欠缺的部分及原因")
    static let days = Localized("Days", "日期", "日期")
    static let missing = Localized("15-minute slots missing", "欠缺的時段數", "欠缺的时段数")
    static let latestGaps = Localized(
        "The latest 200; all of them are in the JSON.", "只列最近 200 項；全部見 JSON。", "只列最近 200 项；全部见 JSON。")
    static let noGaps = Localized("Nothing is missing.", "沒有欠缺。", "没有欠缺。")
    static let under90 = Localized("under 90%", "少於 90%", "少于 90%")
    static let under50 = Localized("under 50%", "少於 50%", "少于 50%")
    static let from90 = Localized("90% and more", "90% 或以上", "90% 或以上")
    static let from98 = Localized("98% and more", "98% 或以上", "98% 或以上")
    static let noDays = Localized("No days recorded yet.", "尚未收錄任何一日。", "尚未收录任何一日。")
    static let byMonth = Localized("Month by month, as a table", "逐月列表", "逐月列表")
    static let month = Localized("Month", "月份", "月份")
    static let due = Localized("Expected 15-minute slots", "應收錄時段", "应收录时段")

    static let feeds = Localized("The feeds", "資料來源", "资料来源")
    static let feed = Localized("Feed", "數據", "数据")
    static let health = Localized("Health", "狀況", "状况")
    static let newest = Localized("Newest figure of", "最新數字時間", "最新数字时间")
    static let asked = Localized("Last checked", "上次擷取", "上次撷取")
    static func since(_ time: String) -> Localized { Localized("since \(time)", "自\(time)起", "自\(time)起") }

    static func feed(_ id: String) -> Localized? {
        switch id {
        case Feed.aeWait.id:
            Localized("A&E waiting times (new)", "急症室等候時間（新）", "急症室等候时间（新）")
        case Feed.aeTopWait.id:
            Localized("A&E waiting times (old)", "急症室等候時間（舊）", "急症室等候时间（旧）")
        case Feed.clinicQuota.id: Localized("Clinics' consultation quotas", "診所診症名額", "诊所诊症名额")
        case Feed.hospitalDirectory.id: Localized("Directory of hospitals", "醫院名單", "医院名单")
        case Feed.clinicDirectory.id: Localized("Directory of clinics", "診所名單", "诊所名单")
        case Feed.specialistDirectory.id:
            Localized("Directory of specialist clinics", "專科門診名單", "专科门诊名单")
        default: nil
        }
    }

    static func health(_ name: FeedHealth.Name) -> Localized {
        switch name {
        case .fresh: Localized("fresh", "正常更新", "正常更新")
        case .late: Localized("late", "更新延遲", "更新延迟")
        case .frozen: Localized("frozen", "停止更新", "停止更新")
        case .failing: Localized("unreachable", "未能取得", "未能取得")
        case .notAsked: Localized("not being checked", "沒有擷取", "没有撷取")
        case .neverAsked: Localized("never checked", "從未擷取", "从未撷取")
        case .retired: Localized("retired", "已停用", "已停用")
        }
    }

    static let means = Localized("What the figures mean", "數字的意思", "数字的意思")
    static let meanings: [Localized] = [
        Localized(
            "They are the Hospital Authority's estimates for a patient who arrives now: half of waiting patients, and most (95%), are expected to be seen within the time.",
            "數字是醫管局為現時到達的病人所作的估計：一半及大部分（95%）病人預計會在該時間內獲診治。",
            "数字是医管局为现时到达的病人所作的估计：一半及大部分（95%）病人预计会在该时间内获诊治。"),
        Localized(
            "Triage III is published in minutes; IV and V in hours, rounded up to the next half hour: “up to 3 h” is over 2½ and at most 3.",
            "緊急（第三類）以分鐘公布；次緊急及非緊急（第四、五類）以小時公布，以半小時為單位進位：「3 小時內」即超過 2½ 小時、不多於 3 小時。",
            "紧急（第三类）以分钟公布；次紧急及非紧急（第四、五类）以小时公布，以半小时为单位进位：「3 小时内」即超过 2½ 小时、不多于 3 小时。"),
        Localized(
            "Every median, quarter and maximum here is a figure that was published; nothing is interpolated, and a gap stays a gap.",
            "本站所有中位數、四分位數及最大值均為曾公布的數字；欠缺的數字留空，不作推算。",
            "本站所有中位数、四分位数及最大值均为曾公布的数字；欠缺的数字留空，不作推算。"),
        Localized(
            "Coverage is the share of the expected 15-minute slots of which the record has a figure, read live or from the government's archive.",
            "收錄率是應收錄的 15 分鐘時段之中，已有數字（即時擷取或由政府歷史檔案補回）的比例。",
            "收录率是应收录的 15 分钟时段之中，已有数字（即时撷取或由政府历史档案补回）的比例。"),
    ]
    static let meansNot = Localized("What they do not mean", "數字不代表甚麼", "数字不代表什么")
    static let notMeanings: [Localized] = [
        Localized(
            "They are not measured waits, and not the wait of any one person. Critical and emergency cases are seen first.",
            "並非實測的等候時間，亦非任何人的實際等候時間。危殆及危急病人會優先獲得診治。",
            "并非实测的等候时间，亦非任何人的实际等候时间。危殆及危急病人会优先获得诊治。"),
        Localized(
            "Every quarter hour counts once, however many patients came; hospitals are not adjusted for attendance or case mix.",
            "無論病人多少，每 15 分鐘只計算一次；沒有就各醫院的求診人次或病例組合作出調整。",
            "无论病人多少，每 15 分钟只计算一次；没有就各医院的求诊人次或病例组合作出调整。"),
        Localized(
            "On 13 October 2025 the measure changed: what came before is the longest wait of recent patients in classes, and can't be compared.",
            "2025年10月13日起計算方法改變：之前為近期病人的最長等候時間（分級公布），兩者不能比較。",
            "2025年10月13日起计算方法改变：之前为近期病人的最长等候时间（分级公布），两者不能比较。"),
        Localized(
            "“Usual” does not mean acceptable: it says only what the year before was like.",
            "「平常」不代表「可以接受」：只反映過去一年的情況。",
            "「平常」不代表「可以接受」：只反映过去一年的情况。"),
        Localized(
            "What the archive does not hold may still have been published.", "歷史檔案沒有的數字，當時仍可能曾經公布。",
            "历史档案没有的数字，当时仍可能曾经公布。"),
    ]

    static let licence = Localized("Source, licence, citation", "來源、授權及引用", "来源、授权及引用")
    static let terms = Localized("Terms of DATA.GOV.HK", "「資料一線通」使用條款", "「资料一线通」使用条款")
    static func citation(_ from: String, _ to: String, _ coverage: String) -> Localized {
        Localized(
            "Hospital Authority, via DATA.GOV.HK: A&E waiting times, \(from) to \(to), \(coverage) of 15-minute slots held. Compiled by Waitkeeper.",
            "醫院管理局，經「資料一線通」：急症室等候時間，\(from)至\(to)，收錄率 \(coverage)。由 Waitkeeper 整理。",
            "医院管理局，经「资料一线通」：急症室等候时间，\(from)至\(to)，收录率 \(coverage)。由 Waitkeeper 整理。")
    }
    static let exports = Localized("Everything", "下載全部數據", "下载全部数据")
}
