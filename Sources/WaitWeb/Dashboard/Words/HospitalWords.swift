import WaitCore

/// What a hospital's page says.
enum HospitalWords {
    static let lately = Localized("Now", "最新數字", "最新数字")
    /// Where the newest figures are of another day.
    static let lastly = Localized("Last collected", "最後收錄的數字", "最后收录的数字")
    static let chart = Localized("Over time", "時間走勢", "时间走势")
    static let span = Localized("Span", "時段", "时段")
    static let figure = Localized("Triage category", "病人類別", "病人类别")
    static let keys = Localized(
        "Tap a point or point at it to read its figures. Drag to zoom, or use the handles below. By keyboard: arrows move, + and − zoom, 0 shows all, Page Up and Page Down go from point to point.",
        "點按圖表可讀取數字。拖曳可放大，亦可拉動圖下兩端的把手。鍵盤：方向鍵移動，+ 及 − 縮放，0 顯示全部，Page Up 及 Page Down 逐點查看。",
        "点按图表可读取数字。拖曳可放大，亦可拉动图下两端的手柄。键盘：方向键移动，+ 及 − 缩放，0 显示全部，Page Up 及 Page Down 逐点查看。")
    static let chartMissing = Localized(
        "Interactive charts are not installed on this server; this is the same as a picture.",
        "此伺服器未有安裝互動圖表，以下為靜態圖。", "此服务器未有安装互动图表，以下为静态图。")
    static let chartFailed = Localized(
        "The interactive chart could not be loaded; this is the same as a picture.", "未能載入互動圖表，以下為靜態圖。",
        "未能载入互动图表，以下为静态图。")
    static let chartEmpty = Localized(
        "The record has no figure for this span; the table says why.", "紀錄沒有此時段的數字；原因可展開下表查看。",
        "记录没有此时段的数字；原因可展开下表查看。")
    static let band = Localized(
        "usual: the middle half of the year before, same weekday and hour (half wait)",
        "平常範圍：過去一年相同星期、相同鐘點的中間五成數字（一半病人）", "平常范围：过去一年相同星期、相同钟点的中间五成数字（一半病人）")
    static func spread(_ size: BucketSize) -> Localized {
        size == .week
            ? Localized("the middle half of each week's figures (half wait)", "每星期數字的中間五成（一半病人）", "每星期数字的中间五成（一半病人）")
            : Localized("the middle half of each day's figures (half wait)", "每日數字的中間五成（一半病人）", "每日数字的中间五成（一半病人）")
    }
    static let usualBand = Localized("usual (half wait)", "平常（一半病人）", "平常（一半病人）")
    static let unfinished = Localized("incomplete or still running", "數據不齊或時段未完", "数据不齐或时段未完")
    static let gap = Localized("no figure", "沒有數字", "没有数字")
    static let median = Localized("median", "中位數", "中位数")
    static let time = Localized("Time (Hong Kong)", "香港時間", "香港时间")
    static let hoursAxis = Localized("Seen within, hours", "多少小時內獲診治", "多少小时内获诊治")
    static let minutesAxis = Localized("Seen within, minutes", "多少分鐘內獲診治", "多少分钟内获诊治")

    static func span(_ span: ChartSpan) -> Localized {
        switch span {
        case .day: Localized("24 hours", "24 小時", "24 小时")
        case .week: Localized("7 days", "7 天", "7 天")
        case .month: Localized("30 days", "30 天", "30 天")
        case .year: Localized("a year", "一年", "一年")
        case .all: Localized("all", "全部", "全部")
        }
    }

    static func bucket(_ size: BucketSize) -> Localized {
        switch size {
        case .quarterHour: Localized("each quarter hour as published", "每 15 分鐘，按公布數字", "每 15 分钟，按公布数字")
        case .hour: Localized("medians of each hour", "每小時中位數", "每小时中位数")
        case .day: Localized("medians of each day", "每日中位數", "每日中位数")
        case .week: Localized("medians of each week", "每星期中位數", "每星期中位数")
        default: Localized("medians", "中位數", "中位数")
        }
    }

    static let take = Localized("This view:", "取用此圖：", "取用此图：")
    static let picture = Localized("picture (SVG)", "圖片（SVG）", "图片（SVG）")
    static let call = Localized("API call (JSON)", "API 查詢（JSON）", "API 请求（JSON）")
    static let cite = Localized("Cite this view", "引用方式", "引用方式")

    static func citation(_ hospital: String, _ what: String, _ range: String, _ coverage: String) -> Localized {
        Localized(
            "Hospital Authority, via DATA.GOV.HK: \(what), \(hospital), \(range) (Hong Kong time); \(coverage) of 15-minute slots held. Compiled by Waitkeeper.",
            "醫院管理局，經「資料一線通」：\(hospital)，\(what)，\(range)（香港時間）；收錄率 \(coverage)。由 Waitkeeper 整理。",
            "医院管理局，经「资料一线通」：\(hospital)，\(what)，\(range)（香港时间）；收录率 \(coverage)。由 Waitkeeper 整理。")
    }

    static let heat = Localized(
        "What is usual, by hour of the week", "平常要等多久：按星期及鐘點", "平常要等多久：按星期及钟点")
    static func heatAbout(isInHours: Bool, _ from: String, _ to: String) -> Localized {
        let (en, tc, sc) = isInHours ? ("hours", "小時", "小时") : ("minutes", "分鐘", "分钟")
        return Localized(
            "Half are seen within this many \(en), by hour of the day: medians of what was published from \(from) to \(to). Hatched: no figure; in italics: coverage under 90%.",
            "一半病人在多少\(tc)內獲診治：\(from)至\(to)公布數字的中位數。斜線：沒有數字；斜體：收錄不足 90%。",
            "一半病人在多少\(sc)内获诊治：\(from)至\(to)公布数字的中位数。斜线：没有数字；斜体：收录不足 90%。")
    }
    static let months = Localized("Months and years", "月份及年份", "月份及年份")
    static let byMonth = Localized("Month by month", "逐月顯示", "逐月显示")
    static func since(_ day: String) -> Localized { Localized("from \(day)", "由\(day)起", "由\(day)起") }
    static let period = Localized("Period", "時期", "时期")
    static let middle = Localized("middle half", "中間五成", "中间五成")
    static let most = Localized("95th percentile", "第 95 百分位數", "第 95 百分位数")
    static let old = Localized(
        "Before 13 October 2025: another measure", "2025年10月13日之前：另一種計算方法", "2025年10月13日之前：另一种计算方法")
    static let oldAbout = Localized(
        "The old feed gave the longest wait of recent patients, in classes up to “over 8 h”; it can't be compared with today's, so it is shown separately.",
        "舊數據是過去數小時病人的最長等候時間，只分級公布，最高「超過 8 小時」；算法不同，不能與現時數字比較，故分開顯示。",
        "旧数据是过去数小时病人的最长等候时间，只分级公布，最高「超过 8 小时」；算法不同，不能与现时数字比较，故分开显示。")
    static let oldNone = Localized("No old-feed figures for this hospital.", "沒有此醫院的舊數據。", "没有此医院的旧数据。")
    static let topWait = Localized("Longest wait", "最長等候時間", "最长等候时间")
    static let place = Localized("Location", "位置", "位置")
    static let address = Localized("Address", "地址", "地址")
    static let coordinates = Localized("Coordinates (WGS 84)", "坐標（WGS 84）", "坐标（WGS 84）")
    static let coordinatesFrom = Localized("from ", "來源：", "来源：")
    static let code = Localized("Code", "代號", "代号")
    static let hours = Localized("h", "時", "时")
}
