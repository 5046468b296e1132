import Foundation
import WaitCore
import WaitStore

/// One resource of the API: the same declaration routes requests, checks their parameters and writes `/openapi.json`.
///
/// A new one is a file beside the others in `API` and a line in `RouteMap`.
struct Endpoint: Sendable {
    /// What the answer changes with, and so what its entity tag is made of, besides the request and the product's version.
    enum Dependence: Sendable {
        /// Nothing: the answer is a matter of this version.
        case version
        /// What is in the record.
        case record
        /// What is in the record, and the slot that now falls in.
        case recordAndSlot
        /// Everything: no entity tag, never kept.
        case moment
    }

    let template: PathTemplate
    /// One sentence.
    let summary: String
    let parameters: [DeclaredParameter]
    let mediaTypes: [MediaType]
    /// The shape of the answer; nil where it is not JSON.
    let schema: Schema?
    let dependence: Dependence
    /// Where its requests wait; the heavy one by default.
    var lane = Lane.heavy
    /// Runs on a thread that may block.
    /// - Throws: `Problem` for what the request got wrong; all else is a 500.
    let answer: @Sendable (Query, AnswerContext) throws -> Answer

    init(
        _ path: String, _ summary: String, parameters: [DeclaredParameter] = [], mediaTypes: [MediaType] = [.json],
        schema: Schema? = nil, dependsOn dependence: Dependence = .record,
        answer: @escaping @Sendable (Query, AnswerContext) throws -> Answer
    ) {
        template = PathTemplate(path)
        (self.summary, self.parameters, self.mediaTypes, self.schema) = (summary, parameters, mediaTypes, schema)
        (self.dependence, self.answer) = (dependence, answer)
    }

    /// The same with its requests in `lane`.
    func inLane(_ lane: Lane) -> Endpoint {
        var endpoint = self
        endpoint.lane = lane
        return endpoint
    }
}

/// What an endpoint answers from.
struct AnswerContext: Sendable {
    let database: WaitDatabase
    let now: Date
    /// The canonical target of the request, for links to itself.
    let target: String
    let version: String
    let metrics: WebMetrics
    let routes: RouteMap
    let record: RecordMetrics
    let assets: AssetStore
    /// What the map shows below the marks; nil: a plain ground.
    let tiles: MapTiles?

    /// Addresses on a page in that language.
    func links(_ language: Language) -> PageLinks { PageLinks(language: language, base: assets.base) }

    /// The minute that now falls in.
    var minute: HongKongMinute { HongKongMinute(secondsSince1970: now.timeIntervalSince1970) }
}
