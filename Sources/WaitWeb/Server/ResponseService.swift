import Foundation
import HTTPTypes
import Logging
import NIOCore
import WaitCore
import WaitStore

/// Where requests become answers: finds those that still hold, and has the others made.
struct ResponseService: Sendable {
    let routes: RouteMap
    let database: WaitDatabase
    let generations: GenerationReader
    let cache: AnswerCache
    let metrics: WebMetrics
    let record = RecordMetrics()
    let assets: AssetStore
    let tiles: MapTiles?
    let version: String
    let clock: @Sendable () -> Date
    let logger: Logger

    init(
        configuration: WebConfiguration, database: WaitDatabase, clock: @escaping @Sendable () -> Date, logger: Logger,
        routes: RouteMap? = nil
    ) throws {
        let routes = routes ?? RouteMap(database.catalogue)
        (self.database, self.clock, self.logger, self.routes) = (database, clock, logger, routes)
        version = configuration.version
        assets = AssetStore(libraries: configuration.libraries, base: configuration.base)
        tiles = configuration.tiles
        generations = try GenerationReader(of: database)
        cache = AnswerCache(bytes: configuration.limits.cacheBytes)
        metrics = WebMetrics(routes: routes.endpoints.map(\.template.description))
    }

    /// A finished answer to this very request line that still holds; microseconds, and nothing of it waits.
    func ready(_ target: String, acceptsGzip: Bool) -> CachedResponse? {
        guard let answer = cache.find(.init(target: target, isGzip: acceptsGzip)) else { return nil }
        switch answer.dependence {
        case .version: return answer
        case .moment: return nil
        case .record, .recordAndSlot:
            return answer.stamp == currentStamp(answer.dependence) ? answer : nil
        }
    }

    /// What an answer that is made now would be made from; empty where the record cannot be read now: making it says why.
    func currentStamp(_ dependence: Endpoint.Dependence) -> Stamp {
        switch dependence {
        case .version, .moment: return Stamp()
        case .record, .recordAndSlot:
            guard let record = try? generations.current() else { return Stamp() }
            return stamp(dependence, record, at: clock())
        }
    }

    private func stamp(_ dependence: Endpoint.Dependence, _ record: RecordVersion, at now: Date) -> Stamp {
        switch dependence {
        case .version, .moment: Stamp()
        case .record: Stamp(record: record)
        case .recordAndSlot:
            Stamp(
                record: record,
                slot: HongKongMinute(secondsSince1970: now.timeIntervalSince1970).slotStart.sinceEpoch)
        }
    }

    /// What is to be sent: a body in memory, or one in pages.
    enum Built: Sendable {
        case finished(CachedResponse)
        case paged(any PageSource, CachedResponse)
    }

    /// An answer with what it was made from.
    private struct Stamped {
        let answer: Answer
        let stamp: Stamp
        var nextVersionAt: HongKongMinute?
    }

    /// Makes the answer to a request, and keeps it. Blocks.
    /// - Throws: `Problem`.
    func make(_ request: RoutedRequest, acceptsGzip: Bool) throws -> Built {
        if let ready = ready(request.canonicalTarget, acceptsGzip: acceptsGzip) {
            keep(ready, request, acceptsGzip: acceptsGzip)
            return .finished(ready)
        }
        let stamped = try answer(request)
        switch stamped.answer.body {
        case .bytes(let bytes):
            let finished = try finish(stamped, bytes, request, acceptsGzip: acceptsGzip)
            keep(finished, request, acceptsGzip: acceptsGzip)
            return .finished(finished)
        case .pages(let pages):
            return .paged(pages, head(stamped, request, body: ByteBuffer(), isGzip: acceptsGzip))
        }
    }

    /// The answer with the state of the record that it was made from: both are read in one transaction.
    private func answer(_ request: RoutedRequest) throws -> Stamped {
        let (endpoint, now) = (request.endpoint, clock())
        switch endpoint.dependence {
        case .version, .moment:
            return Stamped(
                answer: try endpoint.answer(request.query, context(request, database, at: now)), stamp: Stamp())
        case .record, .recordAndSlot:
            return try database.snapshot { database in
                let version = try database.version()
                let answer = try endpoint.answer(request.query, context(request, database, at: now))
                return Stamped(
                    answer: answer, stamp: stamp(endpoint.dependence, version, at: now),
                    nextVersionAt: try database.nextVersionAt(of: ReadingTable.aeWait))
            }
        }
    }

    private func context(_ request: RoutedRequest, _ database: WaitDatabase, at now: Date) -> AnswerContext {
        AnswerContext(
            database: database, now: now, target: request.canonicalTarget, version: version, metrics: metrics,
            routes: routes, record: record, assets: assets, tiles: tiles)
    }

    /// Bodies that are worth compressing have at least so many bytes.
    private static let leastBytesToCompress = 860

    private func finish(
        _ stamped: Stamped, _ bytes: [UInt8], _ request: RoutedRequest, acceptsGzip: Bool
    ) throws -> CachedResponse {
        let isGzip = acceptsGzip && bytes.count >= Self.leastBytesToCompress
        let body = isGzip ? try GzipStream.compress(bytes) : bytes
        return head(stamped, request, body: ByteBuffer(bytes: body), isGzip: isGzip)
    }

    private func head(
        _ stamped: Stamped, _ request: RoutedRequest, body: ByteBuffer, isGzip: Bool
    ) -> CachedResponse {
        let answer = stamped.answer
        let isKept = request.endpoint.dependence != .moment
        let tag = isKept ? entityTag(request.canonicalTarget + answer.fingerprint, stamped.stamp, isGzip: isGzip) : nil
        let vary = request.endpoint.isPage ? "accept-encoding, accept-language" : "accept-encoding"
        var fields = [("content-type", answer.mediaType.rawValue), ("vary", vary)] + answer.fields
        if isGzip { fields.append(("content-encoding", "gzip")) }
        if let tag { fields.append(("etag", tag)) }
        return CachedResponse(
            route: request.route, dependence: request.endpoint.dependence, stamp: stamped.stamp,
            lifetime: isKept ? answer.lifetime : .none, nextVersionAt: stamped.nextVersionAt, entityTag: tag,
            fields: HTTPFields(fields + Self.everywhere), body: body)
    }

    /// Strong: of route, parameters, product version, encoding, and the state of the record that the answer was made from, which
    /// no restored backup and no other record has.
    private func entityTag(_ target: String, _ stamp: Stamp, isGzip: Bool) -> String {
        let request = String(FNV.hash("\(version) \(target) \(stamp.record?.nonce ?? 0)"), radix: 36)
        let parts = [
            request, stamp.record.map { "g\($0.generation)" }, stamp.slot.map { "s\($0 / 15)" }, isGzip ? "gz" : nil,
        ]
        return "\"\(parts.compactMap { $0 }.joined(separator: "-"))\""
    }

    private func keep(_ answer: CachedResponse, _ request: RoutedRequest, acceptsGzip: Bool) {
        guard answer.dependence != .moment else { return }
        cache.keep(answer, for: .init(target: request.canonicalTarget, isGzip: acceptsGzip))
        // An answer that a header field decided must not be found by the request line alone.
        guard request.target != request.canonicalTarget, !request.isNegotiated else { return }
        cache.keep(answer, for: .init(target: request.target, isGzip: acceptsGzip))
    }

    /// Header fields of every answer.
    static let everywhere: [(name: String, value: String)] = [
        ("access-control-allow-origin", "*"),
        ("access-control-expose-headers", "ETag, Link, Content-Disposition, Retry-After, Waitkeeper-Simulated"),
        ("x-content-type-options", "nosniff"),
    ]

    /// `Cache-Control` of an answer that is sent now.
    func cacheControl(_ answer: CachedResponse) -> String {
        switch answer.lifetime {
        case .none: "no-store"
        case .checked: "no-cache"
        case .day: "public, max-age=86400"
        case .forever: "public, max-age=31536000, immutable"
        case .nextSlot: "public, max-age=\(secondsToNextVersion(answer.nextVersionAt))"
        case .unsettled:
            "public, max-age=\(min(Self.unsettledSeconds, secondsToNextVersion(answer.nextVersionAt)))"
        }
    }

    /// A gap of a range that is over may be filled within so many seconds.
    private static let unsettledSeconds = 300
    /// A version that is due may come within so many seconds.
    private static let overdueSeconds = 15

    /// From 1 to 900 while the next version is not due, a few once it is.
    private func secondsToNextVersion(_ minute: HongKongMinute?) -> Int {
        let now = Int(clock().timeIntervalSince1970.rounded(.down))
        guard let minute, minute.secondsSince1970 > now else { return Self.overdueSeconds }
        return min(900, minute.secondsSince1970 - now)
    }
}
