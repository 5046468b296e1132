import WaitCore

/// A text of the pages in the three languages; all of them, always.
struct Localized: Sendable, Hashable {
    private let texts: Trilingual

    init(_ en: String, _ tc: String, _ sc: String) {
        // Corner brackets are the quotation marks of traditional script alone.
        let simplified = sc.replacing("「", with: "“").replacing("」", with: "”")
        texts = Trilingual(en: en, tc: tc, sc: simplified)
    }

    subscript(language: Language) -> String { texts[language] }
}
