import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import NIOPosix
import Synchronization
import WaitCore
import WaitStore

/// Answers requests that no finished answer was found for: routes, checks, asks on a worker's thread, sends.
struct WebResponder: HTTPResponder {
    typealias Context = BasicRequestContext

    let desk: AnswerDesk
    let workers: Workers
    let limits: WebLimits
    let budget: BodyBudget

    init(desk: AnswerDesk, workers: Workers, limits: WebLimits) {
        (self.desk, self.workers, self.limits) = (desk, workers, limits)
        budget = BodyBudget(bytes: limits.bodyBytes)
    }

    func respond(to request: Request, context: BasicRequestContext) async throws -> Response {
        await respond(to: request)
    }

    /// Every request has an answer: what goes wrong is a problem document.
    func respond(to request: Request) async -> Response {
        let startedAt = ContinuousClock.now
        var route: Int?
        var response: Response
        do {
            let target = request.head.path ?? ""
            guard target.utf8.count <= limits.uriBytes else { throw Problem.uriTooLong }
            let segments = try RequestTarget(target.prefix { $0 != "?" }.description).segments
            route = desk.routes.find(segments)?.route
            response = try await respond(request, target, isRouted: route != nil)
        } catch {
            response = self.response(problem(error), to: request, route: route)
        }
        desk.metrics.count(
            route: route, status: response.status.code, seconds: (ContinuousClock.now - startedAt) / .seconds(1))
        return response
    }

    private func respond(_ request: Request, _ target: String, isRouted: Bool) async throws -> Response {
        switch request.method {
        case .get, .head: break
        case .options where isRouted: return Self.preflight
        default:
            guard isRouted else { throw Problem.notFound("There is nothing at this address.") }
            throw Problem.method(allow: Self.allow)
        }
        guard !request.hasBody else { throw Problem.body }
        let routed = try desk.routes.route(target, acceptLanguage: request.headers[.acceptLanguage])
        let conditions = Conditions(
            acceptsGzip: AcceptEncoding.allowsGzip(request.headers[.acceptEncoding]),
            ifNoneMatch: request.headers[.ifNoneMatch])
        let made = try await workers.run { try desk.make(routed, acceptsGzip: conditions.acceptsGzip) }
        return try response(made, conditions, isHead: request.method == .head)
    }

    private func response(_ made: AnswerDesk.Made, _ conditions: Conditions, isHead: Bool) throws -> Response {
        switch made {
        case .finished(let answer):
            var fields = fields(answer)
            guard !conditions.isHeld(answer.entityTag) else { return Response(status: .notModified, headers: fields) }
            fields[.contentLength] = String(answer.body.readableBytes)
            guard !isHead else { return Response(status: .ok, headers: fields) }
            let hold = try budget.hold(answer.body.readableBytes)
            return Response(status: .ok, headers: fields, body: .slices(of: answer.body, holding: hold))
        case .paged(let pages, let head):
            var fields = fields(head)
            guard !conditions.isHeld(head.entityTag) else { return Response(status: .notModified, headers: fields) }
            guard !isHead else {
                // How long the body would be is not known, and the answer without it has to end somehow.
                fields[.connection] = "close"
                return Response(status: .ok, headers: fields, body: ResponseBody { try await $0.finish(nil) })
            }
            let isGzip = head.fields.contains { $0 == ("content-encoding", "gzip") }
            let sender = PageSender(pages: pages, isGzip: isGzip, workers: workers)
            return Response(
                status: .ok, headers: fields,
                body: ResponseBody { writer in
                    try await sender.send(to: &writer)
                    try await writer.finish(nil)
                })
        }
    }

    private func fields(_ answer: FinishedAnswer) -> HTTPFields {
        var fields = HTTPFields(answer.fields)
        fields[.cacheControl] = desk.cacheControl(answer.lifetime)
        return fields
    }

    /// What to tell the client of an error; ours go to the log, and nowhere else.
    private func problem(_ error: any Error) -> Problem {
        if let problem = error as? Problem { return problem }
        if StoreError.isBusy(error) { return .unavailable }
        desk.logger.error("a request could not be answered", metadata: ["error": "\(error)"])
        return .inside
    }

    /// People who followed a link get a page, programs a problem document.
    private func response(_ problem: Problem, to request: Request, route: Int?) -> Response {
        let isHead = request.method == .head
        let isOfPages = route.map { desk.routes.endpoints[$0].isPage } ?? true
        guard isOfPages, request.headers[.accept]?.contains("text/html") == true else {
            return Self.response(problem, isHead: isHead)
        }
        let page = ProblemPage(
            problem, target: request.head.path ?? "/", acceptLanguage: request.headers[.acceptLanguage], desk: desk)
        return Self.response(page.bytes, status: problem.status, fields: page.fields, isHead: isHead)
    }

    static func response(_ problem: Problem, isHead: Bool = false) -> Response {
        response(problem.bytes, status: problem.status, fields: problem.fields, isHead: isHead)
    }

    private static func response(
        _ bytes: [UInt8], status: Int, fields: [(name: String, value: String)], isHead: Bool
    ) -> Response {
        var fields = HTTPFields(fields + AnswerDesk.everywhere)
        fields[.contentLength] = String(bytes.count)
        return Response(
            status: .init(code: status), headers: fields,
            body: isHead ? .init() : .init(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    private static let allow = "GET, HEAD, OPTIONS"

    /// Any page may ask for anything here.
    private static let preflight = Response(
        status: .noContent,
        headers: HTTPFields(
            AnswerDesk.everywhere + [
                ("allow", allow), ("access-control-allow-methods", allow),
                ("access-control-allow-headers", "If-None-Match"), ("access-control-max-age", "86400"),
            ]))
}

extension Request {
    /// Whether a body follows, as the header fields have it.
    fileprivate var hasBody: Bool {
        headers[.transferEncoding] != nil || headers[.contentLength].map { $0 != "0" } ?? false
    }
}

extension HTTPFields {
    /// Names that are no field names are ours to avoid.
    init(_ fields: [(name: String, value: String)]) {
        self.init()
        for (name, value) in fields {
            guard let name = HTTPField.Name(name) else { preconditionFailure("\(name) is no field name") }
            append(HTTPField(name: name, value: value))
        }
    }
}

extension ResponseBody {
    /// Large bodies go out in slices, so that a client that takes them slowly is seen to take them.
    fileprivate static func slices(of body: ByteBuffer, holding hold: BodyBudget.Hold?) -> ResponseBody {
        let most = 65_536
        guard body.readableBytes > most else { return ResponseBody(byteBuffer: body) }
        return ResponseBody(contentLength: body.readableBytes) { writer in
            var rest = body
            while let slice = rest.readSlice(length: Swift.min(most, rest.readableBytes)), slice.readableBytes > 0 {
                try await writer.write(slice)
            }
            try await writer.finish(nil)
            withExtendedLifetime(hold) {}
        }
    }
}
