import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import WaitCore
import WaitStore

/// Answers every request: from the cache where an answer still holds, else checks it and has the answer made on a worker's
/// thread.
struct WebResponder: HTTPResponder {
    typealias Context = BasicRequestContext

    let responseService: ResponseService
    let workers: Workers
    let limits: WebLimits
    let budget: BodyBudget
    let exports: BodyBudget
    let log: AccessLog
    let flights = AnswerFlights()

    init(responseService: ResponseService, workers: Workers, limits: WebLimits, log: AccessLog = AccessLog(logger: nil))
    {
        self.responseService = responseService
        self.workers = workers
        self.limits = limits
        self.log = log
        budget = BodyBudget(bytes: limits.bodyBytes)
        exports = BodyBudget(bytes: limits.exportBytes)
    }

    func respond(to request: Request, context: BasicRequestContext) async throws -> Response {
        await respond(to: request)
    }

    /// Every request has an answer: what goes wrong is a problem document.
    func respond(to request: Request) async -> Response {
        let asked = Asked(request)
        var route: Int?
        var response: Response
        do {
            response = try await answer(request, asked, &route)
        } catch {
            response = await self.response(problem(error), to: request, route: route)
        }
        let seconds = asked.seconds
        responseService.metrics.count(route: route, status: response.status.code, seconds: seconds)
        // An export is logged when it ends.
        if let bytes = response.body.contentLength { asked.log(log, status: response.status.code, bytes: bytes) }
        return response
    }

    private func answer(_ request: Request, _ asked: Asked, _ route: inout Int?) async throws -> Response {
        guard request.method != .options else { return Preflight.response(requested: request.requestedHeaders) }
        let target = request.head.path ?? ""
        guard target.utf8.count <= limits.uriBytes else { throw Problem.uriTooLong }
        let wish = Wish(request)
        if wish.isRead, let found = responseService.ready(target, acceptsGzip: wish.conditions.acceptsGzip) {
            route = found.route
            return try response(.finished(found), wish, asked)
        }
        route = responseService.routes.find(try RequestTarget(target).segments)?.route
        guard wish.isMethodKnown else {
            guard route != nil else { throw Problem.notFound("There is nothing at this address.") }
            throw Problem.method(allow: Preflight.allow)
        }
        guard !wish.hasBody else { throw Problem.body }
        let routed = try responseService.routes.route(target, acceptLanguage: request.headers[.acceptLanguage])
        return try response(await made(routed, wish), wish, asked)
    }

    /// The answer, made by one worker for all that ask for it at the same time.
    private func made(_ request: RoutedRequest, _ wish: Wish) async throws -> ResponseService.Built {
        let isGzip = wish.conditions.acceptsGzip
        let key = AnswerFlights.Key(
            target: request.canonicalTarget, isGzip: isGzip,
            stamp: responseService.currentStamp(request.endpoint.dependence))
        return try await flights.join(key) { [responseService, workers] finish in
            workers.submit(on: request.lane, { try responseService.make(request, acceptsGzip: isGzip) }, then: finish)
        }
    }

    private func response(_ made: ResponseService.Built, _ wish: Wish, _ asked: Asked) throws -> Response {
        switch made {
        case .finished(let answer):
            var fields = fields(answer)
            guard !wish.conditions.isHeld(answer.entityTag) else {
                return Response(status: .notModified, headers: fields)
            }
            fields[.contentLength] = String(answer.body.readableBytes)
            guard !wish.isHead else { return Response(status: .ok, headers: fields) }
            let hold = try budget.hold(answer.body.readableBytes)
            return Response(status: .ok, headers: fields, body: .slices(of: answer.body, holding: hold))
        case .paged(let pages, let head):
            let fields = fields(head)
            guard !wish.conditions.isHeld(head.entityTag) else {
                return Response(status: .notModified, headers: fields)
            }
            guard !wish.isHead else {
                return Response(status: .ok, headers: fields, body: .unknown { asked.log(log, bytes: 0) })
            }
            let isGzip = head.fields[.contentEncoding] != nil
            let sender = PageSender(pages: pages, isGzip: isGzip, workers: workers)
            let hold = try exports.hold(BodyBudget.exportBytes)
            return Response(
                status: .ok, headers: fields, body: .pages(sender, holding: hold) { asked.log(log, bytes: $0) })
        }
    }

    private func fields(_ answer: CachedResponse) -> HTTPFields {
        var fields = answer.fields
        fields[.cacheControl] = responseService.cacheControl(answer)
        return fields
    }

    /// What to tell the client of an error; ours go to the log, and nowhere else.
    private func problem(_ error: any Error) -> Problem {
        if let problem = error as? Problem { return problem }
        let isBeingUpdated = (error as? StoreError)?.code == .beingUpdated
        if StoreError.isBusy(error) || error is CancellationError || isBeingUpdated { return .unavailable }
        responseService.logger.error("a request could not be answered", metadata: ["error": "\(error)"])
        return .inside
    }

    /// People who followed a link get a page, programs a problem document.
    private func response(_ problem: Problem, to request: Request, route: Int?) async -> Response {
        let isHead = request.method == .head
        let isOfPages = route.map { responseService.routes.endpoints[$0].isPage } ?? true
        guard isOfPages, request.headers[.accept]?.contains("text/html") == true else {
            return Self.response(problem.bytes, status: problem.status, fields: problem.fields, isHead: isHead)
        }
        let page = ProblemPage(
            problem, target: request.head.path ?? "/", acceptLanguage: request.headers[.acceptLanguage],
            responseService: responseService)
        // A page reads the record; where too many wait for that, it does without.
        let bytes = try? await workers.run(on: .light) { page.bytes() }
        return Self.response(
            bytes ?? page.bytes(readsRecord: false), status: problem.status, fields: page.fields, isHead: isHead)
    }

    private static func response(
        _ bytes: [UInt8], status: Int, fields: [(name: String, value: String)], isHead: Bool
    ) -> Response {
        var fields = HTTPFields(fields + ResponseService.everywhere)
        fields[.contentLength] = String(bytes.count)
        return Response(
            status: .init(code: status), headers: fields,
            body: isHead ? .init() : .init(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}

/// What a request wants of its answer, from method and header fields.
private struct Wish {
    let conditions: Conditions
    let isHead: Bool
    let isMethodKnown: Bool
    /// Whether a body follows, as the header fields have it.
    let hasBody: Bool

    init(_ request: Request) {
        conditions = Conditions(
            acceptsGzip: AcceptEncoding.allowsGzip(request.headers[.acceptEncoding]),
            ifNoneMatch: request.headers[.ifNoneMatch])
        isHead = request.method == .head
        isMethodKnown = isHead || request.method == .get
        hasBody =
            request.headers[.transferEncoding] != nil || request.headers[.contentLength].map { $0 != "0" } ?? false
    }

    /// Whether a finished answer may do.
    var isRead: Bool { isMethodKnown && !hasBody }
}

/// A request for the access log, and when it came.
private struct Asked {
    private let startedAt = ContinuousClock.now
    private let method: String
    private let target: String?

    init(_ request: Request) {
        method = request.method.rawValue
        target = request.head.path
    }

    var seconds: Double { (ContinuousClock.now - startedAt) / .seconds(1) }

    func log(_ log: AccessLog, status: Int = 200, bytes: Int) {
        log.write(method: method, target: target, status: status, bytes: bytes, seconds: seconds)
    }
}

extension Request {
    fileprivate var requestedHeaders: String? {
        HTTPField.Name("Access-Control-Request-Headers").flatMap { headers[$0] }
    }
}

extension HTTPFields {
    /// All names are ours: one that is not a field name is a mistake in the program.
    init(_ fields: [(name: String, value: String)]) {
        self.init()
        for (name, value) in fields {
            guard let name = HTTPField.Name(name) else { preconditionFailure("\(name) is not a field name") }
            append(HTTPField(name: name, value: value))
        }
    }
}

extension ResponseBody {
    /// Counted bodies go out in slices, so that a client that takes them slowly is seen to take them, and hold their room in the
    /// budget until it has taken them.
    fileprivate static func slices(of body: ByteBuffer, holding hold: BodyBudget.Hold?) -> ResponseBody {
        guard let hold else { return ResponseBody(byteBuffer: body) }
        return ResponseBody(contentLength: body.readableBytes) { writer in
            var rest = body
            while let slice = rest.readSlice(length: Swift.min(65_536, rest.readableBytes)), slice.readableBytes > 0 {
                try await writer.write(slice)
            }
            try await writer.finish(nil)
            withExtendedLifetime(hold) {}
        }
    }

    /// None of a body whose length is not known, for the answer to HEAD: with a length it would be told to be empty.
    fileprivate static func unknown(ended: @escaping @Sendable () -> Void) -> ResponseBody {
        ResponseBody { writer in
            ended()
            try await writer.finish(nil)
        }
    }

    /// Pages, each made when the one before was taken.
    ///
    /// - Parameter ended: told at the end, whole or cut off, how many bytes were sent.
    fileprivate static func pages(
        _ sender: PageSender, holding hold: BodyBudget.Hold?, ended: @escaping @Sendable (Int) -> Void
    ) -> ResponseBody {
        ResponseBody { writer in
            var bytes = 0
            defer { ended(bytes) }
            try await sender.send(to: &writer) { bytes += $0 }
            try await writer.finish(nil)
            withExtendedLifetime(hold) {}
        }
    }
}
