/// What sort of place a directory lists; identity never crosses it (docs/design.md, "Identity and place").
package enum PlaceKind: String, Sendable, CaseIterable, Codable {
    /// Institutions, the A&E hospitals among them.
    case hospital
    case clinic
    case specialist
}

/// A text in the three languages of the feeds; empty where a language is not known.
package struct Trilingual: Hashable, Sendable, Codable {
    package var en: String
    package var tc: String
    package var sc: String

    package init(en: String = "", tc: String = "", sc: String = "") {
        (self.en, self.tc, self.sc) = (en, tc, sc)
    }

    /// The text known in one language only.
    package init(_ text: String, in language: Language?) {
        self.init()
        self[language ?? .en] = text
    }

    /// The text in the first language that it is known in; empty where it is known in none.
    package var known: String {
        Language.allCases.map { self[$0] }.first { !$0.isEmpty } ?? ""
    }

    package subscript(language: Language) -> String {
        get {
            switch language {
            case .en: en
            case .tc: tc
            case .sc: sc
            }
        }
        set {
            switch language {
            case .en: en = newValue
            case .tc: tc = newValue
            case .sc: sc = newValue
            }
        }
    }
}

/// A point in WGS84, kept exactly as published.
package struct Coordinates: Hashable, Sendable {
    package let latitude: Double
    package let longitude: Double

    /// Nil where the point is not in or near Hong Kong: such a figure is a mistake, not a place.
    package init?(latitude: Double, longitude: Double) {
        guard (21.9...22.7).contains(latitude), (113.6...114.6).contains(longitude) else { return nil }
        (self.latitude, self.longitude) = (latitude, longitude)
    }
}
