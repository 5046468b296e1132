import Testing

@testable import WaitCore

@Suite("A file's name says the range, and whether its figures are simulated")
struct FileNameTests {
    static let ranges: [(String?, String?, String?)] = [
        (nil, nil, nil), ("2026-01-01", "2027-01-01", "2026"), ("2026-10-01", "2026-11-01", "2026-10"),
        ("2028-02-01", "2028-03-01", "2028-02"), ("2026-10-31", "2026-11-01", "2026-10-31"),
        ("2026-10-01", "2026-11-15", "2026-10-01-to-2026-11-14"), ("2026-10-01", nil, "from-2026-10-01"),
        (nil, "2026-11-15", "to-2026-11-14"), ("2026-10-01T04:15", "2026-10-02", "2026-10-01T0415-to-2026-10-01"),
        ("2026-12-31", "2027-01-02", "2026-12-31-to-2027-01-01"), (nil, "2026-11-15T09:30", "to-2026-11-15T0930"),
    ]

    @Test("by the ends that were named", arguments: ranges)
    func names(from: String?, to: String?, range: String?) throws {
        let ends = (from.flatMap(HongKongMinute.init(text:)), to.flatMap(HongKongMinute.init(text:)))
        #expect(FileName.range(from: ends.0, to: ends.1) == range)
        let request = try ExportRequest(.aeWaits, as: .csv, from: ends.0, to: ends.1)
        let name = "ae-waits\(range.map { "-\($0)" } ?? "").csv"
        #expect(request.fileName(isSimulated: false) == name)
        #expect(request.fileName(isSimulated: true) == "SIMULATED-\(name)")
    }
}
