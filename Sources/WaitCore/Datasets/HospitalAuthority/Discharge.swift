extension Dataset {
    /// In-patient and day in-patient discharges and deaths by hospital (docs/datasets.md).
    package static let discharge = Dataset(
        id: "discharge",
        title: Trilingual(
            en: "Discharges and deaths by hospital", tc: "按醫院劃分的出院人次及死亡人數", sc: "按医院划分的出院人次及死亡人数"),
        publisher: .hospitalAuthority,
        plan: ["S1-C3", "S2-D2"],
        documents: [.hospitalAuthority("ipdpdd")],
        cadence: .yearly, month: 12,
        table: TableSchema([.financialYear, .cluster, .hospital] + DischargeFigures.fields, hasTotals: true),
        editions: .whole
    )
}

extension Field {
    static let cluster = Field.dimension(
        "cluster", .clusters, Trilingual(en: "Cluster", tc: "聯網", sc: "联网"), "The cluster of the Hospital Authority.")

    static let hospital = Field.dimension(
        "hospital", .hospitals, Trilingual(en: "Hospital", tc: "醫院", sc: "医院"),
        "The hospital, by the code of the A&E waits.")
}

/// The figures that discharges by hospital and by age have in common.
enum DischargeFigures {
    static let fields: [Field] = [
        .measure(
            "inpatient_discharges", as: "IP Discharges and Deaths", unit: "episodes", adds: .placesAndTime,
            Trilingual(en: "In-patient discharges and deaths", tc: "住院病人出院人次及死亡人數", sc: "住院病人出院人次及死亡人数"),
            "Discharges and deaths of in-patients: admitted through A&E, or for more than a day."),
        .measure(
            "day_inpatient_discharges", as: "DP Discharges and Deaths", unit: "episodes", adds: .placesAndTime,
            Trilingual(en: "Day in-patient discharges and deaths", tc: "日間住院病人出院人次及死亡人數", sc: "日间住院病人出院人次及死亡人数"),
            "Discharges and deaths of day in-patients: admitted for non-urgent treatment and discharged the same day."),
        .measure(
            "all_discharges", as: "IP and DP Discharges and Deaths", unit: "episodes", adds: .placesAndTime,
            sumOf: ["inpatient_discharges", "day_inpatient_discharges"],
            Trilingual(
                en: "In-patient and day in-patient discharges and deaths", tc: "住院及日間住院病人出院人次及死亡人數",
                sc: "住院及日间住院病人出院人次及死亡人数"),
            "Both together, as the publisher added them."),
    ]
}
