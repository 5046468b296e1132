import WaitCore

/// What a hospital's page says.
enum HospitalWords {
    static let lately = Wording("Now", "現況", "现况")
    static let chart = Wording("Over time", "時間走勢", "时间走势")
    static let span = Wording("Span", "時段", "时段")
    static let figure = Wording("Figures of", "數字：", "数字：")
    static let keys = Wording(
        "Drag to zoom, or use the handles below. By keyboard: arrows move, + and − zoom, 0 shows all, Page Up and Page Down go from point to point.",
        "拖曳可放大，或使用下方滑桿。鍵盤：方向鍵移動，+ 及 − 縮放，0 顯示全部，Page Up 及 Page Down 逐點查看。",
        "拖曳可放大，或使用下方滑杆。键盘：方向键移动，+ 及 − 缩放，0 显示全部，Page Up 及 Page Down 逐点查看。")
    static let chartMissing = Wording(
        "The moving chart needs the package libjs-dygraphs, which is not installed here; this is the same as a picture.",
        "互動圖表需要 libjs-dygraphs 套件，此處尚未安裝；下圖顯示相同數據。",
        "互动图表需要 libjs-dygraphs 软件包，此处尚未安装；下图显示相同数据。")
    static let chartFailed = Wording(
        "The figures could not be fetched; reload the page in a moment.", "未能取得數字，請稍後重新載入。", "未能取得数字，请稍后重新载入。")
    static let chartEmpty = Wording(
        "The record has no figure of this span; the table says why.", "紀錄沒有此時段的數字；原因見下表。", "记录没有此时段的数字；原因见下表。")
    static let band = Wording(
        "usual: the middle half of the year before, same weekday and hour (half wait)", "平常：之前一年同一星期幾、同一小時的中間一半（一半病人）",
        "平常：之前一年同一星期几、同一小时的中间一半（一半病人）")
    static func spread(_ size: BucketSize) -> Wording {
        size == .week
            ? Wording("the middle half of each week's figures (half wait)", "每週數字的中間一半（一半病人）", "每周数字的中间一半（一半病人）")
            : Wording("the middle half of each day's figures (half wait)", "每日數字的中間一半（一半病人）", "每日数字的中间一半（一半病人）")
    }
    static let usualBand = Wording("usual (half wait)", "平常（一半病人）", "平常（一半病人）")
    static let unfinished = Wording("partial or not over yet", "不完整或尚未結束", "不完整或尚未结束")
    static let gap = Wording("no figure", "沒有數字", "没有数字")
    static let median = Wording("median", "中位數", "中位数")
    static let time = Wording("Time (Hong Kong)", "香港時間", "香港时间")

    static func span(_ span: ChartSpan) -> Wording {
        switch span {
        case .day: Wording("24 hours", "24 小時", "24 小时")
        case .week: Wording("7 days", "7 天", "7 天")
        case .month: Wording("30 days", "30 天", "30 天")
        case .year: Wording("a year", "一年", "一年")
        case .all: Wording("all", "全部", "全部")
        }
    }

    static func bucket(_ size: BucketSize) -> Wording {
        switch size {
        case .quarterHour: Wording("each quarter hour as published", "每 15 分鐘，按公布數字", "每 15 分钟，按公布数字")
        case .hour: Wording("medians of each hour", "每小時中位數", "每小时中位数")
        case .day: Wording("medians of each day", "每日中位數", "每日中位数")
        case .week: Wording("medians of each week", "每週中位數", "每周中位数")
        default: Wording("medians", "中位數", "中位数")
        }
    }

    static let take = Wording("This view:", "此畫面：", "此画面：")
    static let picture = Wording("picture (SVG)", "圖片（SVG）", "图片（SVG）")
    static let call = Wording("API call", "API 請求", "API 请求")
    static let cite = Wording("Cite this view", "引用此畫面", "引用此画面")

    static func citation(_ hospital: String, _ what: String, _ from: String, _ to: String, _ coverage: String)
        -> Wording
    {
        Wording(
            "Hospital Authority, via DATA.GOV.HK: \(what), \(hospital), \(from) to \(to) (Hong Kong time); \(coverage) of quarter hours held. Compiled by Waitkeeper.",
            "醫院管理局，經「資料一線通」：\(hospital)，\(what)，\(from) 至 \(to)（香港時間）；收錄 \(coverage) 的 15 分鐘時段。由 Waitkeeper 整理。",
            "医院管理局，经「资料一线通」：\(hospital)，\(what)，\(from) 至 \(to)（香港时间）；收录 \(coverage) 的 15 分钟时段。由 Waitkeeper 整理。")
    }

    static let heat = Wording("What is usual, by hour of the week", "一週各小時的平常情況", "一周各小时的平常情况")
    static func heatAbout(_ unit: String, _ from: String, _ to: String) -> Wording {
        Wording(
            "Half are seen within (\(unit)), by hour of the day: medians of what was published from \(from) to \(to). Hatched: no figure; in italics: under 90% of the quarter hours.",
            "一半病人的等候時間（\(unit)），按小時顯示：\(from)至\(to)公布數字的中位數。斜線：沒有數字；斜體：收錄少於 90% 的 15 分鐘時段。",
            "一半病人的等候时间（\(unit)），按小时显示：\(from)至\(to)公布数字的中位数。斜线：没有数字；斜体：收录少于 90% 的 15 分钟时段。")
    }
    static let months = Wording("Months and years", "月份及年份", "月份及年份")
    static let byMonth = Wording("Month by month", "逐月顯示", "逐月显示")
    static func since(_ day: String) -> Wording { Wording("from \(day)", "由\(day)起", "由\(day)起") }
    static let period = Wording("Period", "時期", "时期")
    static let middle = Wording("middle half", "中間一半", "中间一半")
    static let most = Wording("95th percentile", "第 95 百分位數", "第 95 百分位数")
    static let old = Wording(
        "Before 13 October 2025: another measure", "2025 年 10 月 13 日之前：另一種量度", "2025 年 10 月 13 日之前：另一种量度")
    static let oldAbout = Wording(
        "The old feed told the longest wait of recent patients, in classes up to “over 8 h”; it cannot be joined with the estimates of today, and is not.",
        "舊資料列出近期病人的最長等候時間，以級別顯示，最高為「超過 8 小時」；與現時的估計不能相接，因此分開顯示。",
        "旧资料列出近期病人的最长等候时间，以级别显示，最高为「超过 8 小时」；与现时的估计不能相接，因此分开显示。")
    static let oldNone = Wording(
        "The record has nothing of the old feed for this hospital.", "紀錄沒有此醫院的舊資料。", "记录没有此医院的旧资料。")
    static let topWait = Wording("Longest wait", "最長等候時間", "最长等候时间")
    static let place = Wording("The place", "地點", "地点")
    static let address = Wording("Address", "地址", "地址")
    static let coordinates = Wording("Coordinates (WGS 84)", "座標（WGS 84）", "坐标（WGS 84）")
    static let coordinatesFrom = Wording("from", "來自", "来自")
    static let code = Wording("Code", "代號", "代号")
    static let hours = Wording("h", "時", "时")
}
