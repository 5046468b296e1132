import Foundation
import Logging
import NIOCore
import WaitCore
import WaitStore

/// Where requests become answers: finds those that still hold, and has the others made.
struct AnswerDesk: Sendable {
    let routes: RouteMap
    let database: WaitDatabase
    let generations: GenerationReader
    let cache: AnswerCache
    let metrics: WebMetrics
    let record = RecordMetrics()
    let assets: AssetShelf
    let tiles: MapTiles?
    let version: String
    let clock: @Sendable () -> Date
    let logger: Logger

    init(
        configuration: WebConfiguration, database: WaitDatabase, clock: @escaping @Sendable () -> Date, logger: Logger,
        routes: RouteMap = .standard
    ) throws {
        (self.database, self.clock, self.logger, self.routes) = (database, clock, logger, routes)
        version = configuration.version
        assets = AssetShelf(libraries: configuration.libraries, base: configuration.base)
        tiles = configuration.tiles
        generations = try GenerationReader(of: database)
        cache = AnswerCache(bytes: configuration.limits.cacheBytes)
        metrics = WebMetrics(routes: routes.endpoints.map(\.template.description))
    }

    /// A finished answer to this very request line that still holds; microseconds, and nothing of it waits.
    func ready(_ target: String, acceptsGzip: Bool) -> FinishedAnswer? {
        guard let answer = cache.find(.init(target: target, isGzip: acceptsGzip)) else { return nil }
        switch answer.dependence {
        case .version: return answer
        case .moment: return nil
        case .record, .recordAndSlot:
            // Where the generation cannot be read now, the long way round says why.
            guard let generation = try? generations.current() else { return nil }
            return answer.stamp == stamp(answer.dependence, generation) ? answer : nil
        }
    }

    /// What an answer is made from at this moment.
    private func stamp(_ dependence: Endpoint.Dependence, _ generation: Int) -> Stamp {
        switch dependence {
        case .version, .moment: Stamp()
        case .record: Stamp(generation: generation)
        case .recordAndSlot: Stamp(generation: generation, slot: minute.slotStart.sinceEpoch)
        }
    }

    private var minute: HongKongMinute { HongKongMinute(secondsSince1970: clock().timeIntervalSince1970) }

    /// What is to be sent: a body in memory, or one in pages.
    enum Made {
        case finished(FinishedAnswer)
        case paged(any PageSource, FinishedAnswer)
    }

    /// Makes the answer to a request, and keeps it. Blocks.
    /// - Throws: `Problem`.
    func make(_ request: RoutedRequest, acceptsGzip: Bool) throws -> Made {
        if let ready = ready(request.canonicalTarget, acceptsGzip: acceptsGzip) {
            keep(ready, request, acceptsGzip: acceptsGzip)
            return .finished(ready)
        }
        let (answer, stamp) = try answer(request)
        switch answer.body {
        case .bytes(let bytes):
            let finished = try finish(answer, bytes, stamp, request, acceptsGzip: acceptsGzip)
            keep(finished, request, acceptsGzip: acceptsGzip)
            return .finished(finished)
        case .pages(let pages):
            return .paged(pages, head(answer, stamp, request, body: ByteBuffer(), isGzip: acceptsGzip))
        }
    }

    /// The answer with the generation it was made from: asked again where somebody wrote meanwhile.
    private func answer(_ request: RoutedRequest) throws -> (Answer, Stamp) {
        let dependence = request.endpoint.dependence
        var before = try generation(dependence)
        for _ in 0..<3 {
            let stamp = stamp(dependence, before)
            let answer = try request.endpoint.answer(request.query, context(request))
            let after = try generation(dependence)
            if after == before { return (answer, stamp) }
            before = after
        }
        // Somebody writes all the time: the answer is newer than what it is marked with, never older.
        return (try request.endpoint.answer(request.query, context(request)), stamp(dependence, before))
    }

    private func generation(_ dependence: Endpoint.Dependence) throws -> Int {
        switch dependence {
        case .version, .moment: 0
        case .record, .recordAndSlot: try generations.current()
        }
    }

    private func context(_ request: RoutedRequest) -> AnswerContext {
        AnswerContext(
            database: database, now: clock(), target: request.canonicalTarget, version: version, metrics: metrics,
            routes: routes, record: record, assets: assets, tiles: tiles)
    }

    /// Bodies that are worth compressing have at least so many bytes.
    private static let leastBytesToCompress = 860

    private func finish(
        _ answer: Answer, _ bytes: [UInt8], _ stamp: Stamp, _ request: RoutedRequest, acceptsGzip: Bool
    ) throws -> FinishedAnswer {
        let isGzip = acceptsGzip && bytes.count >= Self.leastBytesToCompress
        let body = isGzip ? try GzipStream.compress(bytes) : bytes
        return head(answer, stamp, request, body: ByteBuffer(bytes: body), isGzip: isGzip)
    }

    private func head(
        _ answer: Answer, _ stamp: Stamp, _ request: RoutedRequest, body: ByteBuffer, isGzip: Bool
    ) -> FinishedAnswer {
        let isKept = request.endpoint.dependence != .moment
        let tag = isKept ? entityTag(request.canonicalTarget + answer.fingerprint, stamp, isGzip: isGzip) : nil
        let vary = request.endpoint.isPage ? "accept-encoding, accept-language" : "accept-encoding"
        var fields = [("content-type", answer.mediaType.rawValue), ("vary", vary)] + answer.fields
        if isGzip { fields.append(("content-encoding", "gzip")) }
        if let tag { fields.append(("etag", tag)) }
        return FinishedAnswer(
            route: request.route, dependence: request.endpoint.dependence, stamp: stamp,
            lifetime: isKept ? answer.lifetime : .none, entityTag: tag, fields: fields + Self.everywhere, body: body)
    }

    /// Strong: of route, parameters, product version, encoding, and what the answer was made from (DESIGN, "API").
    private func entityTag(_ target: String, _ stamp: Stamp, isGzip: Bool) -> String {
        let request = String(FNV.hash("\(version) \(target)"), radix: 36)
        let parts = [request, stamp.generation.map { "g\($0)" }, stamp.slot.map { "s\($0 / 15)" }, isGzip ? "gz" : nil]
        return "\"\(parts.compactMap { $0 }.joined(separator: "-"))\""
    }

    private func keep(_ answer: FinishedAnswer, _ request: RoutedRequest, acceptsGzip: Bool) {
        guard answer.dependence != .moment else { return }
        cache.keep(answer, for: .init(target: request.canonicalTarget, isGzip: acceptsGzip))
        // What the header decided is no matter of the request line.
        guard request.target != request.canonicalTarget, !request.isNegotiated else { return }
        cache.keep(answer, for: .init(target: request.target, isGzip: acceptsGzip))
    }

    /// Header fields of every answer.
    static let everywhere: [(name: String, value: String)] = [
        ("access-control-allow-origin", "*"), ("access-control-expose-headers", "ETag, Link"),
        ("x-content-type-options", "nosniff"),
    ]

    /// `Cache-Control` of an answer that is sent now.
    func cacheControl(_ lifetime: Answer.Lifetime) -> String {
        switch lifetime {
        case .none: return "no-store"
        case .checked: return "no-cache"
        case .day: return "public, max-age=86400"
        case .forever: return "public, max-age=31536000, immutable"
        case .nextSlot:
            let now = Int(clock().timeIntervalSince1970.rounded(.down))
            return "public, max-age=\(900 - (now % 900 + 900) % 900)"
        }
    }
}
