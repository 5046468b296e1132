import Foundation
import Testing

@testable import WaitCore

@Suite("The archive's listing")
struct ArchiveListingTests {
    static func listing(_ json: String) throws -> ArchiveListing {
        try ArchiveListing(bytes: Data(json.utf8))
    }

    @Test("gives each version once, rising, and the bundles")
    func whole() throws {
        let listing = try Self.listing(
            """
            {"version-count":2,"total-size":7400,"timestamps":["20260120-0430","20260120-0415","20260120-0430"],
            "data-files":[{"timestamp":"20260101","period":"M","size":12},{"timestamp":"20260201","period":"D","size":3}],
            "data-dictionary-dates":[],"schema-dates":[]}
            """)
        #expect(listing.stamps.map(ArchiveStamp.text) == ["20260120-0415", "20260120-0430"])
        #expect(listing.bundles.map(\.day) == [20_260_101, 20_260_201])
        #expect(listing.bundles.map(\.period) == [.month, .day])
        #expect(listing.isWhole)
    }

    @Test("is not whole where the count is more than what is listed")
    func capped() throws {
        let listing = try Self.listing(#"{"version-count":3,"timestamps":["20260120-0430"],"data-files":[]}"#)
        #expect(!listing.isWhole)
    }

    @Test("of nothing is whole")
    func empty() throws {
        #expect(try Self.listing(#"{"version-count":0,"timestamps":[],"data-files":[]}"#).isWhole)
    }

    @Test(
        "that cannot be read is no listing at all",
        arguments: [
            "<html>", #"{"timestamps":[]}"#, #"{"version-count":1}"#,
            #"{"version-count":1,"timestamps":["2026-01-20T04:30"]}"#,
            #"{"version-count":1,"timestamps":["20260230-0430"]}"#,
            #"{"version-count":-1,"timestamps":[]}"#, #"{"message":"Not Found"}"#,
            #"{"version-count":0,"version-count":1,"timestamps":["20260120-0430"]}"#,
            #"{"version-count":0,"timestamps":[],"timestamps":["20260120-0430"]}"#,
            #"{"url":"a","version-count":0,"timestamps":[],"url":"b"}"#,
        ])
    func unreadable(json: String) {
        #expect(throws: ReadFault.self) { try Self.listing(json) }
    }

    @Test("passes over bundles it does not understand")
    func strangeBundles() throws {
        let listing = try Self.listing(
            #"{"version-count":0,"timestamps":[],"data-files":[{"timestamp":"x","period":"M"},{"period":"Y"},3]}"#)
        #expect(listing.bundles.isEmpty)
    }

    @Test(
        "knows a bundle's members by their names",
        arguments: [
            ("https%3A%2F%2Fx/20260120-0430-aedwtdata2-en.json", "20260120-0430" as String?),
            ("20260120-0430-aedwtdata2-en.json", "20260120-0430"), ("x/20260120-0430-aedwtdata2-tc.json", nil),
            ("x/20260120-0460-aedwtdata2-en.json", nil), ("x/aedwtdata2-en.json", nil), ("", nil),
            ("x/20260120-0430-aedwtdata2-en.json/y", nil),
        ])
    func members(path: String, stamp: String?) {
        let minute = ArchiveStamp.minute(ofMember: path, of: Feed.aeWait.documents[0])
        #expect(minute.map(ArchiveStamp.text) == stamp)
    }

    @Test("asks for both spellings of an address")
    func keys() {
        let document = Feed.aeWait.documents[0]
        #expect(
            ArchiveKey.allCases.map { $0.url(of: document) } == [
                "https://www.ha.org.hk/opendata/aed/aedwtdata2-en.json",
                "http://www.ha.org.hk/opendata/aed/aedwtdata2-en.json",
            ])
    }
}
