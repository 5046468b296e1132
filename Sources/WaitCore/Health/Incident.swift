/// Something that a person should know about, as reported when it began and when it was over.
package struct Incident: Sendable, Hashable {
    package enum Kind: String, Sendable, CaseIterable {
        /// A feed answers, and its update time stands still.
        case frozen
        /// A feed cannot be fetched or read.
        case failing
        /// A hospital that had readings in a feed has none any more, while the feed moves.
        case missing
        /// The disk that the record lies on is nearly full.
        case disk
    }

    /// What it is about; at any time at most one incident is open for it.
    package struct Matter: Sendable, Hashable {
        package let kind: Kind
        /// A feed's name, `ae-wait QMH` for a hospital in a feed, `record` for the file.
        package let subject: String

        package init(_ kind: Kind, _ subject: String) {
            (self.kind, self.subject) = (kind, subject)
        }
    }

    package let id: Int64
    package let matter: Matter
    /// Seconds since 1970: since when it is so, when that was noticed, and when it was over; nil while it is not.
    package let sinceUnix: Int
    package let openedUnix: Int
    package let closedUnix: Int?
    /// A sentence each.
    package let opening: String
    package let closing: String?

    package init(
        id: Int64, matter: Matter, sinceUnix: Int, openedUnix: Int, opening: String, closedUnix: Int? = nil,
        closing: String? = nil
    ) {
        (self.id, self.matter, self.sinceUnix) = (id, matter, sinceUnix)
        (self.openedUnix, self.opening) = (openedUnix, opening)
        (self.closedUnix, self.closing) = (closedUnix, closing)
    }
}

/// What is to be recorded about incidents.
package enum IncidentChange: Sendable, Hashable {
    case open(Incident.Matter, sinceUnix: Int, opening: String)
    case close(Incident, closing: String)
}
