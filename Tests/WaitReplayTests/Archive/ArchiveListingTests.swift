import Testing
import WaitCore
import WaitReplay

@Suite("The archive's list of versions")
struct ArchiveListingTests {
    private static let nothing =
        #"{"version-count":0,"total-size":0,"timestamps":[],"data-files":[],"data-dictionary-dates":[],"schema-dates":[]}"#

    /// 22 for the end of the directory, and for each member 22 for its bytes, 30 and 46 for its two headers, and twice
    /// its name's 77.
    private static func zipBytes(members: Int) -> Int { 22 + members * (22 + 30 + 46 + 2 * 77) }

    @Test("names a past month's versions and its bundle")
    func pastMonth() throws {
        let answer = try SmallArchive.archive.list("start=20260101&end=20260131")
        #expect(answer.status == 200)
        #expect(answer.headers.value(of: "Content-Type") == "application/json")
        #expect(
            answer.text
                == #"{"version-count":3,"total-size":66,"timestamps":["20260120-0430","20260120-0445","20260131-2346"],"#
                + #""data-files":[{"timestamp":"20260101","period":"M","size":\#(Self.zipBytes(members: 3))}],"#
                + #""data-dictionary-dates":[],"schema-dates":[]}"#)
    }

    @Test("names bundles of the current month by the days that hold versions, and of no other days")
    func currentMonth() throws {
        let answer = try SmallArchive.archive.list("start=20260201&end=20260204")
        #expect(
            answer.text
                == #"{"version-count":2,"total-size":44,"timestamps":["20260203-0000","20260203-2345"],"#
                + #""data-files":[{"timestamp":"20260203","period":"D","size":\#(Self.zipBytes(members: 2))}],"#
                + #""data-dictionary-dates":[],"schema-dates":[]}"#)
    }

    @Test("covers both days it is asked for, whole, and the bundles of every month they touch")
    func acrossMonths() throws {
        let answer = try SmallArchive.archive.list("start=20251231&end=20260203")
        #expect(
            answer.text
                == #"{"version-count":6,"total-size":132,"timestamps":["20251231-2345","20260120-0430","20260120-0445","#
                + #""20260131-2346","20260203-0000","20260203-2345"],"data-files":["#
                + #"{"timestamp":"20251201","period":"M","size":\#(Self.zipBytes(members: 1))},"#
                + #"{"timestamp":"20260101","period":"M","size":\#(Self.zipBytes(members: 3))},"#
                + #"{"timestamp":"20260203","period":"D","size":\#(Self.zipBytes(members: 2))}],"#
                + #""data-dictionary-dates":[],"schema-dates":[]}"#)
    }

    @Test("counts the versions of the days asked for, and names the whole month's bundle")
    func partOfAMonth() throws {
        let answer = try SmallArchive.archive.list("start=20260120&end=20260130")
        #expect(answer.text.hasPrefix(#"{"version-count":2,"total-size":44,"#))
        #expect(answer.text.contains(#"{"timestamp":"20260101","period":"M","size":\#(Self.zipBytes(members: 3))}"#))
    }

    @Test(
        "is a 200 with empty lists where there is nothing",
        arguments: [
            ("start=20260121&end=20260130", SmallArchive.httpsEncoded),
            ("start=20260204&end=20260204", SmallArchive.httpsEncoded),
            ("start=19700101&end=20251230", SmallArchive.httpsEncoded),
            ("start=20260101&end=20260131", "https%3A%2F%2Fwww.ha.org.hk%2Fother.json"),
            ("start=20260101&end=20260131", SmallArchive.httpEncoded),
        ])
    func nothing(days: String, url: String) throws {
        let answer = try SmallArchive.archive.list(days, of: url)
        #expect(answer.status == 200)
        #expect(answer.text == Self.nothing)
    }

    @Test("keeps the http and the https spelling of an address apart")
    func keys() throws {
        let days = "start=20190301&end=20190301"
        #expect(
            try ReadListing(SmallArchive.archive.list(days, of: SmallArchive.httpEncoded)).timestamps
                == ["20190301-0015"])
        #expect(try SmallArchive.archive.list(days).text == Self.nothing)
    }

    @Test("reads an address that is not percent-encoded too")
    func plainAddress() throws {
        let answer = try SmallArchive.archive.list("start=20260203&end=20260203", of: SmallArchive.https)
        #expect(try ReadListing(answer).count == 2)
    }

    @Test(
        "is a 400 for days it cannot answer for, naming the parameter",
        arguments: [
            ("start=20260201&end=20260205", "end"), ("start=20260201&end=20270101", "end"),
            ("start=20260203&end=20260202", "start"), ("start=20260230&end=20260131", "start"),
            ("start=20260101&end=20260132", "end"), ("start=2026-01-01&end=20260131", "start"),
            ("start=202601&end=20260131", "start"), ("start=20260101&end=20260131-0000", "end"),
            ("start=20260101&end=", "end"), ("start=20260101", "end"), ("end=20260131", "start"), ("", "start"),
            ("start=+2026011&end=20260131", "start"), ("start=%EF%BC%92026011&end=20260131", "start"),
        ])
    func badDays(days: String, parameter: String) throws {
        let answer = try SmallArchive.archive.list(days)
        #expect(answer.status == 400)
        #expect(answer.text == #"{"message": "REQUEST ERROR: Invalid \#(parameter) parameter"}"#)
    }

    @Test("is a 400 without an address", arguments: ["", "url=&"])
    func noAddress(url: String) throws {
        let answer = try SmallArchive.archive.ask(
            "/v1/historical-archive/list-file-versions?\(url)start=20260101&end=20260131")
        #expect(answer.status == 400)
        #expect(answer.text == #"{"message": "REQUEST ERROR: Invalid url parameter"}"#)
    }

    @Test("takes yesterday by Hong Kong's clock, up to its last minute and no further")
    func yesterday() throws {
        let day = "start=20260205&end=20260205"
        #expect(try SmallArchive.archive.list(day, now: hongKongMinute("2026-02-05T23:59")).status == 400)
        let answer = try SmallArchive.archive.list(day, now: hongKongMinute("2026-02-06T00:00"))
        #expect(try ReadListing(answer).timestamps == ["20260205-0000"])
    }

    @Test("turns a month's day bundles into one bundle once the month is over")
    func monthTurns() throws {
        let days = "start=20260201&end=20260228"
        let answer = try SmallArchive.archive.list(days, now: hongKongMinute("2026-03-01T00:00"))
        let bundle = #""data-files":[{"timestamp":"20260201","period":"M","size":\#(Self.zipBytes(members: 3))}]"#
        #expect(answer.text.contains(bundle))
    }

    @Test("names 10,000 of 21,000 versions of a month, the first ones, and counts them all")
    func cap() throws {
        let start = hongKongMinute("2026-01-01T00:00")
        let stamps = ArchiveStamps.regular(from: start, to: start.adding(minutes: 21_000), everyMinutes: 1)
        let archive = ReplayArchive([SmallArchive.document(stamps: stamps)])
        let listing = try ReadListing(archive.list("start=20260101&end=20260131"))
        #expect(listing.count == 21_000)
        #expect(listing.timestamps == stamps.prefix(10_000).map { ArchiveStamp.text($0) })
        #expect(listing.timestamps.last == "20260107-2239")
    }

    @Test("has another cap where it is told so")
    func otherCap() throws {
        var archive = SmallArchive.archive
        archive.listingCap = 2
        #expect(
            try archive.list("start=20260101&end=20260131").text.hasPrefix(
                #"{"version-count":3,"total-size":66,"timestamps":["20260120-0430","20260120-0445"],"#))
    }

    @Test("lists a lost version like any other")
    func lost() throws {
        let listing = try ReadListing(
            SmallArchive.with(["20260120-0430": [.lost]]).list("start=20260101&end=20260131"))
        #expect(listing.count == 3)
        #expect(listing.timestamps.contains("20260120-0430"))
    }

    @Test("names no bundle where there are none")
    func withoutBundles() throws {
        var archive = SmallArchive.archive
        archive.withoutBundles = true
        #expect(
            try archive.list("start=20260203&end=20260203").text
                == #"{"version-count":2,"total-size":44,"timestamps":["20260203-0000","20260203-2345"],"data-files":[],"#
                + #""data-dictionary-dates":[],"schema-dates":[]}"#)
    }
}
