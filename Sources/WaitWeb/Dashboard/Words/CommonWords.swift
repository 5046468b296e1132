import WaitCore

/// What every page says.
enum CommonWords {
    static let tagline = Wording(
        "How long people wait in Hong Kong's public emergency departments", "香港公立醫院急症室等候時間紀錄", "香港公立医院急症室等候时间记录")
    static let skip = Wording("Skip to the content", "跳至內容", "跳至内容")
    static let pages = Wording("Pages", "頁面", "页面")
    static let languages = Wording("Language", "語言", "语言")
    static let now = Wording("Now", "現況", "现况")
    static let clinics = Wording("Clinics", "診所", "诊所")
    static let record = Wording("The record", "紀錄", "记录")
    static let emergency = Wording("In an emergency call 999.", "緊急情況請致電 999。", "紧急情况请致电 999。")
    static let simulated = Wording(
        "SIMULATED: this record was made by the demo; its figures are invented.", "模擬：此紀錄由示範程式產生，數字並非真實。",
        "模拟：此记录由示范程序产生，数字并非真实。")
    static let api = Wording("API", "API", "API")
    static let version = Wording("Version", "版本", "版本")
    static let nothing = Wording("Nothing has been collected yet.", "尚未收集到任何資料。", "尚未收集到任何资料。")

    // Names of figures.
    static let hospital = Wording("Hospital", "醫院", "医院")
    static let cluster = Wording("Cluster", "聯網", "联网")
    static let district = Wording("District", "地區", "地区")
    static let critical = Wording("Critical", "危殆", "危殆")
    static let criticalLong = Wording(
        "A critical (triage I) case is being treated", "正在診治危殆（第一類）病人", "正在诊治危殆（第一类）病人")
    static let emergencyCase = Wording("Emer\u{AD}gency", "危急", "危急")
    static let emergencyLong = Wording(
        "An emergency (triage II) case is being treated", "正在診治危急（第二類）病人", "正在诊治危急（第二类）病人")
    static let resuscitation = Wording("Several resuscitations", "多名病人正在搶救中", "多名病人正在抢救中")
    static let resuscitationShort = Wording("Resus\u{AD}citations", "搶救中", "抢救中")
    static let t3 = Wording("Triage III (urgent)", "第三類（緊急）", "第三类（紧急）")
    static let t45 = Wording(
        "Triage IV and V (semi-urgent, non-urgent)", "第四類（次緊急）及第五類（非緊急）", "第四类（次紧急）及第五类（非紧急）")
    static let t3Short = Wording("T3", "第三類", "第三类")
    static let t45Short = Wording("T4/5", "第四、五類", "第四、五类")
    static let half = Wording("half", "一半", "一半")
    static let majority = Wording("majority", "大部分", "大部分")
    static let halfLong = Wording("Half are seen within", "一半病人的等候時間", "一半病人的等候时间")
    static let majorityLong = Wording(
        "The majority (95%) are seen within", "大部分（95%）病人的等候時間", "大部分（95%）病人的等候时间")
    static let yes = Wording("yes", "是", "是")
    static let no = Wording("no", "否", "否")
    static let notApplicable = Wording(
        "not applicable: several resuscitations", "不適用：多名病人正在搶救中", "不适用：多名病人正在抢救中")
    /// A flag in a word.
    static func flag(_ qualifier: Qualifier?) -> Wording {
        switch qualifier {
        case .yes: yes
        case .no: no
        case .notApplicable: notApplicable
        default: notSaid
        }
    }

    static let colon = Wording(": ", "：", "：")

    /// "Sha Tin, four weeks to 7 Nov 2026".
    static func heading(_ name: String, _ more: String) -> Wording {
        Wording("\(name), \(more)", "\(name)：\(more)", "\(name)：\(more)")
    }

    static let notSaid = Wording("not published", "沒有公布", "没有公布")

    static func verdict(_ verdict: Usual.Verdict) -> Wording {
        switch verdict {
        case .muchShorter: Wording("much shorter", "遠較平常短", "远较平常短")
        case .shorter: Wording("shorter", "較平常短", "较平常短")
        case .usual: Wording("usual", "與平常相若", "与平常相若")
        case .longer: Wording("longer", "較平常長", "较平常长")
        case .muchLonger: Wording("much longer", "遠較平常長", "远较平常长")
        case .tooEarly: Wording("too early to say", "紀錄尚短，未能判斷", "记录尚短，未能判断")
        }
    }

    static let usualCaveat = Wording(
        "Compared with the same weekday and hour of the 364 days before, from at least 20 dates; public holidays are not told apart yet. Usual is not acceptable.",
        "與之前 364 天同一星期幾、同一小時比較，最少 20 個日期；尚未區分公眾假期。「平常」不等於「可接受」。",
        "与之前 364 天同一星期几、同一小时比较，最少 20 个日期；尚未区分公众假期。「平常」不等于「可接受」。")

    static func state(_ state: SlotState) -> Wording {
        switch state {
        case .observed: Wording("read live", "即時讀取", "即时读取")
        case .healed: Wording("from the archive", "由存檔補回", "由存档补回")
        case .notArchived: Wording("the archive has none", "存檔中沒有", "存档中没有")
        case .lost: Wording("listed by the archive, and lost there", "存檔列有但已遺失", "存档列有但已遗失")
        case .unknown: Wording("not known yet", "尚未得知", "尚未得知")
        }
    }

    static let quarterHours = Wording("quarter hours", "個 15 分鐘時段", "个 15 分钟时段")
    static let coverage = Wording("Coverage", "完整度", "完整度")
    static let partial = Wording("partial", "不完整", "不完整")
    static let table = Wording("The figures as a table", "以表格顯示數字", "以表格显示数字")
}
