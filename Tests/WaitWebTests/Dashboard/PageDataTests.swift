import Foundation
import HTTPTypes
import TestSupport
import Testing
import WaitCore
import WaitStore

@testable import WaitWeb

@Suite("What pages carry")
struct PageDataTests {
    @Test(
        "is the chart's figures, in the page itself and equal to the API's",
        arguments: ["t45", "t3"], ["24h", "7d", "30d", "all"])
    func chart(triage: String, span: String) async throws {
        // The reading's quarter hour is over: the ledger counts it.
        let now = "2026-11-14T09:32"
        let page = try await Self.pageWithChart("/hospitals/QMH?span=\(span)&triage=\(triage)&lang=en", at: now)
        func fact(_ name: String) -> String {
            let start = page.range(of: " data-\(name)=\"")?.upperBound
            return start.map { String(page[$0...].prefix { $0 != "\"" }) } ?? ""
        }
        let range =
            "by=\(fact("by"))&from=\(PercentEncoding.encoded(fact("from")))&to=\(PercentEncoding.encoded(fact("to")))"
        for (column, metric) in [("half", "\(triage)_p50"), ("majority", "\(triage)_p95")] {
            let rows = try #require(
                try await WebFixture.get("/v1/hospitals/QMH/trend?metric=\(metric)&\(range)", at: now).json()["rows"]
                    as? [[String: Any]])
            let due = rows.map { ($0["median"] as? Int).map(String.init) ?? "" }
            #expect(fact(column).split(separator: ",", omittingEmptySubsequences: false).map(String.init) == due)
            #expect(Int(fact("count")) == rows.count && due.contains { !$0.isEmpty })
        }
        let counts = try #require(
            try await WebFixture.get("/v1/coverage?hospital=QMH&\(range)", at: now).json()["rows"] as? [[String: Any]])
        let held = counts.reduce(0) { $0 + ($1["observed"] as? Int ?? 0) + ($1["healed"] as? Int ?? 0) }
        let inPage = fact("ledger").split(separator: ",").reduce(0) { sum, slots in
            let numbers = slots.split(separator: ".")
            return sum + (numbers.count > 1 ? Int(numbers[1]) ?? 0 : 0)
        }
        #expect(inPage == held && held > 0)
    }

    /// A page of a server where the chart's library is installed: what stands in its files is not looked at.
    private static func pageWithChart(
        _ target: String, at time: String = WebFixture.fixtureTime
    ) async throws -> String {
        try await WebFixture.withFolder { folder in
            let library = folder.appending(path: "dygraphs")
            try FileManager.default.createDirectory(at: library, withIntermediateDirectories: true)
            for name in ["dygraph.min.js", "dygraph.min.css"] { try Data().write(to: library.appending(path: name)) }
            var configuration = WebConfiguration(version: "1.2.3")
            configuration.libraries = folder.path
            return try await WebFixture.withClient(WebFixture.shared(), at: time, configuration: configuration) {
                try await $0.get(target).text
            }
        }
    }

    @Test(
        "are links to CSV that begin with a byte-order mark",
        arguments: PageTests.targets + ["/hospitals/QMH?triage=t3&span=24h"])
    func spreadsheets(target: String) async throws {
        let page = try await WebFixture.get(target).text
        let links = page.matches(of: /href="([^"]*\.csv[^"]*)"/).map { $0.1.replacing("&amp;", with: "&") }
        #expect(!links.isEmpty)
        for link in links {
            let answer = try await WebFixture.get(String(link))
            #expect(answer.status == .ok && answer.text.unicodeScalars.first == "\u{FEFF}", "\(link)")
        }
    }

    @Test("says in CSV for Excel when a bucket begins as Excel reads it, and otherwise as before")
    func excelTimes() async throws {
        let path = "/v1/hospitals/QMH/trend.csv?metric=t45_p50&by=day&in=2026-11-14"
        let plain = try await WebFixture.get(path).text
        let excel = try await WebFixture.get("\(path)&excel=true").text
        #expect(plain.contains("2026-11-14T00:00:00+08:00") && !plain.hasPrefix("\u{FEFF}"))
        #expect(excel.contains("2026-11-14 00:00:00") && !excel.contains("+08:00"))
    }

    @Test("calls the band by the name of what it is, whatever the triage", arguments: ["t45", "t3"], ["24h", "30d"])
    func band(triage: String, span: String) async throws {
        let page = try await Self.pageWithChart("/hospitals/QMH?span=\(span)&triage=\(triage)&lang=tc")
        #expect(page.contains("data-word-band=\"\(span == "24h" ? "平常（一半病人）" : "中間五成")\""))
        #expect(!page.contains("data-word-band=\"與平常比較"))
    }

    @Test("has one hospital's newest reading alone, the same as among all")
    func oneHospital() throws {
        let database = try WebFixture.shared()
        let all = try database.latest(in: ReadingTable.aeWait)
        for reading in all {
            let own = try database.latest(in: ReadingTable.aeWait, of: reading.hospital)
            #expect(own.map(\.hospital) == [reading.hospital] && own.first?.usual == reading.usual)
        }
        #expect(try database.latest(in: ReadingTable.aeWait, of: "NOWHERE").isEmpty)
    }

    /// What browsers of the summer of 2022 (Chrome 103, Firefox 102, Safari 15.4) do not all have.
    static let tooNew = [
        ".toSorted(", ".toReversed(", ".toSpliced(", ".with(", ".findLast", "Object.groupBy", "Map.groupBy", ".at(-",
        "structuredClone",
        "Array.fromAsync", "Promise.withResolvers", "using ", ":has(", "@container", "@layer", "color-mix(",
        "light-dark(", "@scope",
        "@starting-style", "field-sizing", "text-wrap", "popover", "showModal", "import(", "await using", "(?<", "/v;",
    ]

    @Test("needs no browser newer than the summer of 2022", arguments: tooNew)
    func browsers(feature: String) throws {
        let assetStore = AssetStore(libraries: "/nowhere")
        for asset in [Asset.pageStyle, .pageScript, .mapScript, .chartScript] {
            let source = String(decoding: try #require(assetStore.bytes(asset)), as: UTF8.self)
            #expect(!source.contains(feature), "\(asset.rawValue)")
        }
    }

    @Test(
        "says at which slot it was made, so that no visitor's clock can make it older",
        arguments: ["/", "/hospitals/QMH", "/record"])
    func slot(target: String) async throws {
        let page = try await WebFixture.get(target, at: "2026-11-14T09:29").text
        #expect(page.contains("data-slot=\"2026-11-14T09:15:00+08:00\""))
        #expect(page.contains("data-observed=\"2026-11-14T09:15:00+08:00\""))
    }

    @Test(
        "are what they are with anything more in their address",
        arguments: PageTests.targets,
        ["utm_source=news&utm_medium=x", "fbclid=IwAR0", "gclid=1&ref", "x=1&x=2", "%E7%80%8F=1", "_=17"])
    func unknownParameters(target: String, more: String) async throws {
        let plain = try await WebFixture.get(target)
        let answer = try await WebFixture.get("\(target)\(target.contains("?") ? "&" : "?")\(more)")
        #expect(answer.status == .ok && answer.text == plain.text)
        #expect(answer.text.contains("<link rel=\"canonical\""))
    }

    @Test(
        "says the day of figures that are not of today",
        arguments: [("2026-11-14T23:59", true), ("2026-11-15T00:01", false)])
    func today(time: String, isToday: Bool) async throws {
        let page = try await WebFixture.get("/?lang=tc", at: time).text
        #expect(page.contains(">今日 09:15 更新<") == isToday)
        #expect(page.contains(">2026年11月14日 09:15 更新（香港時間）<") != isToday)
    }
}
