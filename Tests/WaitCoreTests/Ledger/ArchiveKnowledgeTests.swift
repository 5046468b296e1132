import Testing

@testable import WaitCore

/// The states of docs/design.md's ledger that rest on the archive's answers.
@Suite("What the archive's answers say of a quarter hour")
struct ArchiveKnowledgeTests {
    static func minute(_ text: String) throws -> HongKongMinute {
        try #require(HongKongMinute(text: text))
    }

    struct Version {
        let at: String
        var isRead = true
        var observed: String?
        var failedDays = 0
    }

    struct Case: CustomTestStringConvertible {
        let testDescription: String
        var asked = ["2026-01-20": "2026-01-22", "2026-01-21": "2026-01-22"]
        var versions: [Version] = []
        let state: SlotState
    }

    /// The slot in question is 2026-01-20 12:00.
    static let cases = [
        Case(testDescription: "nobody has asked", asked: [:], state: .unknown),
        Case(testDescription: "asked, and nothing is listed", state: .notArchived),
        Case(testDescription: "only its own day was asked", asked: ["2026-01-20": "2026-01-22"], state: .unknown),
        Case(
            testDescription: "asked less than 24 hours after it",
            asked: ["2026-01-20": "2026-01-21T11:59", "2026-01-21": "2026-01-22"], state: .unknown),
        Case(
            testDescription: "asked 24 hours after it",
            asked: ["2026-01-20": "2026-01-21T12:00", "2026-01-21": "2026-01-22"], state: .notArchived),
        Case(
            testDescription: "what is listed was read and is of another slot",
            versions: [Version(at: "12:00", observed: "11:45"), Version(at: "12:15", observed: "12:15")],
            state: .notArchived),
        Case(
            testDescription: "a version within two hours was not read yet",
            versions: [Version(at: "13:59", isRead: false)], state: .unknown),
        Case(
            testDescription: "a version two hours later does not matter",
            versions: [Version(at: "14:00", isRead: false)], state: .notArchived),
        Case(
            testDescription: "a version before it does not matter", versions: [Version(at: "11:59", isRead: false)],
            state: .notArchived),
        Case(
            testDescription: "a version could not be had on two days",
            versions: [Version(at: "12:15", isRead: false, failedDays: 2)], state: .unknown),
        Case(
            testDescription: "a version could not be had on three days",
            versions: [Version(at: "12:15", isRead: false, failedDays: 3)], state: .lost),
        Case(
            testDescription: "one is lost, another still to be asked for",
            versions: [
                Version(at: "12:15", isRead: false, failedDays: 3), Version(at: "12:30", isRead: false, failedDays: 1),
            ], state: .unknown),
        Case(
            testDescription: "a version that was read carries it: the archive has it, whatever a hospital lacks",
            versions: [Version(at: "12:15", observed: "12:00")], state: .unknown),
    ]

    @Test("is one of not archived, lost and unknown", arguments: cases)
    func state(_ one: Case) throws {
        let asked = try Dictionary(
            uniqueKeysWithValues: one.asked.map { (try Self.minute($0.key).dayNumber, try Self.minute($0.value)) })
        let versions = try one.versions.map { version in
            ListedVersion(
                stamp: try Self.minute("2026-01-20T\(version.at)"), isRead: version.isRead,
                observedAt: try version.observed.map { try Self.minute("2026-01-20T\($0)") },
                failedDays: version.failedDays)
        }
        let knowledge = ArchiveKnowledge(askedAt: asked, versions: versions)
        #expect(knowledge.state(of: try Self.minute("2026-01-20T12:00")) == one.state)
    }

    @Test("counts are coverage and partial by docs/design.md's rule")
    func counts() {
        var counts = SlotCounts()
        #expect(counts.coverage == nil)
        #expect(!counts.isPartial)
        for state in [SlotState.observed, .observed, .healed, .unknown] { counts.add(state) }
        #expect(counts.coverage == 0.75)
        #expect(counts.isPartial)
        #expect((counts + counts).expected == 8)
    }
}
