import Foundation
import Testing
import WaitCore
import WaitReplay

@Suite("The archive's bundles")
struct ArchiveBundleTests {
    /// The member of a version, whole unless told otherwise.
    private static func member(_ stamp: String, text: String? = nil) -> ZIPMember {
        ZIPMember(
            name: "\(SmallArchive.folder)/\(stamp)-aedwtdata2-en.json", text: text ?? #"{"at":"\#(stamp)"}"#,
            modified: "\(stamp.prefix(4))-\(stamp.dropFirst(4).prefix(2))-\(stamp.dropFirst(6).prefix(2)) "
                + "\(stamp.dropFirst(9).prefix(2)):\(stamp.suffix(2)):00")
    }

    private static func read(_ name: String, of archive: ReplayArchive) throws -> PythonZIP {
        try PythonZIP(archive.stored(name).body)
    }

    @Test("hold every version of a past month, readable, with right CRCs", .enabled(if: PythonZIP.isPossible))
    func month() throws {
        let zip = try Self.read("202601.zip", of: SmallArchive.archive)
        #expect(zip.members == ["20260120-0430", "20260120-0445", "20260131-2346"].map { Self.member($0) })
        #expect(zip.bad == nil)
    }

    @Test("hold every version of a day", .enabled(if: PythonZIP.isPossible))
    func day() throws {
        let zip = try Self.read("20260203.zip", of: SmallArchive.archive)
        #expect(zip.members == ["20260203-0000", "20260203-2345"].map { Self.member($0) })
        #expect(zip.bad == nil)
    }

    @Test("leave out what is lost, double what is doubled and cut what is cut", .enabled(if: PythonZIP.isPossible))
    func faults() throws {
        let archive = SmallArchive.with([
            "20260120-0430": [.lost], "20260120-0445": [.doubledInBundle], "20260131-2346": [.cutInBundle],
            "20260203-0000": [.cutInBundle, .doubledInBundle], "20260203-2345": [.cutAtStorage],
        ])
        let month = try Self.read("202601.zip", of: archive)
        #expect(
            month.members == [
                Self.member("20260120-0445"), Self.member("20260120-0445"),
                Self.member("20260131-2346", text: #"{"at":"2026"#),
            ])
        let day = try Self.read("20260203.zip", of: archive)
        let cut = Self.member("20260203-0000", text: #"{"at":"2026"#)
        #expect(day.members == [cut, cut, Self.member("20260203-2345")])
        #expect([month.bad, day.bad] == [nil, nil])
    }

    @Test("are sound ZIPs without a member where all versions are lost", .enabled(if: PythonZIP.isPossible))
    func allLost() throws {
        let zip = try Self.read("202512.zip", of: SmallArchive.with(["20251231-2345": [.lost]]))
        #expect(zip.members.isEmpty)
    }

    @Test("are the same bytes with the same tag each time, and in every archive of the same versions")
    func deterministic() throws {
        let first = try SmallArchive.with([:]).stored("202601.zip")
        let archive = SmallArchive.with([:])
        #expect(try archive.stored("202601.zip") == first)
        #expect(try archive.stored("202601.zip") == first)
        #expect(first.headers.value(of: "ETag") != nil)
        #expect(try archive.stored("202512.zip").headers.value(of: "ETag") != first.headers.value(of: "ETag"))
    }

    @Test("have the size that the listing names")
    func size() throws {
        let size = try SmallArchive.archive.stored("202601.zip").body.count
        #expect(try SmallArchive.archive.list("start=20260101&end=20260131").text.contains(#""size":\#(size)}"#))
    }

    @Test("are right however many were built before")
    func manyMonths() throws {
        let stamps = (0..<40).map { hongKongMinute("2020-01-15T00:00").adding(minutes: $0 * 31 * 1_440) }
        let archive = ReplayArchive([SmallArchive.document(stamps: stamps)])
        let listing = try archive.list("start=20200101&end=20251231")
        #expect(try ReadListing(listing).count == 40)
        #expect(try archive.stored("202001.zip").body.count == 274)
        #expect(try archive.list("start=20200101&end=20251231") == listing)
    }

    @Test("of a world hold a whole month of documents", .enabled(if: PythonZIP.isPossible))
    func wholeMonth() throws {
        let world = SimulatedWorld(hospitals: twoHospitals, publishing: .punctual)
        let stamps = ArchiveStamps.regular(
            from: hongKongMinute("2026-01-01T00:00"), to: hongKongMinute("2026-02-01T00:00"))
        let zip = try Self.read("202601.zip", of: ReplayArchive(world: world, stamps: stamps))
        #expect(zip.members.count == 2_976)
        #expect(zip.bad == nil)
        let last = String(decoding: world.aeWait(language: .en, at: hongKong("2026-01-31T23:45:00")), as: UTF8.self)
        #expect(zip.members.last == Self.member("20260131-2345", text: last))
    }
}
