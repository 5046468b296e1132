import Testing
import WaitCore
import WaitReplay

@Suite("The archive's files")
struct ArchiveFileTests {
    private static let invalidTime = #"{"message": "REQUEST ERROR: Invalid time parameter"}"#

    @Test("lead from a version to the storage, which has its exact bytes")
    func version() throws {
        let redirect = try SmallArchive.archive.get("20260120-0430")
        #expect(redirect.status == 302)
        #expect(redirect.location == "http://storage.example/storage/\(SmallArchive.httpsEncoded)/20260120-0430")
        let stored = try SmallArchive.archive.stored("20260120-0430")
        #expect(stored == .document(Array(#"{"at":"20260120-0430"}"#.utf8)))
    }

    @Test("lead from each spelling of an address to its own versions")
    func keys() throws {
        let archive = SmallArchive.archive
        #expect(
            try archive.get("20190301-0015", of: SmallArchive.httpEncoded).location
                == "http://storage.example/storage/\(SmallArchive.httpEncoded)/20190301-0015")
        #expect(try archive.get("20190301-0015") == .notFound)
        #expect(try archive.stored("20190301-0015", of: SmallArchive.httpEncoded).text == #"{"at":"20190301-0015"}"#)
        #expect(try archive.stored("20190301-0015") == .notFound)
    }

    @Test("are a 404 in the archive's words for a version that is not listed")
    func unlisted() throws {
        let answer = try SmallArchive.archive.get("20260120-0431")
        #expect(answer.status == 404)
        #expect(answer.text == #"{"message": "Not Found"}"#)
    }

    @Test("are a 404 for a version of today, which is archived tomorrow")
    func today() throws {
        #expect(try SmallArchive.archive.get("20260205-0000") == .notFound)
        #expect(try SmallArchive.archive.get("20260205-0000", now: hongKongMinute("2026-02-06T00:00")).status == 302)
    }

    @Test(
        "are a 400 in the archive's words for a time that is none",
        arguments: [
            "", "2026", "202601", "20260230", "20261301", "20260120-", "20260120-0460", "20260120-2400",
            "20260230-0000", "20260120-043", "20260120-04300", "2026-01-20", "20260120T0430", "20260120-0430-1",
        ])
    func malformed(time: String) throws {
        let answer = try SmallArchive.archive.get(time)
        #expect(answer.status == 400)
        #expect(answer.text == Self.invalidTime)
    }

    @Test(
        "are a 400 without a time or an address",
        arguments: ["url=https%3A%2F%2Fa.example%2Fb", "time=20260120-0430"])
    func missing(query: String) throws {
        #expect(try SmallArchive.archive.ask("/v1/historical-archive/get-file?\(query)").status == 400)
    }

    @Test(
        "lead to a month's bundle by the first day of a past month, and to a day's by a past day of the current one",
        arguments: [("20260101", "202601.zip"), ("20251201", "202512.zip"), ("20260203", "20260203.zip")])
    func bundles(time: String, fileName: String) throws {
        let answer = try SmallArchive.archive.get(time)
        #expect(answer.status == 302)
        #expect(answer.location == "http://storage.example/storage/\(SmallArchive.httpsEncoded)/\(fileName)")
        #expect(try SmallArchive.archive.stored(fileName).headers.value(of: "Content-Type") == "application/zip")
    }

    @Test(
        "are a 404 for any other day: later in a past month, today, to come, without versions",
        arguments: ["20260120", "20260131", "20251202", "20260205", "20260206", "20260301", "20260201", "20251101"])
    func otherDays(time: String) throws {
        #expect(try SmallArchive.archive.get(time) == .notFound)
    }

    @Test("are a 404 for every bundle where there are none")
    func withoutBundles() throws {
        var archive = SmallArchive.archive
        archive.withoutBundles = true
        for time in ["20260101", "20260203"] { #expect(try archive.get(time) == .notFound) }
        for name in ["202601.zip", "20260203.zip"] { #expect(try archive.stored(name) == .notFound) }
        #expect(try archive.get("20260120-0430").status == 302)
    }

    @Test("lead to a 404 at the storage for a lost version")
    func lost() throws {
        let archive = SmallArchive.with(["20260120-0430": [.lost]])
        #expect(try archive.get("20260120-0430").status == 302)
        #expect(try archive.stored("20260120-0430") == .notFound)
        #expect(try archive.stored("20260120-0445").status == 200)
    }

    @Test("come as their first half from a storage that cut them, as if that were all")
    func cut() throws {
        let archive = SmallArchive.with(["20260120-0430": [.cutAtStorage], "20260120-0445": [.cutInBundle]])
        #expect(try archive.stored("20260120-0430") == .document(Array(#"{"at":"2026"#.utf8)))
        #expect(try archive.stored("20260120-0445").text == #"{"at":"20260120-0445"}"#)
    }

    @Test(
        "are nowhere else at the storage",
        arguments: [
            "/storage/", "/storage/a", "/storage/\(SmallArchive.httpsEncoded)/20260120",
            "/storage/\(SmallArchive.httpsEncoded)/20260120-0430/", "/storage/\(SmallArchive.https)/20260120-0430",
            "/storage/%ff/20260120-0430", "/storage/\(SmallArchive.httpsEncoded)/202613.zip",
        ])
    func nowhere(target: String) throws {
        #expect(try SmallArchive.archive.ask(target) == .notFound)
    }

    @Test(
        "leave other paths to others",
        arguments: ["/", "/storage", "/v1/historical-archive", "/v1/historical-archive/get-file/", "/opendata/a.json"])
    func otherPaths(target: String) {
        let answer = SmallArchive.archive.answer(
            to: ReplayRequest(target: target), now: SmallArchive.now, storageBase: "")
        #expect(answer == nil)
    }
}
