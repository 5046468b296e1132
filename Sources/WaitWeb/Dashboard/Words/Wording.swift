import WaitCore

/// A text of the pages in the three languages; all of them, always.
struct Wording: Sendable, Hashable {
    private let texts: Trilingual

    init(_ en: String, _ tc: String, _ sc: String) {
        texts = Trilingual(en: en, tc: tc, sc: sc)
    }

    subscript(language: Language) -> String { texts[language] }
}
