import WaitCore
import WaitStore

/// What the pages of the datasets say.
enum DatasetWords {
    static let about = Localized(
        "Statistics and lists that are published beside the A&E waits. Every edition is kept with its exact bytes.",
        "與急症室等候時間一併收集的統計數字及名單，每個版本均連同原始檔案保存。",
        "与急症室等候时间一并收集的统计数字及名单，每个版本均连同原始文件保存。")
    static let dataset = Localized("Dataset", "數據集", "数据集")
    static let publisher = Localized("Publisher", "發布機構", "发布机构")
    static let plan = Localized("Row of the plan", "計劃項目", "计划项目")
    static let rows = Localized("Rows", "記錄", "记录")
    static let editions = Localized("Editions", "版本", "版本")
    static let newest = Localized("Newest edition", "最新版本", "最新版本")
    static let lastDay = Localized("Figures up to", "數據截至", "数据截至")
    /// "Hospital Authority, figures up to 31 Mar 2024".
    static func source(_ publisher: String, _ lastDay: String) -> Localized {
        Localized(
            "\(publisher), figures up to \(lastDay)", "\(publisher)，數據截至\(lastDay)", "\(publisher)，数据截至\(lastDay)")
    }
    static let nothing = Localized("Nothing has been read yet.", "尚未讀取任何數據。", "尚未读取任何数据。")
    static let noRows = Localized("No row fits.", "沒有相符的記錄。", "没有相符的记录。")
    static let all = Localized("all", "全部", "全部")
    static let total = Localized("total", "總計", "总计")
    static let withTotals = Localized("Show totals beside their parts", "同時顯示總計", "同时显示总计")
    static let show = Localized("Show", "顯示", "显示")
    static let filters = Localized("Rows to show", "篩選記錄", "筛选记录")
    static let takeAway = Localized("Take it away", "下載", "下载")
    static let changes = Localized("What the publisher changed", "發布機構的修訂", "发布机构的修订")
    static let noChanges = Localized("No change between editions is known.", "各版本之間並無已知修訂。", "各版本之间并无已知修订。")
    static let seen = Localized("Seen", "發現日期", "发现日期")
    static let row = Localized("Row", "記錄", "记录")
    static let change = Localized("Change", "修訂", "修订")
    static let before = Localized("Before", "修訂前", "修订前")
    static let after = Localized("After", "修訂後", "修订后")
    static let seenFrom = Localized("Seen from", "最早見於", "最早见于")
    static let seenLast = Localized("Seen last", "最後見於", "最后见于")
    static let columns = Localized("Columns", "欄目", "栏目")
    static let column = Localized("Column", "欄目", "栏目")
    static let unit = Localized("Unit", "單位", "单位")

    /// "The first 200 of 809 rows".
    static func shown(_ shown: String, of all: String) -> Localized {
        Localized("The first \(shown) of \(all) rows.", "顯示首 \(shown) 項，共 \(all) 項。", "显示首 \(shown) 项，共 \(all) 项。")
    }

    static func change(_ kind: TableChange.Kind) -> Localized {
        switch kind {
        case .added: Localized("added", "新增", "新增")
        case .withdrawn: Localized("withdrawn", "撤回", "撤回")
        case .corrected: Localized("corrected", "更正", "更正")
        case .renamed: Localized("renamed", "改名", "改名")
        case .returned: Localized("returned", "重新列出", "重新列出")
        }
    }
}
