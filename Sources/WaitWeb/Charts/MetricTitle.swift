import WaitCore

/// What a metric is called on pages and pictures, in three languages and the Hospital Authority's own terms.
struct MetricTitle: Sendable {
    /// A title: "Triage IV and V, half wait".
    let title: Trilingual
    /// What an axis of it measures: "Half of those waiting are seen within".
    let axis: Trilingual

    /// The title's words for a metric; of one without, its English title.
    static func of(_ metric: Metric) -> MetricTitle {
        table[metric.name] ?? MetricTitle(title: same(metric.title), axis: same(metric.title))
    }

    private static func same(_ text: String) -> Trilingual { Trilingual(en: text, tc: text, sc: text) }

    private static let table: [String: MetricTitle] = [
        "t3_p50": wait(urgent, half), "t3_p95": wait(urgent, majority),
        "t45_p50": wait(semiUrgent, half), "t45_p95": wait(semiUrgent, majority),
        "top_wait": MetricTitle(
            title: Trilingual(en: "Longest wait, old feed", tc: "最長等候時間（舊資料）", sc: "最长等候时间（旧资料）"),
            axis: Trilingual(
                en: "Longest wait of recent patients", tc: "近期病人的最長等候時間", sc: "近期病人的最长等候时间")),
        "t1_managing": state(
            Trilingual(en: "Critical case being treated", tc: "正在診治第一類（危殆）病人", sc: "正在诊治第一类（危殆）病人")),
        "t2_managing": state(
            Trilingual(en: "Emergency case being treated", tc: "正在診治第二類（危急）病人", sc: "正在诊治第二类（危急）病人")),
        "resuscitation": state(
            Trilingual(en: "Several resuscitations", tc: "多名病人正在搶救中", sc: "多名病人正在抢救中")),
        "t1_or_resuscitation": state(
            Trilingual(
                en: "Critical case or several resuscitations", tc: "正在診治第一類（危殆）病人或搶救多名病人",
                sc: "正在诊治第一类（危殆）病人或抢救多名病人")),
    ]

    private static let urgent = Trilingual(en: "Triage III", tc: "第三類（緊急）", sc: "第三类（紧急）")
    private static let semiUrgent = Trilingual(
        en: "Triage IV and V", tc: "第四類（次緊急）及第五類（非緊急）", sc: "第四类（次紧急）及第五类（非紧急）")

    private static let half = MetricTitle(
        title: Trilingual(en: "half wait", tc: "一半輪候病人的等候時間", sc: "一半轮候病人的等候时间"),
        axis: Trilingual(
            en: "Half of those waiting are seen within", tc: "一半輪候病人可於以下時間內就診", sc: "一半轮候病人可于以下时间内就诊"))
    private static let majority = MetricTitle(
        title: Trilingual(en: "majority wait", tc: "大部分（95%）輪候病人的等候時間", sc: "大部分（95%）轮候病人的等候时间"),
        axis: Trilingual(
            en: "95% of those waiting are seen within", tc: "大部分（95%）輪候病人可於以下時間內就診",
            sc: "大部分（95%）轮候病人可于以下时间内就诊"))

    private static func wait(_ who: Trilingual, _ share: MetricTitle) -> MetricTitle {
        MetricTitle(
            title: Trilingual(
                en: "\(who.en), \(share.title.en)", tc: "\(who.tc)：\(share.title.tc)", sc: "\(who.sc)：\(share.title.sc)"
            ),
            axis: share.axis)
    }

    private static func state(_ title: Trilingual) -> MetricTitle {
        MetricTitle(
            title: title,
            axis: Trilingual(en: "Share of published quarter hours", tc: "佔已公布的 15 分鐘時段", sc: "占已公布的 15 分钟时段"))
    }
}
