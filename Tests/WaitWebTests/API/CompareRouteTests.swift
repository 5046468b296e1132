import Foundation
import Testing

@testable import WaitWeb

@Suite("A comparison on the map")
struct CompareRouteTests {
    @Test(
        "has beside its points what the list has beside its rows",
        arguments: [
            "", "?hospital=QMH,PWH", "?hospital=QMH,PWH&min_coverage=0", "?metric=t45_p95&in=2026-11-14&at_least=30",
            "?weekdays=1-5&hours=09-17", "?in=2024", "?metric=resuscitation",
        ])
    func head(query: String) async throws {
        let list = try await WebFixture.get("/v1/compare\(query)").json()
        let map = try await WebFixture.get("/v1/compare.geojson\(query)").json()
        let beside = try Self.text(list.filter { $0.key != "rows" })
        let onMap = try Self.text(map.filter { $0.key != "type" && $0.key != "features" })
        #expect(onMap == beside)
        #expect(list["left_out"] is [Any] && list["caveat"] is String)
        let rows = try #require(list["rows"] as? [[String: Any]])
        let features = try #require(map["features"] as? [[String: Any]])
        #expect(features.compactMap { $0["id"] as? String } == rows.compactMap { $0["hospital"] as? String })
    }

    /// One spelling of an object.
    private static func text(_ object: [String: Any]) throws -> String {
        String(decoding: try JSONSerialization.data(withJSONObject: object, options: .sortedKeys), as: UTF8.self)
    }
}
