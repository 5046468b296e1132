import WaitCore

/// What the page of the record says.
enum RecordWords {
    static let title = Wording("The record", "紀錄", "记录")
    static let cause = Wording("Cause", "原因", "原因")
    static let notExpected = Wording("not published in this time", "此時段未有公布", "此时段未有公布")

    static let calendar = Wording("Every day, and how whole it is", "每一天的完整度", "每一天的完整度")
    static let calendarAbout = Wording(
        "A square a day: the share of the quarter hours of all hospitals that the record has. What is missing, and why, stands in the table below.",
        "每格為一天：紀錄收錄了所有醫院多少比例的 15 分鐘時段。缺少的部分及原因見下表。",
        "每格为一天：记录收录了所有医院多少比例的 15 分钟时段。缺少的部分及原因见下表。")
    static let newFeed = Wording(
        "Estimates on arrival, since 13 October 2025", "到達時的估計，由 2025 年 10 月 13 日起", "到达时的估计，由 2025 年 10 月 13 日起")
    static let oldFeed = Wording(
        "Longest waits, until 13 October 2025", "最長等候時間，至 2025 年 10 月 13 日", "最长等候时间，至 2025 年 10 月 13 日")
    static let complete = Wording("complete", "完整", "完整")
    static let nothing = Wording("nothing", "完全沒有", "完全没有")
    static let gaps = Wording("What is missing, and why", "缺少的部分及原因", "缺少的部分及原因")
    static let days = Wording("Days", "日期", "日期")
    static let missing = Wording("Quarter hours missing", "缺少的時段數", "缺少的时段数")
    static let latestGaps = Wording(
        "The latest 200; all of them are in the JSON.", "只列最近 200 項；全部見 JSON。", "只列最近 200 项；全部见 JSON。")
    static let under90 = Wording("under 90%", "少於 90%", "少于 90%")
    static let under50 = Wording("under 50%", "少於 50%", "少于 50%")
    static let from90 = Wording("90% and more", "90% 或以上", "90% 或以上")
    static let from98 = Wording("98% and more", "98% 或以上", "98% 或以上")
    static let noDays = Wording("The record has no day of it yet.", "紀錄尚未有任何一天。", "记录尚未有任何一天。")
    static let byMonth = Wording("Month by month, as a table", "以表格逐月顯示", "以表格逐月显示")
    static let month = Wording("Month", "月份", "月份")
    static let due = Wording("Quarter hours due", "應有時段數", "应有时段数")

    static let feeds = Wording("The feeds", "資料來源", "资料来源")
    static let feed = Wording("Feed", "資料", "资料")
    static let health = Wording("Health", "狀況", "状况")
    static let newest = Wording("Newest figure of", "最新數字時間", "最新数字时间")
    static let asked = Wording("Last asked", "最近一次讀取", "最近一次读取")
    static func since(_ time: String) -> Wording { Wording("since \(time)", "自 \(time)", "自 \(time)") }

    static func feed(_ id: String) -> Wording? {
        switch id {
        case Feed.aeWait.id:
            Wording("A&E waiting times (new)", "急症室等候時間（新）", "急症室等候时间（新）")
        case Feed.aeTopWait.id:
            Wording("A&E waiting times (old)", "急症室等候時間（舊）", "急症室等候时间（旧）")
        case Feed.clinicQuota.id: Wording("Clinics' consultation quotas", "診所診症名額", "诊所诊症名额")
        case Feed.hospitalDirectory.id: Wording("Directory of hospitals", "醫院名錄", "医院名录")
        case Feed.clinicDirectory.id: Wording("Directory of clinics", "診所名錄", "诊所名录")
        case Feed.specialistDirectory.id:
            Wording("Directory of specialist clinics", "專科門診名錄", "专科门诊名录")
        default: nil
        }
    }

    static func health(_ name: FeedHealth.Name) -> Wording {
        switch name {
        case .fresh: Wording("fresh", "正常更新", "正常更新")
        case .late: Wording("late", "更新延遲", "更新延迟")
        case .frozen: Wording("frozen", "停止更新", "停止更新")
        case .failing: Wording("cannot be had", "未能取得", "未能取得")
        case .notAsked: Wording("not being asked", "未有讀取", "未有读取")
        case .neverAsked: Wording("never asked", "從未讀取", "从未读取")
        case .retired: Wording("retired", "已停用", "已停用")
        }
    }

    static let means = Wording("What the figures mean", "數字的意思", "数字的意思")
    static let meanings: [Wording] = [
        Wording(
            "They are the Hospital Authority's estimates for a patient who arrives now: half of waiting patients, and the majority (95%), are seen within the time.",
            "數字是醫管局為現時到達的病人所作的估計：一半及大部分（95%）輪候病人會在該時間內獲診治。",
            "数字是医管局为现时到达的病人所作的估计：一半及大部分（95%）轮候病人会在该时间内获诊治。"),
        Wording(
            "Triage III is published in minutes; IV and V in hours, rounded up to the next half hour: “up to 3 h” is over 2½ and at most 3.",
            "第三類以分鐘公布；第四、五類以小時公布，並向上調整至半小時：「最多 3 小時」即超過 2½ 小時、不多於 3 小時。",
            "第三类以分钟公布；第四、五类以小时公布，并向上调整至半小时：「最多 3 小时」即超过 2½ 小时、不多于 3 小时。"),
        Wording(
            "Every median, quarter and maximum here is a figure that was published; nothing is interpolated, and a gap stays a gap.",
            "本站所有中位數、四分位數及最大值均為曾公布的數字；不作內插，缺口維持為缺口。",
            "本站所有中位数、四分位数及最大值均为曾公布的数字；不作内插，缺口维持为缺口。"),
        Wording(
            "Coverage is the share of the quarter hours due of which the record has a figure, read live or from the government's archive.",
            "完整度是應有的 15 分鐘時段之中，紀錄已有數字（即時讀取或由政府存檔補回）的比例。",
            "完整度是应有的 15 分钟时段之中，记录已有数字（即时读取或由政府存档补回）的比例。"),
    ]
    static let meansNot = Wording("What they do not mean", "數字不代表甚麼", "数字不代表什么")
    static let notMeanings: [Wording] = [
        Wording(
            "They are not measured waits, and nobody's own wait. Critical and emergency cases are seen first.",
            "並非實測的等候時間，亦非任何人的實際等候時間。危殆及危急病人會優先獲得診治。",
            "并非实测的等候时间，亦非任何人的实际等候时间。危殆及危急病人会优先获得诊治。"),
        Wording(
            "Every quarter hour counts once, however many patients came; hospitals are not adjusted for attendance or case mix.",
            "無論病人多少，每 15 分鐘只計算一次；沒有就各醫院的求診人次或病情組合作出調整。",
            "无论病人多少，每 15 分钟只计算一次；没有就各医院的求诊人次或病情组合作出调整。"),
        Wording(
            "On 13 October 2025 the measure changed: what came before is the longest wait of recent patients in classes, and no line joins the two.",
            "2025 年 10 月 13 日起量度方法改變：之前為近期病人的最長等候時間（以級別顯示），兩者不能相接。",
            "2025 年 10 月 13 日起量度方法改变：之前为近期病人的最长等候时间（以级别显示），两者不能相接。"),
        Wording(
            "“Usual” is not “acceptable”: it says only what the year before was like.", "「平常」不等於「可接受」：只反映過去一年的情況。",
            "「平常」不等于「可接受」：只反映过去一年的情况。"),
        Wording(
            "What the archive does not hold may still have been published.", "存檔中沒有的數字，仍可能曾經公布。", "存档中没有的数字，仍可能曾经公布。"),
    ]

    static let licence = Wording("Source, licence, citation", "來源、授權及引用", "来源、授权及引用")
    static let terms = Wording("Terms of DATA.GOV.HK", "「資料一線通」使用條款", "「资料一线通」使用条款")
    /// - Parameter isSimulated: a demo's figures are cited as what they are.
    static func citation(_ from: String, _ to: String, _ coverage: String, isSimulated: Bool) -> Wording {
        guard !isSimulated else {
            return Wording(
                "SIMULATED, no real figures: Waitkeeper's demo, A&E waiting times, \(from) to \(to), \(coverage) of quarter hours held.",
                "模擬數據，並非真實數字：Waitkeeper 示範，急症室等候時間，\(from) 至 \(to)，收錄 \(coverage) 的 15 分鐘時段。",
                "模拟数据，并非真实数字：Waitkeeper 示范，急症室等候时间，\(from) 至 \(to)，收录 \(coverage) 的 15 分钟时段。")
        }
        return Wording(
            "Hospital Authority, via DATA.GOV.HK: A&E waiting times, \(from) to \(to), \(coverage) of quarter hours held. Compiled by Waitkeeper.",
            "醫院管理局，經「資料一線通」：急症室等候時間，\(from) 至 \(to)，收錄 \(coverage) 的 15 分鐘時段。由 Waitkeeper 整理。",
            "医院管理局，经「资料一线通」：急症室等候时间，\(from) 至 \(to)，收录 \(coverage) 的 15 分钟时段。由 Waitkeeper 整理。")
    }
    static let exports = Wording("All of it", "全部資料", "全部资料")
}
