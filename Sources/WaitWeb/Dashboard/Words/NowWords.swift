import WaitCore

/// What the page of the moment says.
enum NowWords {
    static let title = Wording("A&E waiting times now", "急症室等候時間：現況", "急症室等候时间：现况")

    static func asOf(_ time: String) -> Wording {
        Wording("As of \(time), Hong Kong time", "截至香港時間 \(time)", "截至香港时间 \(time)")
    }

    static func held(_ coverage: String, _ since: String) -> Wording {
        Wording(
            ". \(coverage) of the quarter hours since \(since) are in the record.",
            "。自\(since)以來，本紀錄收錄了 \(coverage) 的 15 分鐘時段。", "。自\(since)以来，本记录收录了 \(coverage) 的 15 分钟时段。")
    }

    /// `{}` stands for the number.
    static let minutesAgo = Wording(" ({} minutes ago)", "（{} 分鐘前）", "（{} 分钟前）")
    static let hoursAgo = Wording(" (over {} hours ago)", "（超過 {} 小時前）", "（超过 {} 小时前）")

    static func old(_ time: String) -> Wording {
        Wording(
            "These figures are old: the newest is of \(time).", "以下數字已過時：最新一次更新為 \(time)。",
            "以下数字已过时：最新一次更新为 \(time)。")
    }

    /// Why figures are old, as far as it is known.
    static func why(_ health: FeedHealth.Name) -> Wording {
        switch health {
        case .frozen: Wording("The feed stands still.", "資料來源停止更新。", "资料来源停止更新。")
        case .failing: Wording("The feed cannot be had.", "未能取得資料來源。", "未能取得资料来源。")
        case .notAsked, .neverAsked:
            Wording("Nobody is asking the feed at the moment.", "目前沒有讀取資料來源。", "目前没有读取资料来源。")
        case .fresh, .late, .retired: Wording("Nothing newer has come.", "其後未有更新。", "其后未有更新。")
        }
    }

    static let missing = Wording(
        "This hospital is missing from the feed's newest documents.", "資料來源的最新文件沒有此醫院。", "资料来源的最新文件没有此医院。")

    static func last(_ time: String) -> Wording { Wording("last: \(time)", "最後：\(time)", "最后：\(time)") }

    static let hospitals = Wording("The hospitals", "各醫院", "各医院")
    static let usual = Wording("Usual? (T4/5, half)", "是否平常（第四、五類，一半）", "是否平常（第四、五类，一半）")
    static let day = Wording("24 hours (T4/5, half)", "24 小時（第四、五類，一半）", "24 小时（第四、五类，一半）")
    static let distance = Wording("Distance", "距離", "距离")
    static let show = Wording("Show on the map", "在地圖上顯示", "在地图上显示")
    static let map = Wording("Map of the hospitals", "醫院地圖", "医院地图")
    static let mapMissing = Wording(
        "The map needs the package libjs-leaflet, which is not installed here; the table has everything.",
        "地圖需要 libjs-leaflet 套件，此處尚未安裝；表格已有全部資料。", "地图需要 libjs-leaflet 软件包，此处尚未安装；表格已有全部资料。")
    static let mapNeedsScript = Wording(
        "The map needs JavaScript; the table has everything.", "地圖需要 JavaScript；表格已有全部資料。",
        "地图需要 JavaScript；表格已有全部资料。")
    static let showClinics = Wording("Show the clinics", "顯示診所", "显示诊所")
    static let legend = Wording("T4/5: half are seen within", "第四、五類：一半病人的等候時間", "第四、五类：一半病人的等候时间")
    static let more = Wording("over 4 h", "超過 4 小時", "超过 4 小时")
    static let near = Wording("Nearest first", "由近至遠", "由近至远")
    static let nearAbout = Wording(
        "A district, a clinic, a hospital, or latitude,longitude", "地區、診所、醫院，或「緯度,經度」", "地区、诊所、医院，或「纬度,经度」")
    static let go = Wording("Go", "顯示", "显示")
    static let here = Wording("Use my position", "使用我的位置", "使用我的位置")
    static let hereFailed = Wording(
        "Your browser gave no position; type a place instead.", "瀏覽器沒有提供位置，請輸入地點。", "浏览器没有提供位置，请输入地点。")
    static let anywhere = Wording("Without a place", "不設地點", "不设地点")

    static func nearTo(_ place: String) -> Wording {
        Wording("Distances as the crow flies from \(place).", "距離為由 \(place) 起計的直線距離。", "距离为由 \(place) 起计的直线距离。")
    }

    static func nearDistrict(_ place: String) -> Wording {
        Wording(
            "Distances as the crow flies from the middle of the hospitals and clinics of \(place).",
            "距離為由\(place)各醫院及診所的中心點起計的直線距離。", "距离为由\(place)各医院及诊所的中心点起计的直线距离。")
    }

    static func nowhere(_ place: String) -> Wording {
        Wording(
            "No place called “\(place)” is known here; try a district or latitude,longitude.",
            "找不到「\(place)」；請試試地區名稱或「緯度,經度」。", "找不到「\(place)」；请试试地区名称或「纬度,经度」。")
    }

    static func range(_ least: String, _ most: String) -> Wording {
        Wording("In 24 hours between \(least) and \(most)", "24 小時內由 \(least) 至 \(most)", "24 小时内由 \(least) 至 \(most)")
    }

    static let noRange = Wording("Nothing published in 24 hours", "24 小時內沒有公布數字", "24 小时内没有公布数字")

    static func band(_ low: String, _ high: String) -> Wording {
        Wording("usually \(low) to \(high)", "平常為\(low)至\(high)", "平常为\(low)至\(high)")
    }

    static func kilometres(_ text: String) -> Wording {
        Wording("\(text) km", "\(text) 公里", "\(text) 公里")
    }

    static let takeAway = Wording("Take the data away", "下載資料", "下载资料")
}
