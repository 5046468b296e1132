import Foundation
import HTTPTypes
import Testing
import WaitCore
import WaitStore

@testable import WaitWeb

@Suite("A picture")
struct PictureTests {
    static let metrics = Metric.all.map(\.name)
    static let kinds = [
        "trend.svg?by=day&from=2026-11-10&to=2026-11-14", "trend.svg?from=2026-11-13", "trend.svg?by=financial_year",
        "profile.svg?by=hour_of_week", "profile.svg?by=hour_of_day", "profile.svg?by=day_of_week",
        "profile.svg?by=month_of_year&weekdays=6,7&hours=22-06",
    ]

    @Test("is well-formed, complete in itself and runs nothing", arguments: kinds, metrics)
    func wellFormed(kind: String, metric: String) async throws {
        let answer = try await PictureFixture.get("/v1/hospitals/QMH/\(kind)&metric=\(metric)")
        #expect(answer.headers[.contentType] == "image/svg+xml")
        #expect(answer.headers[.contentSecurityPolicy] == "default-src 'none'; style-src 'unsafe-inline'")
        let picture = try Picture(answer.text)
        let names = Set(picture.elements.map(\.name))
        #expect(names.isSubset(of: ["svg", "title", "desc", "defs", "pattern", "rect", "path", "circle", "text"]))
        for (_, attributes) in picture.elements {
            #expect(attributes.keys.allSatisfy { !$0.hasPrefix("on") && $0 != "style" && !$0.hasSuffix("href") })
            let lengths = attributes.filter { ["x", "y", "width", "height", "r", "cx", "cy"].contains($0.key) }
            #expect(lengths.values.allSatisfy { $0.wholeMatch(of: /-?\d+(\.\d)?/) != nil }, "\(lengths)")
        }
    }

    @Test("is named and told for those who cannot see it, by ids of its own")
    func named() async throws {
        let one = try await PictureFixture.picture("/v1/hospitals/QMH/trend.svg?in=2026-11-10")
        let other = try await PictureFixture.picture("/v1/hospitals/QMH/trend.svg?in=2026-11-11")
        let root = try #require(one.elements.first).attributes
        let id = try #require(root["id"])
        #expect(root["role"] == "img" && root["aria-labelledby"] == "\(id)-title \(id)-desc")
        #expect(root["viewBox"] == "0 0 800 420" && root["lang"] == "en")
        let ids = Set(one.elements.compactMap { $0.attributes["id"] })
        #expect(ids.isDisjoint(with: other.elements.compactMap { $0.attributes["id"] }))
        #expect(ids.isSuperset(of: ["\(id)-title", "\(id)-desc"]))
        #expect(one.title == "Queen Mary Hospital: Triage III, half wait")
    }

    @Test(
        "speaks three languages",
        arguments: [
            (
                "en", "Queen Mary Hospital: Triage IV and V, half wait", "10 Nov 2026 – 11 Nov 2026 · by day",
                "2 h"
            ),
            ("zh-HK", "瑪麗醫院｜次緊急及非緊急（第四、五類）：一半病人預計獲診治時間", "2026年11月10日至2026年11月11日 · 按日", "2 小時"),
            ("sc", "玛丽医院｜次紧急及非紧急（第四、五类）：一半病人预计获诊治时间", "2026年11月10日至2026年11月11日 · 按日", "2 小时"),
        ])
    func languages(tag: String, title: String, subtitle: String, tick: String) async throws {
        let picture = try await PictureFixture.picture(
            "/v1/hospitals/QMH/trend.svg?metric=t45_p50&by=day&from=2026-11-10&to=2026-11-11&lang=\(tag)")
        let language = try #require(Language(tag: tag))
        #expect(picture.title == title)
        #expect(picture.texts.contains { $0.hasPrefix(subtitle) } && picture.texts.contains(tick))
        #expect(picture.texts.contains { $0.hasPrefix(Attribution.sourceLines[language]) })
        #expect(picture.texts.contains(Attribution.caveats[language]))
        #expect(picture.elements.first?.attributes["lang"] == language.tag)
    }

    @Test(
        "is drawn for the light that is asked for",
        arguments: ["trend.svg?in=2026-11-10", "profile.svg?by=hour_of_week"])
    func themes(kind: String) async throws {
        let path = "/v1/hospitals/QMH/\(kind)"
        let light = try await PictureFixture.picture(path)
        let dark = try await PictureFixture.picture("\(path)&theme=dark")
        let auto = try await PictureFixture.picture("\(path)&theme=auto")
        #expect(light.source.contains(ChartInk.paper.light) && !light.source.contains(ChartInk.paper.dark))
        #expect(dark.source.contains(ChartInk.paper.dark) && !dark.source.contains(ChartInk.line.light))
        #expect(light.all("style").isEmpty && dark.all("style").isEmpty && auto.all("style").count == 1)
        #expect(auto.source.contains("<style>@media screen and (prefers-color-scheme:dark){#"))
        let id = try #require(auto.elements.first?.attributes["id"])
        #expect(auto.source.contains("#\(id) .f-paper{fill:\(ChartInk.paper.dark)}"))
        let classes = Set(auto.elements.flatMap { ($0.attributes["class"] ?? "").split(separator: " ") })
        #expect(classes.allSatisfy { auto.source.contains("#\(id) .\($0){") })
    }

    @Test("is the same byte for byte each time", arguments: kinds)
    func same(kind: String) async throws {
        let target = "/v1/hospitals/QMH/\(kind)&theme=auto&lang=tc"
        let one = try await PictureFixture.get(target)
        let other = try await WebFixture.get(target, of: PictureFixture.twin())
        #expect(one.status == .ok && one.body == other.body)
    }

    @Test(
        "shows a hostile name as text and nothing else",
        arguments: [
            "<script>alert(1)</script>", "\"><svg onload='x'>", "]]><![CDATA[", "a\u{0}b\u{FFFF}c", "&lt;&#0;--><!--",
            String(repeating: "W", count: 400),
        ])
    func hostile(name: String) throws {
        let subject = try Self.subject(name)
        let markups = [
            TrendChart(subject: subject, size: .day, buckets: []).markup,
            HeatChart(subject: subject, buckets: []).markup,
            ProfileChart(subject: subject, size: .dayOfWeek, buckets: []).markup,
        ]
        let shown = name.replacing("\u{0}", with: "\u{FFFD}").replacing("\u{FFFF}", with: "\u{FFFD}")
        for markup in markups {
            let picture = try Picture(markup.source)
            #expect(picture.title == "\(shown): Triage III, half wait")
            #expect(picture.elements.allSatisfy { $0.name != "script" && $0.attributes["onload"] == nil })
            #expect(picture.all("svg").count == 1)
        }
    }

    private static func subject(_ name: String) throws -> ChartSubject {
        let metric = try #require(Metric.named("t3_p50"))
        let range = try #require(TimeRange(in: "2026-11"))
        return ChartSubject(
            hospital: HospitalTitle(code: "QMH", names: Trilingual(en: name, tc: name, sc: name)),
            question: AggregateQuestion(metric: metric, range: range), range: range, asOf: range.to, by: "by day",
            words: ChartWords(text: WaitText(language: .en)), pen: ChartPen(theme: .auto, id: "wk1"))
    }
}
