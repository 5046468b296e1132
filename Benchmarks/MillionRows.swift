import Foundation
import WaitCore
import WaitStore

/// A dataset of a million rows: how fast row sets are stored in key order, how fast it answers by any two dimensions, and what an export
/// needs of memory.
struct MillionRows {
    private static let rows = 1_000_000
    private static let perYear = 20_000
    let folder: URL

    /// Ten thousand hospitals and two sexes in fifty years. Its documents are empty: the rows are made by the reader, so that reading
    /// costs as little as can be.
    private static let dataset = Dataset(
        id: "million", title: Trilingual(en: "A million rows"), publisher: .hospitalAuthority,
        documents: [Document(url: "https://www.ha.org.hk/opendata/million-en.json", language: .en)], cadence: .yearly,
        table: TableSchema([
            .financialYear, .dimension("hospital", .slugs, Trilingual(en: "Hospital"), "The hospital."), .sex,
            .measure("visits", unit: "visits", adds: .placesAndTime, Trilingual(en: "Visits"), "Visits."),
            .measure("days", unit: "days", adds: .placesAndTime, Trilingual(en: "Days"), "Days."),
        ]),
        editions: .whole
    ) { _, _, sink throws(ReadFault) in
        for year in 0..<(rows / perYear) {
            let period = "\(1970 + year)-\(String(format: "%02d", (1971 + year) % 100))"
            for number in 0..<(perYear / 2) {
                for sex in ["female", "male"] {
                    let (visits, days) = (number % 977, (number * 31 + year) % 9_973)
                    let values: [String: RowSink.Published] = [
                        "financial_year": .text(period), "hospital": .text("h\(10_000 + number)"), "sex": .text(sex),
                        "visits": .number("\(visits)"), "days": .number("\(days)"),
                    ]
                    sink.add(year * perYear + number * 2 + 1, values)
                }
            }
        }
    }

    func measure() throws -> [Bench.Result] {
        let clock = ContinuousClock()
        let catalogue = Catalogue([Self.dataset])
        let database = try WaitDatabase.open(path: folder.appending(path: "million.sqlite").path, catalogue: catalogue)
        let feed = Feed(Self.dataset)
        var captures: [Capture] = []
        let reading = clock.measure {
            captures = [
                Capture(
                    feed: feed, document: Self.dataset.documents[0], origin: .live,
                    capturedAt: Date(timeIntervalSince1970: 1_790_000_000),
                    answer: .body(Body(Data("[]".utf8), of: Self.dataset.documents[0], in: feed)))
            ]
        }
        let storing = try clock.measure { _ = try database.record(captures) }
        captures = []
        let questions: [[TableQuestion.Filter]] = [
            [.init("financial_year", ["1999-00"]), .init("sex", ["male"])],
            [.init("hospital", ["h10500"]), .init("sex", ["female"])],
            [.init("financial_year", ["2001-02"]), .init("hospital", ["h19999"])],
        ]
        let slowest = try questions.map { filters -> Double in
            var question = TableQuestion()
            (question.filters, question.limit) = (filters, 1_000)
            let times = try (0..<5).map { _ in
                try clock.measure { try database.rows(of: Self.dataset, question) { _, _ in } } / .milliseconds(1)
            }
            return times.sorted()[2]
        }.max()
        let before = try Self.residentBytes()
        var stream = try DatasetRowStream(Self.dataset, TableQuestion(), as: .csv, from: database)
        var bytes = 0
        let exporting = try clock.measure { while let piece = try stream.next() { bytes += piece.count } }
        let grown = try Self.residentBytes() - before
        try database.access.close()
        let perSecond = { (time: Duration) in "\(Int(Double(Self.rows) / (time / .seconds(1))))" }
        return [
            .init(
                what: "rows of a dataset stored per second, in key order", figure: perSecond(storing), aim: "100,000"),
            .init(what: "rows made cells per second, by the reader's side", figure: perSecond(reading), aim: "–"),
            .init(
                what: "the first 1,000 of a million rows under two dimensions, the slowest pair",
                figure: String(format: "%.1f ms", slowest ?? 0), aim: "50 ms"),
            .init(
                what: "a million rows exported as CSV: rows per second, growth of memory",
                figure: "\(perSecond(exporting)), \(grown / 1_048_576) MiB, \(bytes / 1_048_576) MiB written",
                aim: "flat, under 100 MB"),
        ]
    }

    /// What the kernel says of this process.
    private static func residentBytes() throws -> Int {
        let status = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8).split(separator: " ")
        return (status.count > 1 ? Int(status[1]) ?? 0 : 0) * 4_096
    }
}
