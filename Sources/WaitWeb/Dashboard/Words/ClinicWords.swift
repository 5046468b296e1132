import WaitCore

/// What the clinics' page says.
enum ClinicWords {
    static let title = Localized(
        "Clinics: consultation places offered", "家庭醫學診所：提供的診症名額", "家庭医学诊所：提供的诊症名额")
    static let about = Localized(
        "How many consultations family medicine clinics offer on average on each day of the week.",
        "家庭醫學診所於一星期各日平均提供的診症名額。", "家庭医学诊所于一星期各日平均提供的诊症名额。")

    static func fourWeeks(_ day: String) -> Localized {
        Localized("four weeks to \(day)", "截至\(day)的四星期", "截至\(day)的四星期")
    }

    static func days(_ count: Int, _ day: String) -> Localized {
        Localized("\(count) days to \(day)", "截至\(day)的 \(count) 天", "截至\(day)的 \(count) 天")
    }

    static let workdaysShort = Localized("Mon–Fri", "星期一至五", "星期一至五")

    /// - Parameters:
    ///   - newest: the last day of the newest period.
    ///   - since: the month in which the first period ends.
    static func summaryLine(_ newest: String, _ held: String, _ due: String, _ since: String) -> Localized {
        Localized(
            "The newest period is the four weeks to \(newest). \(held) of the \(due) weekly periods since \(since) are in the record.",
            "最新一期截至\(newest)。自\(since)起 \(due) 期，已收錄 \(held) 期。", "最新一期截至\(newest)。自\(since)起 \(due) 期，已收录 \(held) 期。")
    }

    static let byDistrict = Localized("By district", "按地區", "按地区")
    static let allDistricts = Localized("All districts", "所有地區", "所有地区")
    static let clinics = Localized("Clinics", "診所", "诊所")
    static let clinic = Localized("Clinic", "診所", "诊所")
    static let workdays = Localized("Mon–Fri, places a week", "星期一至五，每星期名額", "星期一至五，每星期名额")
    static let weekend = Localized("Sat–Sun, places a week", "星期六及日，每星期名額", "星期六及日，每星期名额")
    static let change = Localized("Change", "升跌", "升跌")

    static func since(_ period: String) -> Localized {
        Localized("since the \(period)", "與\(period)比較", "与\(period)比较")
    }

    static let base = Localized("Compared with", "比較時期", "比较时期")
    static let nearest = Localized("Nearest A&E", "最近的急症室", "最近的急症室")
    static let period = Localized("Period", "時期", "时期")
    static let noSession = Localized("no session", "沒有應診", "没有应诊")
    static let weekday = Localized("Day of the week", "星期", "星期")
    static let none = Localized("No quotas have been collected yet.", "尚未收集到診症名額。", "尚未收集到诊症名额。")
    static let noneHere = Localized(
        "This district has no clinic in the newest period.", "此地區在最近一期沒有診所紀錄。", "此地区在最近一期没有诊所记录。")

    static func places(_ number: String) -> Localized {
        Localized("\(number) places", "\(number) 個名額", "\(number) 个名额")
    }

    static func chart(_ clinic: String, _ days: String) -> Localized {
        Localized(
            "\(clinic): places offered, \(days), by period of four weeks", "\(clinic)：\(days)提供的診症名額，以四星期為一期",
            "\(clinic)：\(days)提供的诊症名额，以四星期为一期")
    }
}
