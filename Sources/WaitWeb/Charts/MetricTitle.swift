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
            title: Trilingual(en: "Longest wait, old feed", tc: "最長等候時間（舊數據）", sc: "最长等候时间（旧数据）"),
            axis: Trilingual(
                en: "Longest wait of recent patients", tc: "近期病人的最長等候時間", sc: "近期病人的最长等候时间")),
        "t1_managing": state(
            Trilingual(en: "Critical case being treated", tc: "正在診治危殆（第一類）病人", sc: "正在诊治危殆（第一类）病人")),
        "t2_managing": state(
            Trilingual(en: "Emergency case being treated", tc: "正在診治危急（第二類）病人", sc: "正在诊治危急（第二类）病人")),
        "resuscitation": state(
            Trilingual(en: "Several resuscitations", tc: "多名病人正在搶救中", sc: "多名病人正在抢救中")),
        "t1_or_resuscitation": state(
            Trilingual(
                en: "Critical case or several resuscitations", tc: "正在診治危殆（第一類）病人或搶救多名病人",
                sc: "正在诊治危殆（第一类）病人或抢救多名病人")),
    ]

    private static let urgent = Trilingual(en: "Triage III", tc: "緊急（第三類）", sc: "紧急（第三类）")
    private static let semiUrgent = Trilingual(
        en: "Triage IV and V", tc: "次緊急及非緊急（第四、五類）", sc: "次紧急及非紧急（第四、五类）")

    private static let half = MetricTitle(
        title: Trilingual(en: "half wait", tc: "一半病人預計獲診治時間", sc: "一半病人预计获诊治时间"),
        axis: Trilingual(
            en: "Half of those waiting are seen within", tc: "一半病人預計獲診治時間", sc: "一半病人预计获诊治时间"))
    private static let majority = MetricTitle(
        title: Trilingual(en: "wait of most (95%)", tc: "大部分（95%）病人預計獲診治時間", sc: "大部分（95%）病人预计获诊治时间"),
        axis: Trilingual(
            en: "95% of those waiting are seen within", tc: "大部分（95%）病人預計獲診治時間",
            sc: "大部分（95%）病人预计获诊治时间"))

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
            axis: Trilingual(en: "Share of published quarter hours", tc: "佔已公布時段的比例", sc: "占已公布时段的比例"))
    }
}
