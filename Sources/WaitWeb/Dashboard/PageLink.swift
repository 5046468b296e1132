import WaitCore

/// Addresses of pages; each carries the language, so that a link that is passed on shows the same.
enum PageLink {
    /// - Parameter pairs: parameters; those without a value are left out.
    static func to(_ path: String, _ language: Language, _ pairs: KeyValuePairs<String, String?> = [:]) -> String {
        let given = pairs.compactMap { name, value in value.map { (name, $0) } }
        return address(path, given + [("lang", language.rawValue)])
    }

    static func hospital(_ code: String, _ language: Language) -> String {
        to("/hospitals/\(PercentEncoding.encoded(code))", language)
    }

    /// An address below `/v1`, without a language.
    static func api(_ path: String, _ pairs: KeyValuePairs<String, String?> = [:]) -> String {
        address(path, pairs.compactMap { name, value in value.map { (name, $0) } })
    }

    /// The same view in another language.
    /// - Parameter target: canonical, so it can be read.
    static func same(as target: String, in language: Language) -> String {
        let pairs = (try? RequestTarget(target))?.pairs.filter { $0.name != Parameters.language.name } ?? []
        return address(
            String(target.prefix { $0 != "?" }),
            pairs.map { ($0.name, $0.value) } + [(Parameters.language.name, language.rawValue)])
    }

    private static func address(_ path: String, _ pairs: [(String, String)]) -> String {
        guard !pairs.isEmpty else { return path }
        return "\(path)?" + pairs.map { "\($0)=\(PercentEncoding.encoded($1))" }.joined(separator: "&")
    }
}
