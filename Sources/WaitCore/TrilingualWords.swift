/// The words that go with the data, in the three languages of pages and pictures; the API's answers carry the English ones.
extension Attribution {
    package static let sources = Trilingual(
        en: source,
        tc: """
            資料來源：醫院管理局，經「資料一線通」（DATA.GOV.HK）發放。知識產權屬香港特別行政區政府及醫院管理局所有，按「資料一線通」的使用條款\
            使用。由 Waitkeeper 整理，並未獲上述任何一方認可。
            """,
        sc: """
            资料来源：医院管理局，经“资料一线通”（DATA.GOV.HK）发放。知识产权属香港特别行政区政府及医院管理局所有，按“资料一线通”的使用条款\
            使用。由 Waitkeeper 整理，并未获上述任何一方认可。
            """)

    package static let sourceLines = Trilingual(
        en: sourceLine, tc: "資料來源：醫院管理局，經 DATA.GOV.HK 發放", sc: "资料来源：医院管理局，经 DATA.GOV.HK 发放")

    package static let caveats = Trilingual(
        en: caveat,
        tc: "醫管局公布的估計時間，並非實際量度的等候時間；危殆及危急病人會優先診治。遇緊急情況，請致電 999。",
        sc: "医管局公布的估计时间，并非实际量度的等候时间；危殆及危急病人会优先诊治。遇紧急情况，请致电 999。")

    package static let quotaCaveats = Trilingual(
        en: quotaCaveat,
        tc: """
            平均提供的名額（服務容量），並非就診人次。以四星期為一期，每星期更新；升跌是與對上一個不重疊的四星期比較，只計兩期均有應診者。
            """,
        sc: """
            平均提供的名额（服务容量），并非就诊人次。以四星期为一期，每星期更新；升跌是与对上一个不重叠的四星期比较，只计两期均有应诊者。
            """)
}
