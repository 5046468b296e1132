import Foundation
import Testing
import WaitCore

@testable import WaitWeb

@Suite("The picture of a profile")
struct ProfilePictureTests {
    static let path = "/v1/hospitals/QMH/profile.svg?from=2026-11-10&to=2026-11-14"

    @Test(
        "tells in words the very figures of the JSON", arguments: ["t3_p50", "t45_p50"],
        ["hour_of_day", "day_of_week", "hour_of_week", "month_of_year"])
    func figures(metric: String, by: String) async throws {
        let target = "\(Self.path)&metric=\(metric)&by=\(by)"
        let json = try await PictureFixture.get(target.replacing(".svg", with: "")).json()
        let rows = try #require(json["rows"] as? [[String: Any]])
        let description = try await PictureFixture.picture(target).description
        let (text, named) = (WaitText(language: .en), try #require(Metric.named(metric)))
        let size = try #require(ProfileSize(rawValue: by))
        for row in rows {
            let label = size.label(try #require(row["bucket"] as? Int), text)
            let figures = ["median", "p25", "p75", "p05", "p95"].compactMap { row[$0] as? Int }
            guard figures.count == 5 else {
                #expect(description.contains { $0.hasPrefix("\(label): n") })
                continue
            }
            let line =
                "\(label): median \(text.figure(figures[0], of: named)), "
                + "middle half \(text.range(figures[1], figures[2], of: named)), "
                + "90% of readings \(text.range(figures[3], figures[4], of: named)), "
            #expect(description.contains { $0.hasPrefix(line) }, "\(line)")
        }
    }

    @Test("of the week has a cell an hour, the empty ones hatched, the figure in the others")
    func week() async throws {
        let picture = try await PictureFixture.picture("\(Self.path)&by=hour_of_week&metric=t45_p50")
        // Thursday has nothing, Saturday's first nine hours one reading.
        #expect(picture.gaps.count == 24 + 9)
        #expect(picture.texts.filter { $0 == "≤2.5" }.count >= 18)
        #expect(picture.texts.contains("Mon") && picture.texts.contains("no figure"))
        #expect(picture.description.contains("Mon 09:00: not in this selection."))
    }

    @Test("of shares has columns")
    func shares() async throws {
        let picture = try await PictureFixture.picture("\(Self.path)&by=hour_of_day&metric=t1_managing")
        #expect(picture.texts.contains("share"))
        #expect(picture.description.contains { $0.hasPrefix("00:00: 25%, ") || $0.hasPrefix("00:00: 25.0%, ") })
    }
}
