/// What a request asks: the texts of its parameters, checked against the endpoint's declarations.
struct Query: Hashable, Sendable {
    /// Stands between the values of a parameter that is given several times; no value has it.
    static let separator: Character = "\n"

    private var texts: [String: String]

    init(_ texts: [String: String]) {
        self.texts = texts
    }

    /// The parameter's value, nil where the request does not have it.
    subscript<Value>(_ parameter: Parameter<Value>) -> Value? {
        texts[parameter.name].flatMap(parameter.read)
    }

    func has<Value>(_ parameter: Parameter<Value>) -> Bool {
        texts[parameter.name] != nil
    }

    mutating func set<Value>(_ parameter: Parameter<Value>, _ text: String) {
        texts[parameter.name] = text
    }

    /// The request's target in its one spelling: parameters in the order of the declarations, percent-encoded.
    func canonicalTarget(of endpoint: Endpoint, without left: Set<String> = []) -> String {
        var target = endpoint.template.filled { texts[$0] ?? "" }
        var separator = "?"
        for parameter in endpoint.parameters where parameter.place == .query && !left.contains(parameter.name) {
            guard let text = texts[parameter.name] else { continue }
            let values =
                parameter.isRepeatable
                ? text.split(separator: Self.separator, omittingEmptySubsequences: false) : [text[...]]
            for value in values {
                target += "\(separator)\(parameter.name)=\(PercentEncoding.encoded(String(value)))"
                separator = "&"
            }
        }
        return target
    }
}

extension Query {
    /// Checks a request's parameters against the endpoint's declarations.
    ///
    /// Links to pages are passed on with what others append (`utm_source`, `fbclid`): there a parameter that is unknown is left
    /// out, and of one that is there twice the first counts. A program is told of both.
    /// - Throws: `Problem` 400 that names a parameter that is unknown, there twice, missing, or not as it must be.
    init(_ endpoint: Endpoint, path: [String: String], pairs: [(name: String, value: String)]) throws(Problem) {
        var texts = path
        for (name, value) in pairs {
            guard let declared = endpoint.parameters.first(where: { $0.place == .query && $0.name == name }) else {
                if endpoint.isPage { continue }
                throw .parameter(Self.shown(name), "There is no parameter \"\(Self.shown(name))\" here.")
            }
            guard texts[name] == nil || declared.isRepeatable else {
                if endpoint.isPage { continue }
                throw .parameter(name, "The parameter \(name) is given twice.")
            }
            guard !value.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }) else {
                throw .parameter(name, "\(name) must be \(declared.expectation).")
            }
            texts[name] = texts[name].map { "\($0)\(Self.separator)\(value)" } ?? value
        }
        for parameter in endpoint.parameters {
            guard let text = texts[parameter.name] else { continue }
            // Values that are given have none; a path may.
            let isClean =
                parameter.place == .query || !text.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F }
            guard isClean, parameter.accepts(text) else {
                throw .parameter(parameter.name, "\(parameter.name) must be \(parameter.expectation).")
            }
        }
        self.init(texts)
    }

    /// What a client sent, short enough to be sent back.
    private static func shown(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.prefix(60).filter { $0.value >= 0x20 }))
    }
}
