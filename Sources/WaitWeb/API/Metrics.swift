import WaitCore
import WaitStore

extension Endpoint {
    static let metrics = Endpoint(
        "/metrics", "What the record and the server count, for Prometheus.", mediaTypes: [.prometheus],
        dependsOn: .moment
    ) { _, context in
        var text = PrometheusText()
        text.family(
            "waitkeeper_simulated", .gauge, "1 where the record was made by the demo: none of its figures is real.",
            [([:], try context.database.isSimulated() ? 1 : 0)])
        let captures = try context.record.captures(in: context.database).counts.sorted {
            ($0.key.feed, $0.key.outcome) < ($1.key.feed, $1.key.outcome)
        }
        text.family(
            "waitkeeper_captures_total", .counter, "Attempts to get a document, by feed and outcome.",
            captures.map { (["feed": $0.key.feed, "outcome": $0.key.outcome], Double($0.value)) })
        let feeds = try context.database.feedSummaries()
        let ages = feeds.compactMap { feed in
            feed.observedAt.map { (feed.feed.id, context.now.timeIntervalSince1970 - Double($0.secondsSince1970)) }
        }
        text.family(
            "waitkeeper_feed_age_seconds", .gauge, "Time since the newest live document's own update time.",
            ages.map { (["feed": $0.0], $0.1.rounded()) })
        let healths = feeds.map { ($0.feed.id, FeedHealth.of($0.facts, now: context.now).name) }
        text.family(
            "waitkeeper_feed_health", .gauge, "1 for the state a feed is in, 0 for every other.",
            healths.flatMap { feed, health in
                FeedHealth.Name.allCases.map { (["feed": feed, "state": $0.rawValue], $0 == health ? 1 : 0) }
            })
        let incidents = try context.database.openIncidents()
        text.family(
            "waitkeeper_incidents_open", .gauge, "Incidents that are not over, by kind.",
            Incident.Kind.allCases.map { kind in
                (["kind": kind.rawValue], Double(incidents.count { $0.matter.kind == kind }))
            })
        let unknown = try context.record.unknownSlots(in: context.database, now: context.minute)
        text.family(
            "waitkeeper_slots_unknown", .gauge, "Quarter hours of hospitals of which nothing is known yet.",
            unknown.sorted { $0.key < $1.key }.map { (["feed": $0.key], Double($0.value)) })
        text.family(
            "waitkeeper_http_connections", .gauge, "Open connections.", [([:], Double(context.metrics.connections))])
        text.histogram(
            "waitkeeper_http_request_duration_seconds", "Time to answer a request, by route and class of status.",
            context.metrics.snapshot())
        return Answer(mediaType: .prometheus, body: .bytes([UInt8](text.text.utf8)), lifetime: .none)
    }
}
