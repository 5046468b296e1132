import WaitCore

/// A request that an endpoint answers, its parameters checked.
struct RoutedRequest: Sendable {
    /// The endpoint's place in the route map.
    let route: Int
    let endpoint: Endpoint
    let query: Query
    /// As in the request line.
    let target: String
    let canonicalTarget: String
    /// Whether the canonical target has a language that the request line does not: the request's header decided.
    let isNegotiated: Bool

    /// Where it waits. A light request with its own parameters waits in the heavy lane: such requests rarely repeat, so the cache
    /// answers few of them, and a flood of them would delay the requests that everybody makes.
    var lane: Lane {
        guard endpoint.lane == .light else { return endpoint.lane }
        let own = query.canonicalTarget(of: endpoint, without: [Parameters.language.name])
        return own.contains("?") ? .heavy : .light
    }
}

/// Every endpoint there is, in the order of the documents.
struct RouteMap: Sendable {
    let endpoints: [Endpoint]

    /// The endpoint whose path this is; nil where there is none.
    func find(_ path: [String]) -> (route: Int, parameters: [String: String])? {
        for (route, endpoint) in endpoints.enumerated() {
            if let parameters = endpoint.template.match(path) { return (route, parameters) }
        }
        return nil
    }

    /// - Parameter acceptLanguage: the header field; it decides about pages whose request names no language.
    /// - Throws: `Problem` where no endpoint fits, or a parameter is not as declared.
    func route(_ text: String, acceptLanguage: String? = nil) throws(Problem) -> RoutedRequest {
        let target = try RequestTarget(text)
        guard let (route, parameters) = find(target.segments) else {
            throw .notFound("There is nothing at this address; /openapi.json lists what there is.")
        }
        let endpoint = endpoints[route]
        var query = try Query(endpoint, path: parameters, pairs: target.pairs)
        let isNegotiated = endpoint.isPage && !query.has(Parameters.language)
        if isNegotiated {
            query.set(Parameters.language, Language.preferred(acceptLanguage: acceptLanguage).rawValue)
        }
        return RoutedRequest(
            route: route, endpoint: endpoint, query: query, target: text,
            canonicalTarget: query.canonicalTarget(of: endpoint), isNegotiated: isNegotiated)
    }
}
