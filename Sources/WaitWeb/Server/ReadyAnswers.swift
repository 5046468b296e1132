import Foundation
import NIOCore
import NIOHTTP1
import Synchronization
import WaitCore

/// Finished answers as they go over the wire, for requests that have been asked before.
struct ReadyAnswers: Sendable {
    let desk: AnswerDesk
    private let dates = HTTPDateCache()

    init(desk: AnswerDesk) {
        self.desk = desk
    }

    /// The answer to a GET or HEAD that is at hand; nil: it has to be made, or is for others to refuse.
    func find(_ request: HTTPRequestHead, isLast: Bool) -> (head: HTTPResponseHead, body: ByteBuffer?)? {
        let startedAt = NIODeadline.now()
        guard request.method == .GET || request.method == .HEAD, request.headers.count <= 64 else { return nil }
        let acceptsGzip = AcceptEncoding.allowsGzip(request.headers.first(name: "accept-encoding"))
        guard
            !(request.headers.contains(name: "content-length") || request.headers.contains(name: "transfer-encoding")),
            let answer = desk.ready(request.uri, acceptsGzip: acceptsGzip)
        else { return nil }
        let tags = request.headers[canonicalForm: "if-none-match"]
        let conditions = Conditions(
            acceptsGzip: acceptsGzip, ifNoneMatch: tags.isEmpty ? nil : tags.joined(separator: ","))
        let isHeld = conditions.isHeld(answer.entityTag)
        let head = head(answer, isHeld: isHeld, isLast: isLast)
        desk.metrics.count(
            route: answer.route, status: isHeld ? 304 : 200,
            seconds: Double((NIODeadline.now() - startedAt).nanoseconds) / 1e9)
        return (head, isHeld || request.method == .HEAD ? nil : answer.body)
    }

    private func head(_ answer: FinishedAnswer, isHeld: Bool, isLast: Bool) -> HTTPResponseHead {
        var headers = HTTPHeaders()
        headers.reserveCapacity(answer.fields.count + 4)
        for (name, value) in answer.fields { headers.add(name: name, value: value) }
        headers.add(name: "cache-control", value: desk.cacheControl(answer.lifetime))
        headers.add(name: "date", value: dates.text(desk.clock()))
        if !isHeld { headers.add(name: "content-length", value: String(answer.body.readableBytes)) }
        if isLast { headers.add(name: "connection", value: "close") }
        return HTTPResponseHead(version: .http1_1, status: isHeld ? .notModified : .ok, headers: headers)
    }
}

/// `Date` of answers (RFC 9110, 5.6.7), made once a second.
final class HTTPDateCache: Sendable {
    private let last = Mutex<(second: Int, text: String)>((Int.min, ""))

    func text(_ date: Date) -> String {
        let second = Int(date.timeIntervalSince1970.rounded(.down))
        return last.withLock { last in
            if last.second != second { last = (second, Self.text(second: second)) }
            return last.text
        }
    }

    private static func text(second: Int) -> String {
        // Civil parts are Hong Kong's, eight hours ahead of what is meant here.
        let minute = HongKongMinute(secondsSince1970: Double(second)).adding(minutes: -480)
        let parts = minute.civil
        let seconds = (second % 60 + 60) % 60
        return "\(days[minute.weekday - 1]), \(parts.day.padded(2)) \(months[parts.month - 1]) \(parts.year.padded(4)) "
            + "\(minute.timeText):\(seconds.padded(2)) GMT"
    }

    private static let days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
}
