import WaitCore

/// What the live page says.
enum NowWords {
    static let title = Localized("A&E waiting times now", "急症室最新等候時間", "急症室最新等候时间")
    /// Where the newest figures are of another day.
    static let lastTitle = Localized("A&E waiting times, last collected", "急症室等候時間（最後收錄）", "急症室等候时间（最后收录）")

    static func asOf(_ time: String) -> Localized {
        Localized("As of \(time), Hong Kong time", "\(time) 更新（香港時間）", "\(time) 更新（香港时间）")
    }

    /// - Parameter time: the time of day, today.
    static func asOfToday(_ time: String, _ whole: String) -> Localized {
        Localized("As of \(whole), Hong Kong time", "今日 \(time) 更新", "今日 \(time) 更新")
    }

    static func held(_ coverage: String, _ since: String) -> Localized {
        Localized(
            "\(coverage) of the 15-minute slots since \(since) are in the record.", "本站自\(since)起收錄了 \(coverage) 的數據。",
            "本站自\(since)起收录了 \(coverage) 的数据。")
    }

    /// `{}` stands for the number.
    static let minutesAgo = Localized(" ({} minutes ago)", "（{} 分鐘前）", "（{} 分钟前）")
    static let hoursAgo = Localized(" (over {} hours ago)", "（超過 {} 小時前）", "（超过 {} 小时前）")
    static let daysAgo = Localized(" (over {} days ago)", "（超過 {} 日前）", "（超过 {} 日前）")

    static func old(_ time: String) -> Localized {
        Localized("Out of date: last updated \(time).", "數字已過時：最後更新於 \(time)。", "数字已过时：最后更新于 \(time)。")
    }

    /// Why figures are old, as far as it is known.
    static func why(_ health: FeedHealth.Name) -> Localized {
        switch health {
        case .frozen: Localized("The Authority's feed has stopped updating.", "醫管局的數據停止更新。", "医管局的数据停止更新。")
        case .failing: Localized("The Authority's feed can't be reached.", "暫時未能取得醫管局的數據。", "暂时未能取得医管局的数据。")
        case .notAsked, .neverAsked:
            Localized("This site is not collecting at the moment.", "本站現時沒有擷取新數據。", "本站现时没有撷取新数据。")
        case .fresh, .late, .retired: Localized("Nothing newer has come.", "其後未有新數字。", "其后未有新数字。")
        }
    }

    static let missing = Localized(
        "This hospital is missing from the feed's newest documents.", "醫管局最新數據沒有這間醫院。", "医管局最新数据没有这间医院。")

    static func last(_ time: String) -> Localized { Localized("last: \(time)", "最後更新：\(time)", "最后更新：\(time)") }

    static let hospitals = Localized("The hospitals", "各醫院", "各医院")
    static let usual = Localized("Compared with usual", "與平常比較", "与平常比较")
    static let day = Localized("Past 24 hours", "過去 24 小時", "过去 24 小时")
    static let about = Localized(
        "T4/5: triage IV and V (semi-urgent and non-urgent); T3: triage III (urgent). Half, most: the time within which half, and 95%, of waiting patients are seen. “Past 24 hours” and “Compared with usual” show the half wait of T4/5: thin line, nine tenths of the year before; thick line, its middle half; upright stroke, now.",
        "「過去 24 小時」及「與平常比較」按次緊急及非緊急的一半病人。幼線：過去一年九成數字；粗線：中間五成；直線：現時。",
        "「过去 24 小时」及「与平常比较」按次紧急及非紧急的一半病人。幼线：过去一年九成数字；粗线：中间五成；直线：现时。")
    static let priority = Localized(
        "The most seriously ill are seen first, whoever came earlier:", "病情最重者先獲診治，不論到達先後：", "病情最重者先获诊治，不论到达先后：")

    /// What the feed publishes for triage I and II.
    static func published(_ critical: String, _ emergency: String) -> Localized {
        Localized(
            "critical (triage I) \(critical), emergency (triage II) \(emergency).",
            "危殆（第一類）\(critical)，危急（第二類）\(emergency)。",
            "危殆（第一类）\(critical)，危急（第二类）\(emergency)。")
    }

    static let atOnce = Localized("at once", "即時", "即时")
    static let distance = Localized("Distance", "距離", "距离")
    static let show = Localized("Show on the map", "在地圖上顯示", "在地图上显示")
    static let map = Localized("Map of the hospitals", "醫院地圖", "医院地图")
    static let mapMissing = Localized(
        "Maps are not installed on this server; the table has everything.", "此伺服器未有安裝地圖，請看列表。", "此服务器未有安装地图，请看列表。")
    static let mapNeedsScript = Localized(
        "The map needs JavaScript; the table has everything.", "地圖需要 JavaScript；表格已有全部數據。",
        "地图需要 JavaScript；表格已有全部数据。")
    static let showClinics = Localized("Show the clinics", "顯示診所", "显示诊所")
    static let legend = Localized("T4/5: half are seen within", "次緊急及非緊急：一半病人預計獲診治時間", "次紧急及非紧急：一半病人预计获诊治时间")
    static let more = Localized("over 4 h", "超過 4 小時", "超过 4 小时")
    static let near = Localized("Nearest first", "找附近急症室", "找附近急症室")
    static let nearAbout = Localized(
        "A district, a clinic, a hospital, or latitude,longitude", "輸入地區、診所或醫院名稱", "输入地区、诊所或医院名称")
    static let go = Localized("Go", "搜尋", "搜索")
    static let here = Localized("Use my position", "使用我的位置", "使用我的位置")
    static let hereFailed = Localized(
        "Your browser gave no position; type a place instead.", "未能取得你的位置，請輸入地點。", "未能取得你的位置，请输入地点。")
    static let anywhere = Localized("Clear location", "清除地點", "清除地点")

    static func nearTo(_ place: String) -> Localized {
        Localized("Distances as the crow flies from \(place).", "由\(place)起計的直線距離。", "由\(place)起计的直线距离。")
    }

    static func nearDistrict(_ place: String) -> Localized {
        Localized(
            "Distances as the crow flies from the middle of the hospitals and clinics of \(place).",
            "由\(place)中心（區內醫院及診所的中點）起計的直線距離。", "由\(place)中心（区内医院及诊所的中点）起计的直线距离。")
    }

    static func nowhere(_ place: String) -> Localized {
        Localized(
            "No place called “\(place)” is known here; try a district or latitude,longitude.",
            "找不到「\(place)」；請試試地區名稱或「緯度,經度」。", "找不到「\(place)」；请试试地区名称或「纬度,经度」。")
    }

    static func several(_ place: String) -> Localized {
        Localized(
            "“\(place)” may be several places; choose one:", "「\(place)」可以是多個地點，請選擇：", "「\(place)」可以是多个地点，请选择：")
    }

    static func range(_ least: String, _ most: String) -> Localized {
        Localized("In 24 hours between \(least) and \(most)", "過去 24 小時：\(least)至\(most)", "过去 24 小时：\(least)至\(most)")
    }

    static let noRange = Localized("Nothing published in 24 hours", "過去 24 小時沒有公布數字", "过去 24 小时没有公布数字")

    /// - Parameter range: "3 to 5.5 h".
    static func band(_ range: String) -> Localized {
        Localized("usually \(range)", "平常：\(range)", "平常：\(range)")
    }

    static func kilometres(_ text: String) -> Localized {
        Localized("\(text) km", "\(text) 公里", "\(text) 公里")
    }

    static let takeAway = Localized("Download the data", "下載數據", "下载数据")
}
