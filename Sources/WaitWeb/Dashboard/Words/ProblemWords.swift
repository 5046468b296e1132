import WaitCore

/// What a page says where a request went wrong.
enum ProblemWords {
    static let back = Localized("All hospitals now", "返回等候時間", "返回等候时间")
    static let withoutParameters = Localized(
        "Open the page without the rest of the address", "不帶其餘網址，開啟此頁", "不带其余网址，打开此页")
    static let choose = Localized("Choose one:", "請選擇：", "请选择：")

    static func title(_ status: Int) -> Localized {
        switch status {
        case 404: Localized("Page not found", "找不到此頁", "找不到此页")
        case 500...: Localized("This cannot be shown at the moment", "暫時未能顯示", "暂时未能显示")
        default: Localized("There is a mistake in the address", "網址有誤", "网址有误")
        }
    }

    /// What is wrong, and what to do.
    static func about(_ problem: Problem) -> Localized {
        switch problem.status {
        case 404: notFound(problem.parameter)
        case 400: problem.parameter.map(parameter) ?? unreadable
        case 405, 413:
            Localized("This page can only be read; nothing can be sent to it.", "此頁只供閱覽，不能提交資料。", "此页只供阅览，不能提交资料。")
        case 414, 431:
            Localized(
                "The address, or what your browser sends with it, is too long. Open the page from its start, or clear the cookies of this site.",
                "網址或瀏覽器附帶的資料過長。請由首頁重新開啟，或清除此網站的 Cookie。", "网址或浏览器附带的资料过长。请由首页重新打开，或清除此网站的 Cookie。")
        case 503:
            Localized(
                "The server is busy, or its record cannot be read for the moment. Reload the page in a minute.",
                "伺服器繁忙，或暫時未能讀取紀錄。請一分鐘後重新載入。", "服务器繁忙，或暂时未能读取记录。请一分钟后重新加载。")
        default:
            Localized(
                "Something went wrong on this server. Reload the page in a minute; if that does not help, tell whoever runs this site.",
                "伺服器發生錯誤。請一分鐘後重新載入；如問題持續，請通知本站管理人。", "服务器发生错误。请一分钟后重新加载；如问题持续，请通知本站管理人。")
        }
    }

    private static let unreadable = Localized(
        "The address cannot be read. Open the page from its start.", "未能讀取網址。請由首頁重新開啟。", "未能读取网址。请由首页重新打开。")

    private static func notFound(_ parameter: String?) -> Localized {
        switch parameter {
        case Parameters.code.name:
            Localized(
                "No hospital has the code or name in the address.", "沒有醫院的代號或名稱與網址相符。", "没有医院的代号或名称与网址相符。")
        default:
            Localized(
                "There is no page at this address; it may have been typed or copied wrongly.", "此網址沒有網頁，可能是輸入或複製時出錯。",
                "此网址没有网页，可能是输入或复制时出错。")
        }
    }

    private static func parameter(_ name: String) -> Localized {
        switch name {
        case Parameters.code.name:
            Localized(
                "The name in the address fits several hospitals.", "網址中的名稱可以是多間醫院。", "网址中的名称可以是多间医院。")
        case "clinic":
            Localized(
                "The name in the address fits no clinic, or several.", "網址中的名稱沒有對應的診所，或對應多間診所。",
                "网址中的名称没有对应的诊所，或对应多间诊所。")
        case "district":
            Localized(
                "The name in the address fits no district, or several.", "網址中的名稱沒有對應的地區，或對應多個地區。",
                "网址中的名称没有对应的地区，或对应多个地区。")
        case Parameters.from.name, Parameters.to.name:
            Localized(
                "The days in the address cannot be used: they must be written as 2026-01-31, the first before the last, and within what has been published.",
                "網址中的日期有誤：格式應為 2026-01-31，開始須早於結束，並在已公布的範圍之內。", "网址中的日期有误：格式应为 2026-01-31，开始须早于结束，并在已公布的范围之内。")
        case "by":
            Localized(
                "The chart's steps in the address are not known, or too many for one chart. Choose a shorter span.",
                "網址中的圖表間距有誤，或數據點過多，請選擇較短的時段。", "网址中的图表间距有误，或数据点过多，请选择较短的时段。")
        case Parameters.language.name:
            Localized(
                "The language in the address must be en, tc or sc.", "網址中的語言應為 en、tc 或 sc。", "网址中的语言应为 en、tc 或 sc。")
        default:
            Localized(
                "“\(name)” in the address is wrong, or given twice.", "網址中的「\(name)」有誤或重複。", "网址中的「\(name)」有误或重复。")
        }
    }
}
