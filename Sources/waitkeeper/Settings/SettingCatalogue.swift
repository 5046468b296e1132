/// One setting as it is documented; the default stands in `config/waitkeeper.json`, which ships inside the binary.
struct Setting: Sendable {
    /// The path in the file: `poll.offset-seconds`; in the environment `WAITKEEPER_POLL_OFFSET_SECONDS`.
    let key: String
    let type: String
    let unit: String
    let range: String
    let about: String

    private init(_ key: String, _ type: String, unit: String = "", range: String, _ about: String) {
        (self.key, self.type, self.unit, self.range, self.about) = (key, type, unit, range, about)
    }

    static let prefix = "WAITKEEPER_"

    /// Its variable in the environment: capitals, and `_` for everything but letters and digits.
    var variable: String {
        Self.prefix + String(key.uppercased().map { $0.isLetter || $0.isNumber ? $0 : "_" })
    }

    /// Every setting there is; `docs/settings.md` and `config/waitkeeper.json` are held to it by a test.
    static let all: [Setting] = [
        Setting("database", "path", range: "a file in a folder that exists", "Where the record is kept."),
        Setting("log-level", "word", range: logLevels, "The lowest level that is logged to standard error."),
        Setting(
            "ha-url", "URL", range: "https, or http on loopback",
            "Stands in for https://www.ha.org.hk: a mirror or a test."),
        Setting(
            "stand-in-url", "URL", range: "empty, https, or http on loopback",
            "Stands in for every publisher: https://HOST/PATH is fetched from it as HOST/PATH; ha-url and archive-url win over it."
        ),
        Setting(
            "archive-url", "URL", range: "https, or http on loopback",
            "The government archive of past versions, or what stands in for it."),
        Setting(
            "feeds.ae-wait.languages", "list", range: languages, "Which documents of the new A&E feed are fetched."),
        Setting(
            "feeds.ae-wait.life-from", "time", range: rfc3339,
            "First minute that counts; readings before it are a trial."),
        Setting("feeds.ae-wait.life-evidence", "text", range: "any", "The evidence for it."),
        Setting(
            "feeds.ae-top-wait.languages", "list", range: languages, "Which documents of the old A&E feed are fetched."),
        Setting(
            "feeds.ae-top-wait.life-to", "time", range: rfc3339,
            "Last minute of the old feed; frozen by design after it."),
        Setting("feeds.ae-top-wait.life-evidence", "text", range: "any", "The evidence for it."),
        Setting(
            "feeds.clinic-quota.languages", "list", range: languages,
            "Which quota documents are fetched; tc names match the directory's."),
        Setting(
            "places.same", "list", range: "lines such as \"Name as published = QMH\"",
            "Other names of a hospital that no directory gives; their readings become the hospital's."),
        Setting(
            "poll.offset-seconds", "whole number", unit: "s", range: "0–600",
            "How long after a quarter hour the A&E feed is asked."),
        Setting(
            "poll.jitter-seconds", "whole number", unit: "s", range: "0–300",
            "Window after that in which each installation picks its own moment."),
        Setting(
            "poll.later-tries-minutes", "list of whole numbers", unit: "min", range: "0 to 5 rising numbers, 1–14",
            "When to ask again where the update time has not moved."),
        Setting(
            "poll.daily-at", "HH:MM", unit: "HKT", range: "00:00–23:59", "When weekly and quarterly feeds are asked."),
        Setting(
            "poll.backoff-seconds", "whole number", unit: "s", range: "1–3600",
            "First wait after a failure; doubles with each further one."),
        Setting(
            "poll.ceiling-seconds", "whole number", unit: "s", range: "60–3600",
            "Longest such wait of a quarter-hourly feed."),
        Setting(
            "poll.daily-ceiling-seconds", "whole number", unit: "s", range: "60–86400",
            "Longest such wait of a daily feed."),
        Setting(
            "fetch.user-agent", "text", range: "1–200 characters",
            "What we call ourselves, with an address to reach us."),
        Setting("fetch.connect-seconds", "whole number", unit: "s", range: "1–300", "Time to connect."),
        Setting(
            "fetch.stall-seconds", "whole number", unit: "s", range: "1–300",
            "Time without a byte after which a request is given up."),
        Setting("fetch.total-seconds", "whole number", unit: "s", range: "1–3600", "Time for the whole answer."),
        Setting(
            "fetch.body-bytes", "whole number", unit: "bytes", range: "1000–100000000",
            "The largest decoded document accepted."),
        Setting("fetch.redirects", "whole number", range: "0–20", "How many redirects are followed."),
        Setting(
            "watch.least-free-bytes", "whole number", unit: "bytes", range: "0–1000000000000",
            "Less than this free on the record's disk is an incident."),
        Setting(
            "listen", "address", range: "host:port; port 0 picks a free port",
            "Where the API listens; only this machine reaches a loopback address."),
        Setting(
            "serve.connections", "whole number", range: "16–100000",
            "Connections at once; one more is answered 503 and closed."),
        Setting(
            "serve.idle-seconds", "whole number", unit: "s", range: "1–3600",
            "Time between two requests of a connection before it is closed."),
        Setting(
            "serve.stall-seconds", "whole number", unit: "s", range: "1–3600",
            "Time after which a client that reads nothing of its answer is cut off."),
        Setting(
            "serve.cache-bytes", "whole number", unit: "bytes", range: "0–1000000000",
            "Memory for finished answers."),
        Setting(
            "serve.access-log", "flag", range: "true, false",
            "Whether each request is logged, at level info: method, path, status, bytes and milliseconds."
        ),
        Setting(
            "page.base", "path", range: "empty, or /segments of letters, digits and - . _ ~",
            "The path under which visitors see the site, behind a proxy that strips it; empty: the host's root."),
        Setting(
            "page.libraries", "path", range: "a folder",
            "Where libjs-leaflet and libjs-dygraphs are installed; without them the pages have no map and no interactive chart."
        ),
        Setting(
            "page.map-tiles", "URL", range: "empty, or https with {z}, {x} and {y}; {lang} is the page's language",
            "The map's background tiles; empty: a plain background, and no request to any other host."),
        Setting("page.map-attribution", "text", range: "0–200 characters", "Whom the map credits for its tiles."),
        Setting(
            "clock", "time", range: "empty, or an RFC 3339 time from 2000 to 2100",
            "For tests and demonstrations: the process starts at this time; it then asks only stand-ins on loopback."
        ),
    ]

    private static let logLevels = "trace, debug, info, notice, warning, error, critical"
    private static let languages = "one or more of en, tc, sc"
    private static let rfc3339 = "an RFC 3339 time"
}
