import WaitCore

extension Language {
    /// What a page says it is written in (BCP 47).
    var tag: String {
        switch self {
        case .en: "en"
        case .tc: "zh-Hant-HK"
        case .sc: "zh-Hans"
        }
    }

    /// The language's name in itself.
    var ownName: String {
        switch self {
        case .en: "English"
        case .tc: "繁體中文"
        case .sc: "简体中文"
        }
    }

    /// The language of a tag as browsers and people write it: `en-GB`, `zh-HK`, `zh-Hans-CN`, `tc`; nil for any other.
    init?(tag: some StringProtocol) {
        let parts = tag.lowercased().split { $0 == "-" || $0 == "_" }
        switch parts.first {
        case "en": self = .en
        case "tc", "yue": self = .tc
        case "sc": self = .sc
        case "zh":
            let simplified: Set<Substring> = ["hans", "cn", "sg", "my"]
            let traditional: Set<Substring> = ["hant", "hk", "mo", "tw"]
            // A script decides before a region; without either, this is about Hong Kong.
            let told = parts.dropFirst().first { simplified.contains($0) || traditional.contains($0) }
            self = told.map { simplified.contains($0) ? .sc : .tc } ?? .tc
        default: return nil
        }
    }

    /// The language that a browser would rather have (`Accept-Language`, RFC 9110, 12.5.4); English where it has none of ours.
    static func preferred(acceptLanguage text: String?) -> Language {
        var best: (language: Language, quality: Double)?
        for range in (text ?? "").prefix(1_000).split(separator: ",") {
            let parts = range.split(separator: ";").map { $0.trimming(\.isWhitespace) }
            guard let tag = parts.first, let language = Language(tag: tag) else { continue }
            let quality = parts.dropFirst().first { $0.hasPrefix("q=") }.map { Double($0.dropFirst(2)) ?? 0 } ?? 1
            if quality > best?.quality ?? 0 { best = (language, quality) }
        }
        return best?.language ?? .en
    }
}

extension Parameters {
    /// The language of pages and pictures.
    static let language = Parameter<Language>(
        name: "lang", about: "The language: en, tc or sc, or a tag such as zh-HK.", example: "tc",
        schema: .text(pattern: "^[A-Za-z0-9_-]{2,20}$"),
        expectation: "en, tc or sc, or a language tag of English or Chinese"
    ) { text in
        // As the pattern says: "en-" and then anything would be a tag to the reader of tags.
        let isTag =
            text.utf8.count <= 20
            && text.allSatisfy { character in
                character.isASCII && (character.isLetter || character.isNumber || character == "-" || character == "_")
            }
        return isTag ? Language(tag: text) : nil
    }
}
