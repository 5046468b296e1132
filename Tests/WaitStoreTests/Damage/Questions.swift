import Foundation
import GRDB
import Testing
import WaitCore

@testable import WaitStore

/// Everything that is asked of a record, one after another: of a damaged one each is answered or fails with an error.
enum Questions {
    typealias Question = (name: String, ask: @Sendable (WaitDatabase) throws -> Void)

    static let now = HongKongMinute(sinceEpoch: 29_911_000)
    private static let range = TimeRange(from: now.adding(minutes: -7 * 1_440), to: now.adding(minutes: 1_440))
    private static let hospitals = ["AHN", "CMC"]

    static let all: [Question] = records + series + places + exports

    private static let records: [Question] = [
        ("status", { _ = try $0.status(now: now.secondsSince1970).bytesADay }),
        ("feed summaries", { _ = try $0.feedSummaries().map(\.facts) }),
        ("incidents", { _ = try ($0.openIncidents(), $0.incidents(atMost: 10)) }),
        ("captures", { _ = try $0.captures(since: CaptureCounts()) }),
        ("generation", { _ = try $0.generation() }),
        (
            "poll history",
            { database in
                for feed in Feed.all {
                    _ = try database.pollHistory(of: feed.documents)
                    let document = feed.documents[0]
                    _ = try (database.validators(of: document), database.usualBytes(of: document))
                    _ = try database.archiveState(of: document, in: range)
                }
            }
        ),
        (
            "gaps",
            { database in
                let document = try Feed.aeWait.document(.en)
                _ = try database.gapDays(of: Feed.aeWait.id, document: document, in: range, now: now)
            }
        ),
        (
            "evidence",
            { database in
                for code in hospitals {
                    for minute in [29_910_315, 29_910_330] {
                        _ = try database.evidence(hospital: code, at: HongKongMinute(sinceEpoch: minute))
                    }
                }
            }
        ),
    ]

    private static let series: [Question] = [
        (
            "latest",
            { database in for table in ReadingTable.all { _ = try database.latest(in: table) } }
        ),
        (
            "readings",
            { database in
                for table in ReadingTable.all {
                    for code in hospitals { _ = try database.readings(of: code, in: table, range, limit: 3) }
                    _ = try database.hospitalPresences(in: table).map { $0.state(at: now) }
                }
            }
        ),
        (
            "coverage",
            { database in
                for table in ReadingTable.all {
                    _ = try database.coverage(of: table.feed, by: .day, in: range, now: now).total
                }
            }
        ),
        (
            "aggregates",
            { database in
                for metric in ["t45_p50", "top_wait"].compactMap(Metric.named) {
                    let question = AggregateQuestion(metric: metric, range: range)
                    _ = try database.trend(of: hospitals, question, by: .day, now: now)
                    _ = try database.profile(of: hospitals, question, by: .dayOfWeek, now: now)
                    _ = try database.compare(nil, question, now: now)
                    _ = try database.span(of: AggregateQuestion(metric: metric), now: now)
                }
            }
        ),
    ]

    private static let places: [Question] = [
        (
            "places",
            { database in
                for kind in [PlacesKind.hospitals, .clinics] {
                    let near = GeoPoint(latitude: 22.3, longitude: 114.2)
                    _ = try database.places(kind, PlaceFilter(near: near, withinKilometres: 5))
                }
                _ = try (database.hospitals(named: "queen"), database.districts(named: "sha"))
            }
        ),
        (
            "quotas",
            { database in
                let ids = try database.places(.clinics).map(\.id)
                _ = try database.quotas(ofClinics: ids)
                for district in try database.quotasByDistrict().series.map(\.district) {
                    _ = try database.newestQuotas(in: district)
                }
                _ = try database.quotaPeriods()
            }
        ),
    ]

    private static let exports: [Question] = ExportDataset.allCases.flatMap { dataset in
        [ExportFormat.csv, .geojson].filter { $0 == .geojson ? !dataset.isSeries : dataset != .latest }.map {
            export(dataset, $0)
        }
    }

    private static func export(_ dataset: ExportDataset, _ format: ExportFormat) -> Question {
        let ask: @Sendable (WaitDatabase) throws -> Void = { database in
            let request = try ExportRequest(dataset, as: format, includesTrial: dataset == .aeWaits)
            var stream = try database.export(request, rowsPerPage: 7)
            while try stream.next() != nil {}
            _ = try database.exportRowCount(request)
            _ = try database.newestCaptureTime(upTo: stream.newestCapture)
        }
        return ("export \(dataset.rawValue).\(format.rawValue)", ask)
    }

    /// Asks all of them; each may fail with an error that says something.
    static func askAll(_ database: WaitDatabase) throws {
        for question in all { expectSentence(question.name) { try question.ask(database) } }
    }

    /// Runs `body`, which may fail with what can be told to people.
    static func expectSentence(_ name: String, _ body: () throws -> Void) {
        do {
            try body()
        } catch {
            let sentence = StoreError.sentence(error, path: "The record")
            #expect(sentence.hasSuffix("."), "\(name): \(sentence)")
        }
    }
}
