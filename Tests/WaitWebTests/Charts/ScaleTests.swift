import Testing
import WaitCore

@testable import WaitWeb

@Suite("A scale")
struct ScaleTests {
    static let values: [(FigureKind, Double, [String])] = [
        (.minutes, 0, ["0 min", "1 min"]), (.minutes, 5, ["0 min", "1 min", "2 min", "3 min", "4 min", "5 min"]),
        (.minutes, 28, ["0 min", "5 min", "10 min", "15 min", "20 min", "25 min", "30 min"]),
        (.minutes, 143, ["0 min", "30 min", "60 min", "90 min", "120 min", "150 min"]),
        (.upToHours, 180, ["0", "0.5 h", "1 h", "1.5 h", "2 h", "2.5 h", "3 h"]),
        (.upToHours, 840, ["0", "3 h", "6 h", "9 h", "12 h", "15 h"]),
        (.classes, 0, ["around 1 h"]), (.classes, 180, ["around 1 h", "over 1 h", "over 2 h", "over 3 h"]),
        (.share, 0.002, ["0%", "1%", "2%", "3%", "4%", "5%"]), (.share, 0.125, ["0%", "5%", "10%", "15%"]),
        (.share, 1, ["0%", "20%", "40%", "60%", "80%", "100%"]),
    ]

    @Test("of figures begins at 0, ends at or above the most, and counts as people do", arguments: values)
    func figures(kind: FigureKind, most: Double, labels: [String]) {
        let axis = ValueAxis(kind, most: most)
        #expect(axis.ticks.map { axis.label($0, WaitText(language: .en)) } == labels)
        #expect(axis.high(most) <= 1 && axis.low(0) == 0)
    }

    @Test("of classes gives each a row, and a figure the middle of it")
    func classes() {
        let axis = ValueAxis(.classes, most: 180)
        #expect([axis.low(180), axis.place(180), axis.high(180)] == [0.75, 0.875, 1])
        #expect(axis.lines == [0, 0.25, 0.5, 0.75, 1])
        #expect(ValueAxis(.classes, most: 1e12).ticks.count <= 12)
    }

    static let times: [(String, String, BucketSize, TimeStep, [String], [String])] = [
        (
            "2026-11-14T00:00", "2026-11-15T00:00", .quarterHour, .minutes(120),
            (0..<12).map { "\(($0 * 2).padded(2)):00" }, ["14 Nov 2026"]
        ),
        (
            "2026-11-13T00:00", "2026-11-15T00:00", .hour, .minutes(180),
            (0..<16).map { "\(($0 * 3 % 24).padded(2)):00" }, ["13 Nov 2026", "14 Nov 2026"]
        ),
        ("2026-11-28", "2026-12-03", .day, .days(1), ["28", "29", "30", "1", "2"], ["Nov 2026", "Dec 2026"]),
        (
            "2026-01-01", "2027-01-01", .day, .months(1),
            ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"], ["2026"]
        ),
        (
            "2025-10-13", "2026-11-15", .week, .months(1),
            [
                "Oct", "Nov", "Dec", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct",
            ], ["2025", "2026"]
        ),
        ("2024-01-01", "2027-01-01", .month, .months(3), ["Jan", "Apr", "Jul", "Oct"], ["2024", "2025", "2026"]),
        ("2024-01-01", "2027-01-01", .year, .years(1), ["2024", "2025", "2026"], []),
        ("2024-04-01", "2026-04-01", .financialYear, .financialYear, ["2024/25", "2025/26"], []),
    ]

    @Test("of time has the finest ticks whose labels stand beside each other", arguments: times)
    func time(from: String, to: String, size: BucketSize, step: TimeStep, labels: [String], contexts: [String]) throws {
        let range = TimeRange(
            from: try #require(HongKongMinute(text: from)), to: try #require(HongKongMinute(text: to)))
        let axis = TimeAxis(range, size: size, left: 60, right: 780, text: WaitText(language: .en))
        #expect(axis.step == step)
        #expect(axis.labels.map(\.text).prefix(labels.count) == labels[...] && !labels.isEmpty)
        #expect(axis.contexts.map(\.text) == contexts)
        for language in Language.allCases {
            let axis = TimeAxis(range, size: size, left: 60, right: 780, text: WaitText(language: language))
            for labels in [axis.labels, axis.contexts] {
                for (one, next) in zip(labels, labels.dropFirst()) {
                    #expect(one.x + TextWidth.of(one.text, size: 12) < next.x, "\(one.text) \(next.text)")
                }
            }
        }
    }

    @Test("of time never writes one label over another", arguments: Language.allCases)
    func crowds(language: Language) throws {
        let from = try #require(HongKongMinute(text: "2024-12-29T17:40"))
        var minutes = 10
        while minutes < 30 * 366 * 1_440 {
            let range = TimeRange(from: from, to: from.adding(minutes: minutes))
            let size = TrendPicture.size(for: range)
            let axis = TimeAxis(range, size: size, left: 90, right: 780, text: WaitText(language: language))
            for labels in [axis.labels, axis.contexts] {
                for (one, next) in zip(labels, labels.dropFirst()) {
                    #expect(one.x + TextWidth.of(one.text, size: 12) < next.x, "\(range): \(one.text) \(next.text)")
                }
            }
            #expect(!axis.labels.isEmpty || minutes < 30, "\(range)")
            minutes = minutes * 21 / 20 + 1
        }
    }

    static let heats: [(FigureKind, [Double], [String])] = [
        (.minutes, [20, 24], ["20 min", "21 min", "22 min", "23 min", "24 min"]),
        (.minutes, [18, 55], ["10–19 min", "20–29 min", "30–39 min", "40–49 min", "50–59 min"]),
        (.upToHours, [90, 180], ["≤ 1.5 h", "≤ 2 h", "≤ 2.5 h", "≤ 3 h"]),
        (.upToHours, [60, 360], ["≤ 1–1.5 h", "≤ 2–2.5 h", "≤ 3–3.5 h", "≤ 4–4.5 h", "≤ 5–5.5 h", "≤ 6–6.5 h"]),
        (.classes, [0, 120], ["≤ 1 h", "> 1 h", "> 2 h"]),
        (.share, [0.01, 0.052], ["1–2%", "2–3%", "3–4%", "4–5%", "5–6%"]),
        (.minutes, [], ["0 min"]),
    ]

    @Test("of heat has seven steps at most, each named by the figures in it", arguments: heats)
    func heat(kind: FigureKind, figures: [Double], labels: [String]) {
        let scale = HeatScale(kind, figures)
        #expect((0..<scale.count).map { scale.label($0, WaitText(language: .en)) } == labels)
        #expect(figures.allSatisfy { (0..<scale.count).contains(scale.step($0)) })
    }

    @Test(
        "writes lengths with one decimal at most",
        arguments: [
            (0, "0"), (1.25, "1.3"), (12, "12"), (-0.04, "0"), (-3.5, "-3.5"), (799.96, "800"), (0.1 + 0.2, "0.3"),
        ] as [(Double, String)])
    func number(number: Double, text: String) {
        #expect(ChartNumber.text(number) == text)
    }

    static let sizes: [(String, BucketSize)] = [
        ("2026-11-14", .quarterHour), ("2026-11-04", .hour), ("2026-10-01", .day), ("2025-11-14", .day),
        ("2024-11-14", .week), ("2016-12-01", .month), ("2000-01-01", .month),
    ]

    @Test("of time is cut so that a picture has some hundred points", arguments: sizes)
    func size(from: String, size: BucketSize) throws {
        let range = TimeRange(
            from: try #require(HongKongMinute(text: from)), to: try #require(HongKongMinute(text: "2026-11-15")))
        #expect(TrendPicture.size(for: range) == size)
    }
}
