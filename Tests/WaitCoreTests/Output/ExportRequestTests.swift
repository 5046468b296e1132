import Testing

@testable import WaitCore

@Suite("A request for an export")
struct ExportRequestTests {
    struct Nonsense: CustomTestStringConvertible {
        let testDescription: String
        let make: @Sendable () throws -> ExportRequest
        let says: String
    }

    static let nonsense = [
        Nonsense(
            testDescription: "a map of a series", make: { try ExportRequest(.aeWaits, as: .geojson) },
            says: "has no GeoJSON"),
        Nonsense(
            testDescription: "a map of quotas", make: { try ExportRequest(.clinicQuotas, as: .geojson) },
            says: "has no GeoJSON"),
        Nonsense(
            testDescription: "a table of latest", make: { try ExportRequest(.latest, as: .csv) },
            says: "as geojson only"),
        Nonsense(
            testDescription: "NDJSON for Excel", make: { try ExportRequest(.aeWaits, as: .ndjson, isForExcel: true) },
            says: "Excel reads the csv"),
        Nonsense(
            testDescription: "places of a time",
            make: { try ExportRequest(.hospitals, as: .csv, from: HongKongMinute(sinceEpoch: 0)) },
            says: "without a range"),
        Nonsense(
            testDescription: "a trial of the old feed",
            make: { try ExportRequest(.aeTopWaits, as: .csv, includesTrial: true) }, says: "Only ae-waits has a trial"),
    ]

    @Test("is refused in a sentence where it has no meaning", arguments: nonsense)
    func refusal(nonsense: Nonsense) throws {
        let refusal = try #require(throws: ExportRefusal.self) { _ = try nonsense.make() }
        #expect(refusal.description.contains(nonsense.says))
    }

    @Test("makes sense as rows of all that has rows", arguments: ExportDataset.allCases.filter { $0 != .latest })
    func rows(dataset: ExportDataset) throws {
        for format in [ExportFormat.csv, .ndjson] { _ = try ExportRequest(dataset, as: format) }
    }

    @Test("knows columns of different names, the key among them", arguments: ExportDataset.allCases)
    func columns(dataset: ExportDataset) {
        let names = dataset.columns.map(\.name)
        #expect(Set(names).count == names.count)
        #expect(Set(dataset.key).isSubset(of: names))
    }
}
