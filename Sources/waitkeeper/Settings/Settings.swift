import Configuration
import Foundation
import Logging
import WaitCore
import WaitFetch
import WaitIngest
import WaitStore
import WaitWeb

/// Every setting, checked once at the start.
struct Settings: Sendable {
    var database: String
    var logLevel: Logger.Level
    /// Where documents are fetched from.
    var source: DocumentSource
    var archiveURL: String
    var languages: [String: [Language]]
    var lives: [String: Feed.Life]
    var sameNames: [SameName]
    var schedule: PollSchedule
    var userAgent: String
    var limits: FetchLimits
    var leastFreeBytes: Int
    var listen: ListenAddress
    var webLimits: WebLimits
    var hasAccessLog: Bool
    var libraries: String
    /// The path that visitors see the pages below.
    var base: SiteBase
    /// Nil: the map has a plain ground.
    var mapTiles: MapTiles?
    /// What time it is, for the whole process.
    var clock: WallClock
    /// Whether it is another than the machine's.
    var isClockSet: Bool

    /// - Throws: `SettingError` that names the first bad value.
    init(_ values: SettingValues) throws(SettingError) {
        database = try values.text("database", length: 1...4_096)
        logLevel = try values.choice("log-level", Logger.Level.init(rawValue:))
        let (haURL, standIn) = (try values.address("ha-url"), try values.optionalAddress("stand-in-url"))
        source = DocumentSource(baseURL: haURL == Self.publicHA ? nil : haURL, standIn: standIn)
        let archive = try values.address("archive-url")
        archiveURL =
            archive == Self.publicArchive
            ? standIn.map { DocumentSource.address(of: archive, at: $0) } ?? archive : archive
        languages = [:]
        for feed in [Feed.aeWait, .aeTopWait, .clinicQuota] {
            languages[feed.id] = try values.choices("feeds.\(feed.id).languages", Language.init(rawValue:))
        }
        lives = Dictionary(uniqueKeysWithValues: Feed.all.map { ($0.id, $0.life) })
        lives[Feed.aeWait.id] = Feed.Life(
            from: try values.time("feeds.ae-wait.life-from"),
            evidence: try values.text("feeds.ae-wait.life-evidence", length: 0...1_000))
        lives[Feed.aeTopWait.id] = Feed.Life(
            to: try values.time("feeds.ae-top-wait.life-to"),
            evidence: try values.text("feeds.ae-top-wait.life-evidence", length: 0...1_000))
        sameNames = try values.optionalChoices("places.same", SameName.init)
        schedule = try Self.schedule(values)
        userAgent = try values.text("fetch.user-agent", length: 1...200)
        limits = try Self.limits(values)
        leastFreeBytes = try values.number("watch.least-free-bytes", 0...1_000_000_000_000)
        listen = try values.choice("listen") { ListenAddress($0) }
        webLimits = try Self.webLimits(values)
        hasAccessLog = try values.flag("serve.access-log")
        libraries = try values.text("page.libraries", length: 1...4_096)
        base = try Self.base(values)
        mapTiles = try Self.mapTiles(values)
        let clockText = try values.text(ClockSetting.key, length: 0...40)
        guard let clock = ClockSetting.clock(clockText) else {
            throw SettingError(key: ClockSetting.key, value: clockText)
        }
        self.clock = clock
        isClockSet = !clockText.isEmpty
    }

    private static let publicHA = "https://www.ha.org.hk"
    private static let publicArchive = "https://api.data.gov.hk/v1/historical-archive"

    /// Where each document of the datasets is fetched from.
    func addresses(of catalogue: Catalogue) -> [String] {
        catalogue.feeds.flatMap(\.documents).map(source.address(of:))
    }

    private static func schedule(_ values: SettingValues) throws(SettingError) -> PollSchedule {
        var schedule = PollSchedule()
        schedule.offsetSeconds = try values.number("poll.offset-seconds", 0...600)
        schedule.jitterSeconds = try values.number("poll.jitter-seconds", 0...300)
        schedule.laterTriesMinutes = try values.risingNumbers("poll.later-tries-minutes", 1...14, count: 0...5)
        schedule.dailyMinute = try values.timeOfDay("poll.daily-at")
        schedule.backoffSeconds = try values.number("poll.backoff-seconds", 1...3_600)
        schedule.ceilingSeconds = try values.number("poll.ceiling-seconds", 60...3_600)
        schedule.dailyCeilingSeconds = try values.number("poll.daily-ceiling-seconds", 60...86_400)
        return schedule
    }

    private static func limits(_ values: SettingValues) throws(SettingError) -> FetchLimits {
        var limits = FetchLimits()
        limits.connectSeconds = try values.number("fetch.connect-seconds", 1...300)
        limits.stallSeconds = try values.number("fetch.stall-seconds", 1...300)
        limits.totalSeconds = try values.number("fetch.total-seconds", 1...3_600)
        limits.bodyBytes = try values.number("fetch.body-bytes", 1_000...100_000_000)
        limits.redirects = try values.number("fetch.redirects", 0...20)
        return limits
    }

    private static func webLimits(_ values: SettingValues) throws(SettingError) -> WebLimits {
        var limits = WebLimits()
        limits.connections = try values.number("serve.connections", 16...100_000)
        limits.idleMilliseconds = try values.number("serve.idle-seconds", 1...3_600) * 1_000
        limits.stallMilliseconds = try values.number("serve.stall-seconds", 1...3_600) * 1_000
        limits.cacheBytes = try values.number("serve.cache-bytes", 0...1_000_000_000)
        return limits
    }

    private static func base(_ values: SettingValues) throws(SettingError) -> SiteBase {
        let text = try values.text("page.base", length: 0...1_000)
        guard let base = SiteBase(text) else { throw SettingError(key: "page.base", value: text) }
        return base
    }

    private static func mapTiles(_ values: SettingValues) throws(SettingError) -> MapTiles? {
        let attribution = try values.text("page.map-attribution", length: 0...200)
        let address = try values.text("page.map-tiles", length: 0...1_000)
        guard !address.isEmpty else { return nil }
        guard let tiles = MapTiles(address: address, attribution: attribution) else {
            throw SettingError(key: "page.map-tiles", value: address)
        }
        return tiles
    }

    /// The documents of a feed that are fetched.
    func documents(of feed: Feed) -> [Document] {
        FeedPass.documents(of: feed, languages: languages[feed.id] ?? feed.defaultLanguages)
    }
}

/// A setting that is not as it must be; one sentence that names key, value and range.
struct SettingError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }

    init(key: String, value: String) {
        let range = Setting.all.first { $0.key == key }?.range ?? ""
        description = "The setting \(key) is \"\(value)\", but must be \(range)."
    }
}
