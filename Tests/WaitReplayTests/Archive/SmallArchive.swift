import Foundation
import Testing
import WaitCore
import WaitReplay

/// An archive of a handful of versions, each a document of 22 bytes that says when it was captured.
enum SmallArchive {
    static let https = "https://www.ha.org.hk/opendata/aed/aedwtdata2-en.json"
    static let http = "http://www.ha.org.hk/opendata/aed/aedwtdata2-en.json"
    /// The addresses as they stand in a query or a path.
    static let httpsEncoded = "https%3A%2F%2Fwww.ha.org.hk%2Fopendata%2Faed%2Faedwtdata2-en.json"
    static let httpEncoded = "http%3A%2F%2Fwww.ha.org.hk%2Fopendata%2Faed%2Faedwtdata2-en.json"
    /// The folder of all members of the bundles.
    static let folder = "https%3A%2F%2Fwww.ha.org.hk%2Fopendata%2Faed"

    static let now = hongKongMinute("2026-02-05T04:32")
    static let stamps = [
        "20251231-2345", "20260120-0430", "20260120-0445", "20260131-2346", "20260203-0000", "20260203-2345",
        "20260205-0000",
    ].map(stamp)

    static func stamp(_ text: String) -> HongKongMinute {
        // A wrong literal in a test shows as a minute no test expects.
        ArchiveStamp.minute(text) ?? HongKongMinute(sinceEpoch: 0)
    }

    static func bytes(at stamp: HongKongMinute) -> [UInt8] {
        Array(#"{"at":"\#(ArchiveStamp.text(stamp))"}"#.utf8)
    }

    static func document(
        _ url: String = https, stamps: [HongKongMinute] = stamps, faults: [String: Set<ReplayFault>] = [:]
    ) -> ReplayDocument {
        let versions = stamps.map { ReplayVersion(stamp: $0, faults: faults[ArchiveStamp.text($0)] ?? []) }
        return ReplayDocument(url: url, versions: versions, bytes: bytes)
    }

    /// The archive of the https address with these faults.
    static func with(_ faults: [String: Set<ReplayFault>]) -> ReplayArchive {
        ReplayArchive([document(faults: faults)])
    }

    /// Both addresses, the http one with a version of its own.
    static let archive = ReplayArchive([document(), document(http, stamps: [stamp("20190301-0015")])])
}

extension ReplayArchive {
    /// What is answered at a path and query.
    func ask(_ target: String, now: HongKongMinute = SmallArchive.now) throws -> ReplayAnswer {
        try #require(answer(to: ReplayRequest(target: target), now: now, storageBase: "http://storage.example"))
    }

    func list(
        _ days: String, of url: String = SmallArchive.httpsEncoded, now: HongKongMinute = SmallArchive.now
    ) throws -> ReplayAnswer {
        try ask("/v1/historical-archive/list-file-versions?url=\(url)&\(days)", now: now)
    }

    func get(
        _ time: String, of url: String = SmallArchive.httpsEncoded, now: HongKongMinute = SmallArchive.now
    ) throws -> ReplayAnswer {
        try ask("/v1/historical-archive/get-file?url=\(url)&time=\(time)", now: now)
    }

    /// What the storage has under a file name.
    func stored(_ name: String, of url: String = SmallArchive.httpsEncoded) throws -> ReplayAnswer {
        try ask("/storage/\(url)/\(name)")
    }
}

extension ReplayAnswer {
    var text: String { String(decoding: body, as: UTF8.self) }
    var location: String? { headers.value(of: "Location") }
}

/// A listing as a JSON reader sees it.
struct ReadListing: Decodable {
    let count: Int
    let timestamps: [String]

    init(_ answer: ReplayAnswer) throws {
        self = try JSONDecoder().decode(ReadListing.self, from: Data(answer.body))
    }

    enum CodingKeys: String, CodingKey {
        case timestamps
        case count = "version-count"
    }
}
