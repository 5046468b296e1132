import WaitCore

/// The sign of a T4/5 wait, on the map and in the table: five classes, each told by shape, shade and the number in it.
struct WaitGlyph: Sendable {
    /// Nil: not published.
    let minutes: Int?

    /// The classes' upper ends in minutes; what is over the last is the fifth class.
    static let classes = [60, 120, 180, 240]

    /// 0…4, and 5 for none.
    var number: Int {
        guard let minutes else { return 5 }
        return Self.classes.firstIndex { minutes <= $0 } ?? 4
    }

    /// The number inside: hours.
    private var label: String {
        guard let minutes else { return "–" }
        return WaitText(language: .en).hourNumber((minutes + 29) / 30 * 30)
    }

    /// Decorative: what it says stands beside it as text.
    var drawing: Markup {
        """
        <svg class="mark k\(number)" viewBox="0 0 30 30" aria-hidden="true">\(Self.shape(number))\
        <text x="15" y="19.5" text-anchor="middle"\(small)>\(label)</text></svg>
        """
    }

    /// "4.5" has no room at the size of a whole number.
    private var small: Markup? { label.count > 2 ? " class=\"long\"" : nil }

    private static func shape(_ number: Int) -> Markup {
        switch number {
        case 0: "<circle cx=\"15\" cy=\"15\" r=\"11\"/>"
        case 1: "<rect x=\"4\" y=\"4\" width=\"22\" height=\"22\" rx=\"6\"/>"
        case 2: "<path d=\"M15 2.5 27 11.5 22.5 26.5H7.5L3 11.5z\"/>"
        case 3: "<path d=\"M15 1 29 15 15 29 1 15z\"/>"
        case 4: "<path d=\"M10 2H20L28 10V20L20 28H10L2 20V10z\"/>"
        default: "<circle cx=\"15\" cy=\"15\" r=\"11\"/>"
        }
    }
}
