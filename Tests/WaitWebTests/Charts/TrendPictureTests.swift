import Foundation
import HTTPTypes
import Testing
import WaitCore

@testable import WaitWeb

@Suite("The picture of a trend")
struct TrendPictureTests {
    static let path = "/v1/hospitals/QMH/trend.svg"
    static let days = "by=day&from=2026-11-10&to=2026-11-14"

    @Test("breaks its line where nothing was recorded, and hatches that")
    func gap() async throws {
        let picture = try await PictureFixture.picture("\(Self.path)?\(Self.days)")
        #expect(picture.lines.map(\.count) == [2, 2])
        let gap = try #require(picture.gaps.first)
        #expect(picture.gaps.count == 1)
        let left = try #require(gap["x"].flatMap(Double.init))
        let right = left + (try #require(gap["width"].flatMap(Double.init)))
        #expect(try #require(picture.lines.first?.last) < left)
        #expect(right < (try #require(picture.lines.last?.first)))
        #expect(picture.texts.contains("no figure"))
        #expect(picture.description.contains("2026-11-12: no figure, 0 of 96 quarter hours."))
    }

    @Test("marks what is partial by a hollow point, and says so")
    func partial() async throws {
        let picture = try await PictureFixture.picture("\(Self.path)?\(Self.days)")
        let hollow = picture.all("circle").filter { $0["fill"] == ChartInk.paper.light && $0["r"] == "3.5" }
        // The last day's, and the legend's.
        #expect(hollow.count == 2)
        #expect(picture.texts.contains("incomplete: coverage under 90%"))
        #expect(picture.description.contains { $0.hasPrefix("2026-11-14: ") && $0.hasSuffix(", incomplete.") })
        let whole = try await PictureFixture.picture("\(Self.path)?by=day&from=2026-11-10&to=2026-11-11")
        #expect(!whole.texts.contains("incomplete: coverage under 90%") && !whole.texts.contains("no figure"))
    }

    @Test("tells in words the very figures of the JSON", arguments: ["t3_p50", "t45_p50"], ["day", "hour", "month"])
    func figures(metric: String, by: String) async throws {
        let query = "metric=\(metric)&by=\(by)&from=2026-11-10&to=2026-11-14"
        let rows = try #require(
            try await PictureFixture.get("/v1/hospitals/QMH/trend?\(query)").json()["rows"] as? [[String: Any]])
        let description = try await PictureFixture.picture("\(Self.path)?\(query)").description
        let text = WaitText(language: .en)
        let named = try #require(Metric.named(metric))
        for row in rows {
            guard let median = row["median"] as? Int, let low = row["p25"] as? Int, let high = row["p75"] as? Int,
                let start = row["start"] as? String, let expected = row["expected"] as? Int,
                let coverage = row["coverage"] as? Double
            else { continue }
            let label = start.replacing("T", with: " ").prefix(by == "hour" ? 16 : by == "day" ? 10 : 7)
            let line =
                "\(label): median \(text.figure(median, of: named)), middle half \(text.range(low, high, of: named)), "
                + "\(Int((coverage * Double(expected)).rounded())) of \(expected) quarter hours"
            #expect(description.contains { $0.hasPrefix(line) }, "\(line)")
        }
        #expect(rows.contains { $0["median"] is Int })
    }

    @Test("of quarter hours has the figures themselves, and no band")
    func quarterHours() async throws {
        let picture = try await PictureFixture.picture("\(Self.path)?in=2026-11-10")
        #expect(picture.texts.contains("published figure") && !picture.texts.contains("middle half of readings"))
        #expect(picture.description.contains("2026-11-10 09:15: 29 min."))
        #expect(picture.lines.map(\.count) == [96])
    }

    @Test("keeps the sign of bounds on its axis")
    func bounds() async throws {
        let picture = try await PictureFixture.picture("\(Self.path)?metric=t45_p50&\(Self.days)")
        #expect(picture.texts.contains("2 h"))
        let old = try await PictureFixture.picture(
            "\(Self.path)?metric=top_wait&by=day&from=2025-10-12&to=2025-10-14")
        #expect(old.texts.contains("over 3 h") && old.texts.contains("around 1 h"))
        #expect(old.description.contains("2025-10-14: not published."))
    }

    @Test("does not say of an old feed that it was not published, where only this record begins later")
    func beforeTheRecord() async throws {
        let picture = try await PictureFixture.picture(
            "\(Self.path)?metric=top_wait&by=day&from=2025-09-01&to=2025-10-14")
        #expect(picture.texts.contains("before this record") && picture.gaps.isEmpty)
        #expect(
            picture.description.contains { $0.hasPrefix("2025-09-01 to ") && $0.hasSuffix(": before this record.") })
    }

    @Test("gives shares in percent")
    func shares() async throws {
        let picture = try await PictureFixture.picture("\(Self.path)?metric=t1_managing&\(Self.days)")
        #expect(picture.texts.contains("5%"))
        #expect(picture.description.contains("2026-11-10: 12.5%, 96 of 96 quarter hours."))
    }

    @Test("says of time outside the feed's life that nothing was published, and draws no gap there")
    func outside() async throws {
        let picture = try await PictureFixture.picture("\(Self.path)?by=month&from=2025-08-01&to=2025-09-30")
        #expect(picture.gaps.isEmpty && picture.lines.isEmpty)
        #expect(picture.description.contains("2025-08 to 2025-09: not published."))
        #expect(picture.texts.contains("Not published in this range"))
    }

    @Test("of a range without readings is an empty frame that says so")
    func empty() async throws {
        let picture = try await PictureFixture.picture("\(Self.path)?in=2026-11-12")
        #expect(picture.texts.contains("No readings in this range") && picture.gaps.count == 1)
        #expect(picture.description.contains("2026-11-12 00:00 to 2026-11-12 23:45: no figure, 0 of 96 quarter hours."))
    }

    @Test("says what is still to come")
    func future() async throws {
        let picture = try await PictureFixture.picture("\(Self.path)?by=day&in=2026-11")
        #expect(picture.description.contains("2026-11-15 to 2026-11-30: not due yet."))
        #expect(picture.texts.contains("not due yet"))
        #expect(picture.texts.contains("As of 14 Nov 2026, 09:30 HKT"))
    }

    @Test("with too many points is a 400 that names by and says what to do")
    func tooMany() async throws {
        let answer = try await PictureFixture.get("\(Self.path)?by=quarter_hour&in=2026-11")
        let problem = try answer.json()
        #expect(answer.status == .badRequest && problem["parameter"] as? String == "by")
        #expect((problem["detail"] as? String)?.contains("use larger buckets") == true)
    }
}
