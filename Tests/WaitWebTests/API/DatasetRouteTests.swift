import Foundation
import HTTPTypes
import TestSupport
import Testing
import WaitCore
import WaitStore

@testable import WaitWeb

@Suite("The datasets")
struct DatasetRouteTests {
    @Test("are listed with their columns and what the record has")
    func catalogue() async throws {
        let data = try await WebFixture.get("/v1/datasets").data()
        #expect(data.compactMap { $0["id"] as? String } == Catalogue.standard.datasets.map(\.id))
        let discharge = try await WebFixture.get("/v1/datasets/discharge").json()
        #expect(discharge["rows"] as? Int == 33 && discharge["last_day"] as? String == "2024-03-31")
        #expect(discharge["key"] as? [String] == ["financial_year", "cluster", "hospital"])
    }

    @Test("give rows by any column, with totals where they are asked for")
    func rows() async throws {
        let rows = try await WebFixture.get(
            "/v1/datasets/discharge/rows?hospital=QMH&hospital=PYN&period=2023-24&columns=hospital,all_discharges"
        ).data()
        #expect(rows.compactMap { $0["hospital"] as? String } == ["PYN", "QMH"])
        #expect(rows.allSatisfy { $0.count == 2 })
        let base = "/v1/datasets/discharge/rows?period=2023-24&columns=hospital"
        #expect(try await WebFixture.get(base).data().count == 7)
        #expect(try await WebFixture.get("\(base)&totals=true").data().count == 11)
        #expect(try await WebFixture.get("/v1/datasets/discharge/rows?to=2022-12-31").data().count == 7)
        let past = try await WebFixture.get("/v1/datasets/discharge/rows?as_of=2026-11-13").json()
        #expect((past["data"] as? [Any])?.isEmpty == true && past["as_of"] as? String == "2026-11-13T23:59:59+08:00")
    }

    @Test("give rows in pages that lead to all of them, each once")
    func pages() async throws {
        let whole = try await WebFixture.get("/v1/datasets/discharge/rows").data()
        var (cells, cursor): ([String], String?) = ([], nil)
        for _ in 0..<20 {
            let page = try await WebFixture.get(
                "/v1/datasets/discharge/rows?limit=4\(cursor.map { "&cursor=\($0)" } ?? "")")
            cells += try page.data().map { "\($0["financial_year"] ?? "") \($0["hospital"] ?? "")" }
            cursor = try page.json()["next"] as? String
            guard let next = cursor else { break }
            #expect(page.headers[HTTPField.Name("link")!]?.contains("cursor=\(next)") == true)
        }
        #expect(cursor == nil)
        #expect(cells == whole.map { "\($0["financial_year"] ?? "") \($0["hospital"] ?? "")" })
    }

    @Test(
        "refuse what they do not have, and name it",
        arguments: [
            ("rows?hospitl=QMH", "hospitl"), ("rows?columns=hospitl", "columns"), ("rows?columns=", "columns"),
            ("rows?columns=sex,sex", "columns"), ("rows?is_total=maybe", "is_total"),
            ("rows?inpatient_discharges=many", "inpatient_discharges"), ("rows?limit=1001", "limit"),
            ("rows?cursor=AAAAAAAAAAAAAAAA", "cursor"), ("rows?as_of=soon", "as_of"), ("rows?totals=yes", "totals"),
            ("rows?from=2023&to=2022", "to"), ("rows?period=2023-24&period=2022-23", "period"),
            ("rows.csv?limit=5", "limit"), ("rows.xlsx?lang=fr", "lang"), ("rows.csv?lang=tc", "lang"),
            ("rows.geojson?columns=hospital", "columns"), ("changes?to=2022", "to"),
            ("rows?hospital=a%0Ab", "hospital"),
        ])
    func refusals(target: String, parameter: String) async throws {
        let answer = try await WebFixture.get("/v1/datasets/discharge/\(target)")
        #expect(answer.status == .badRequest)
        #expect(try answer.json()["parameter"] as? String == parameter)
    }

    @Test("refuse a cursor of another question")
    func cursor() async throws {
        let next = try #require(
            try await WebFixture.get("/v1/datasets/discharge/rows?limit=4").json()["next"] as? String)
        let answer = try await WebFixture.get("/v1/datasets/discharge/rows?cluster=KC&cursor=\(next)")
        #expect(answer.status == .badRequest)
    }

    @Test("are files with the same rows", arguments: ["csv", "ndjson"])
    func files(format: String) async throws {
        let answer = try await WebFixture.get("/v1/datasets/discharge/rows.\(format)?totals=true&cluster=KC")
        let lines = answer.text.split(whereSeparator: \.isNewline)
        #expect(lines.count == (format == "csv" ? 10 : 9))
        #expect(answer.headers[.contentDisposition] == "attachment; filename=\"discharge.\(format)\"")
    }

    @Test("are a workbook and a map with the same rows, under their media types")
    func otherFiles() async throws {
        let workbook = try await WebFixture.get("/v1/datasets/discharge/rows.xlsx?cluster=KC&lang=tc")
        #expect(workbook.status == .ok)
        #expect(workbook.headers[.contentType]?.hasSuffix("spreadsheetml.sheet") == true)
        #expect(workbook.headers[.contentDisposition] == "attachment; filename=\"discharge.xlsx\"")
        let rows = try await WebFixture.get("/v1/datasets/discharge/rows?cluster=KC").data()
        let map = try await WebFixture.get("/v1/datasets/discharge/rows.geojson?cluster=KC").json()
        let features = try #require(map["features"] as? [[String: Any]])
        #expect(features.count == rows.count && !rows.isEmpty)
        let points = features.compactMap { ($0["geometry"] as? [String: Any])?["coordinates"] as? [Double] }
        #expect(points.map { $0[1] } == rows.compactMap { $0["latitude"] as? Double })
        // A dataset without places has no such route.
        #expect(try await WebFixture.get("/v1/datasets/discharge-by-age/rows.geojson").status == .notFound)
    }

    @Test("are CSV as Excel reads it where that is asked for")
    func excel() async throws {
        let target = "/v1/datasets/discharge/rows.csv?totals=true&cluster=KC"
        let (plain, excel) = try await (WebFixture.get(target), WebFixture.get("\(target)&excel=true"))
        #expect(Array(excel.text.utf8) == [0xEF, 0xBB, 0xBF] + Array(plain.text.utf8))
    }

    @Test("name their editions by the digest of their bytes")
    func editions() async throws {
        let editions = try await WebFixture.get("/v1/datasets/discharge/editions").data()
        #expect(editions.count == 1 && (editions[0]["edition"] as? String)?.count == 64)
    }

    @Test("have no column by the name of a parameter")
    func reserved() {
        for dataset in Catalogue.standard.datasets {
            #expect(Set(dataset.answeredColumns.map(\.name)).isDisjoint(with: DatasetParameters.reserved))
            let names = DatasetParameters(dataset).declared.map(\.name)
            #expect(Set(names).count == names.count)
        }
    }

    @Test("are routes, description and answers for one that is added as a value")
    func toy() async throws {
        let database = try WaitDatabase.inMemory(Catalogue([.toy()]))
        let (feed, document) = (Feed(.toy()), Dataset.toy().documents[0])
        for (time, visits) in [("2026-11-13T09:00", 10), ("2026-11-14T09:00", 11)] {
            let bytes = ToyDocument([.init("2024-25", "Queen Mary Hospital", visits)]).bytes
            _ = try database.record([
                Capture(
                    feed: feed, document: document, origin: .live, capturedAt: try WebFixture.date(time),
                    answer: .body(Body(bytes, of: document, in: feed)))
            ])
        }
        let routes = RouteMap(database.catalogue)
        try await WebFixture.withClient(database, routes: routes) { client in
            let rows = try await client.get("/v1/datasets/toy-visit/rows?hospital=QMH").data()
            #expect(
                rows.count == 1 && rows[0]["visits"] as? Int == 11
                    && rows[0]["other"] as? String == #"{"Colour":"red"}"#)
            let changes = try await client.get("/v1/datasets/toy-visit/changes").data()
            #expect(
                changes.count == 1 && changes[0]["before"] as? Int == 10 && changes[0]["column"] as? String == "visits")
            let paths = try await client.get("/openapi.json").json()["paths"] as? [String: Any]
            #expect(paths?["/v1/datasets/toy-visit/rows"] != nil)
            let list = try await client.get("/v1/datasets").data()
            #expect(list.count == 1 && list[0]["title_tc"] as? String == "玩具到訪")
        }
    }
}
