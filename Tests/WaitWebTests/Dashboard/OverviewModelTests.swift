import Testing
import WaitCore
import WaitStore

@testable import WaitWeb

@Suite("The table of hospitals")
struct OverviewModelTests {
    private static func overview(near: GeoPoint? = nil) throws -> OverviewModel {
        let now = try #require(HongKongMinute(text: WebFixture.fixtureTime))
        return try OverviewModel(WebFixture.shared(), near: near, now: now)
    }

    @Test("orders by every column, what is not published last", arguments: NowOrder.allCases, [true, false])
    func order(order: NowOrder, isFalling: Bool) throws {
        let overview = try Self.overview(near: GeoPoint(latitude: 22.27, longitude: 114.13))
        let codes = overview.ordered(by: order, isFalling: isFalling, .en).map(\.reading.hospital)
        #expect(codes.count == 18 && Set(codes).count == 18)
        if order == .distance { #expect((isFalling ? codes.last : codes.first) == "QMH") }
        if order == .name { #expect((isFalling ? codes.last : codes.first) == "AHN") }
        // Flags of a hospital that manages several resuscitations are not applicable: that is more than one case, not none.
        if order == .critical { #expect((isFalling ? codes.first : codes.last) == "QMH") }
        if order == .resuscitation { #expect((isFalling ? codes.first : codes.last) == "QMH") }
    }

    @Test("shows no figures as of now of a hospital that the newest document leaves out")
    func missing() async throws {
        let database = try WebFixture.record()
        _ = try database.record([
            WebFixture.capture(
                .aeWait, Feed.aeWait.documents[0], at: "2026-11-14T09:32", ("9:15AM", "9:30AM"),
                ("\"hospName\":\"Caritas Medical Centre\"", "\"hospName\":\"Another Hospital\""))
        ])
        let page = try await WebFixture.get("/?lang=en", of: database, at: "2026-11-14T09:33").text
        let line = try #require(page.split(separator: "\n").first { $0.hasPrefix("<tr id=\"CMC\"") })
        #expect(line.contains("last: 14 Nov 2026, 09:15") && line.contains("mark k5") && !line.contains(" min<"))
        #expect(page.contains("As of 14 Nov 2026, 09:30"))
        let rows = page.matches(of: /<tr id="([^"]+)"/).map { String($0.1) }
        #expect(rows.last == "CMC")
        let hospital = try await WebFixture.get("/hospitals/CMC?lang=en", of: database, at: "2026-11-14T10:00").text
        #expect(hospital.contains("This hospital is missing"))
    }

    @Test("has the figures of the API")
    func figures() async throws {
        let rows = try await WebFixture.get("/v1/latest").data()
        let page = try await WebFixture.get("/?lang=en").text
        let text = WaitText(language: .en)
        for row in rows {
            let code = try #require(row["hospital"] as? String)
            let line = try #require(page.split(separator: "\n").first { $0.hasPrefix("<tr id=\"\(code)\"") })
            for metric in ["t3_p50", "t3_p95", "t45_p50", "t45_p95"].compactMap(Metric.named) {
                let minutes = try #require(row["\(metric.name)_minutes"] as? Int)
                #expect(line.contains(">\(text.figure(minutes, of: metric))<"), "\(code) \(metric.name)")
            }
        }
    }

    @Test(
        "knows places by name and by point",
        arguments: [
            ("22.2704, 114.13117", "QMH"), ("Queen Mary", "QMH"), ("瑪麗醫院", "QMH"), ("islands", "SJH"),
            ("Tuen Mun", "TMH"),
        ])
    func places(text: String, nearest: String) throws {
        let place = try #require(try NearPlace(text, WebFixture.shared(), .en))
        let first = try Self.overview(near: place.point).ordered(by: .distance, isFalling: false, .en).first
        #expect(first?.reading.hospital == nearest)
    }

    @Test("knows no other place", arguments: ["Atlantis", "95,200", "22.3"])
    func nowhere(text: String) throws {
        #expect(try NearPlace(text, WebFixture.shared(), .en) == nil)
    }

    @Test(
        "marks waits by class", arguments: [(0, 0), (60, 0), (90, 1), (180, 2), (240, 3), (270, 4), (840, 4)])
    func marks(minutes: Int, number: Int) {
        #expect(WaitGlyph(minutes: minutes).number == number)
    }

    @Test("draws a day as steps, broken where there is nothing")
    func sparkline() {
        let line = Sparkline(minutes: [60, 60, nil, 120, 0], scaleMinutes: 260, label: "").drawing
        #expect(line.source.contains("d=\"M0 20H2M3 14H4V26H5\""))
    }
}
