import WaitCore

/// Addresses on the pages of one language.
///
/// Each carries the language, so that a link that is passed on shows the same, and each begins with the path that the site
/// stands below.
struct PageLinks: Sendable {
    let language: Language
    let base: SiteBase

    /// The live page, without a language: where its form leads.
    var root: String { base.path + "/" }

    /// - Parameter pairs: parameters; those without a value are left out.
    func to(_ path: String, _ pairs: KeyValuePairs<String, String?> = [:]) -> String {
        let given = pairs.compactMap { name, value in value.map { (name, $0) } }
        return Self.address(base.path + path, given + [(Parameters.language.name, language.rawValue)])
    }

    func hospital(_ code: String) -> String {
        to("/hospitals/\(PercentEncoding.encoded(code))")
    }

    /// An address that has no language: of the API, or of a file.
    func api(_ path: String, _ pairs: KeyValuePairs<String, String?> = [:]) -> String {
        Self.address(base.path + path, pairs.compactMap { name, value in value.map { (name, $0) } })
    }

    /// The same view in another language.
    /// - Parameter target: canonical and without the base, so it can be read.
    func same(as target: String, in language: Language) -> String {
        let pairs = (try? RequestTarget(target))?.pairs.filter { $0.name != Parameters.language.name } ?? []
        return Self.address(
            base.path + String(target.prefix { $0 != "?" }),
            pairs.map { ($0.name, $0.value) } + [(Parameters.language.name, language.rawValue)])
    }

    private static func address(_ path: String, _ pairs: [(String, String)]) -> String {
        guard !pairs.isEmpty else { return path }
        return "\(path)?" + pairs.map { "\($0)=\(PercentEncoding.encoded($1))" }.joined(separator: "&")
    }
}
