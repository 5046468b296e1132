import WaitCore

/// What every page says.
enum CommonWords {
    static let tagline = Localized(
        "How long people wait in Hong Kong's public emergency departments", "香港公立醫院急症室等候時間紀錄", "香港公立医院急症室等候时间记录")
    static let skip = Localized("Skip to the content", "跳至內容", "跳至内容")
    static let pages = Localized("Pages", "頁面", "页面")
    static let languages = Localized("Language", "語言", "语言")
    static let now = Localized("Now", "等候時間", "等候时间")
    static let clinics = Localized("Clinics", "診所", "诊所")
    static let datasets = Localized("Datasets", "數據集", "数据集")
    static let record = Localized("The record", "數據紀錄", "数据记录")
    static let emergency = Localized("In an emergency call 999.", "遇緊急情況，請致電 999。", "遇紧急情况，请致电 999。")
    static let simulated = Localized(
        "SIMULATED: this record was made by the demo; its figures are invented.",
        "模擬數據：由示範程式產生，並非真實，切勿用作求診參考。", "模拟数据：由示范程序产生，并非真实，切勿用作求诊参考。")
    /// Before a sentence that is copied away from the page.
    static let simulatedSign = Localized("SIMULATED · ", "模擬數據 · ", "模拟数据 · ")
    static let api = Localized("API", "API", "API")
    static let version = Localized("Version", "版本", "版本")

    // A record without a reading.
    static let nothing = Localized("Collecting has not begun", "尚未開始收集數據", "尚未开始收集数据")
    static let nothingAbout = Localized(
        "This record has no waiting times yet. They appear here within a quarter of an hour of the start of the collector.",
        "此紀錄尚未有等候時間數據。收集程式啟動後，約 15 分鐘內便會在此顯示。",
        "此记录尚未有等候时间数据。收集程序启动后，约 15 分钟内便会在此显示。")

    // Names of figures.
    static let hospital = Localized("Hospital", "醫院", "医院")
    static let cluster = Localized("Cluster", "聯網", "联网")
    static let district = Localized("District", "地區", "地区")
    static let critical = Localized("Triage I", "危殆", "危殆")
    static let criticalLong = Localized(
        "A critical (triage I) case is being treated", "正在診治危殆（第一類）病人", "正在诊治危殆（第一类）病人")
    static let emergencyCase = Localized("Triage II", "危急", "危急")
    static let emergencyLong = Localized(
        "An emergency (triage II) case is being treated", "正在診治危急（第二類）病人", "正在诊治危急（第二类）病人")
    static let resuscitation = Localized("Several resuscitations", "多名病人正在搶救中", "多名病人正在抢救中")
    static let resuscitationShort = Localized("Resus\u{AD}citations", "搶救中", "抢救中")
    static let t3 = Localized("Triage III (urgent)", "緊急（第三類）", "紧急（第三类）")
    static let t45 = Localized(
        "Triage IV and V (semi-urgent, non-urgent)", "次緊急及非緊急（第四、五類）", "次紧急及非紧急（第四、五类）")
    static let t3Short = Localized("T3", "緊急（第三類）", "紧急（第三类）")
    static let t45Short = Localized("T4/5", "次緊急及非緊急（第四、五類）", "次紧急及非紧急（第四、五类）")
    static let half = Localized("half", "一半病人", "一半病人")
    static let majority = Localized("most (95%)", "大部分病人", "大部分病人")
    static let halfLong = Localized("Half are seen within", "一半病人預計獲診治時間", "一半病人预计获诊治时间")
    static let majorityLong = Localized(
        "Most (95%) are seen within", "大部分（95%）病人預計獲診治時間", "大部分（95%）病人预计获诊治时间")
    static let yes = Localized("yes", "有", "有")
    static let no = Localized("no", "沒有", "没有")
    static let notApplicable = Localized(
        "not applicable: several resuscitations", "不適用：多名病人正在搶救中", "不适用：多名病人正在抢救中")
    /// A flag in a word.
    static func flag(_ qualifier: Qualifier?) -> Localized {
        switch qualifier {
        case .yes: yes
        case .no: no
        case .notApplicable: notApplicable
        default: notSaid
        }
    }

    static let colon = Localized(": ", "：", "：")
    /// Between the ends of a range of times or days.
    static let to = Localized(" – ", "至", "至")

    /// "Sha Tin, four weeks to 7 Nov 2026".
    static func heading(_ name: String, _ more: String) -> Localized {
        Localized("\(name), \(more)", "\(name)：\(more)", "\(name)：\(more)")
    }

    /// "half (median)".
    static func bracketed(_ name: String, _ more: String) -> Localized {
        Localized("\(name) (\(more))", "\(name)（\(more)）", "\(name)（\(more)）")
    }

    static let notSaid = Localized("not published", "未有公布", "未有公布")

    static func verdict(_ verdict: Usual.Verdict) -> Localized {
        switch verdict {
        case .muchShorter: Localized("much shorter", "遠比平常短", "远比平常短")
        case .shorter: Localized("shorter", "較平常短", "较平常短")
        case .usual: Localized("usual", "與平常相若", "与平常相若")
        case .longer: Localized("longer", "較平常長", "较平常长")
        case .muchLonger: Localized("much longer", "遠比平常長", "远比平常长")
        case .tooEarly: Localized("too early to say", "數據未夠，未能比較", "数据未够，未能比较")
        }
    }

    static let usualCaveat = Localized(
        "Compared with the same weekday and hour of the 364 days before, from at least 20 dates; public holidays are not yet treated separately. \"Usual\" does not mean acceptable.",
        "與過去 364 天內相同星期、相同鐘點的數字比較（最少 20 日）；公眾假期暫未分開計算。「平常」不代表「可以接受」。",
        "与过去 364 天内相同星期、相同钟点的数字比较（最少 20 日）；公众假期暂未分开计算。「平常」不代表「可以接受」。")

    static func state(_ state: SlotState) -> Localized {
        switch state {
        case .observed: Localized("read live", "即時擷取", "即时撷取")
        case .healed: Localized("from the archive", "由政府歷史檔案補回", "由政府历史档案补回")
        case .notArchived: Localized("not in the archive", "歷史檔案沒有", "历史档案没有")
        case .lost: Localized("listed in the archive but lost", "歷史檔案有列出，但檔案已失", "历史档案有列出，但档案已失")
        case .unknown: Localized("not known yet", "尚未查明", "尚未查明")
        }
    }

    static let quarterHours = Localized("15-minute slots", "個 15 分鐘時段", "个 15 分钟时段")
    static let coverage = Localized("Coverage", "收錄率", "收录率")
    static let partial = Localized("incomplete", "不齊", "不齐")
    static let table = Localized("The figures as a table", "以表格顯示數字", "以表格显示数字")
}
