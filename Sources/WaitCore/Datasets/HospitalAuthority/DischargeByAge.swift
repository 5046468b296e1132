extension Dataset {
    /// In-patient and day in-patient discharges and deaths by age group and sex, of the whole Hospital Authority.
    package static let dischargeByAge = Dataset(
        id: "discharge-by-age",
        title: Trilingual(
            en: "Discharges and deaths by age and sex", tc: "按年齡及性別劃分的出院人次及死亡人數", sc: "按年龄及性别划分的出院人次及死亡人数"),
        publisher: .hospitalAuthority,
        plan: ["S2-D2"],
        documents: [.hospitalAuthority("ipdpdd-age-gender")],
        cadence: .yearly, month: 8,
        table: TableSchema([.financialYear, .ageGroup, .sex] + DischargeFigures.fields, hasTotals: true),
        editions: .whole
    )
}
