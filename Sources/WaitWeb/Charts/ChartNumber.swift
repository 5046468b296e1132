/// Lengths in a picture: with one decimal at most, the same digits on every machine.
enum ChartNumber {
    static func text(_ number: Double) -> String {
        let tenths = Int((number * 10).rounded())
        let sign = tenths < 0 ? "-" : ""
        let (whole, rest) = (tenths.magnitude / 10, tenths.magnitude % 10)
        return rest == 0 ? "\(sign)\(whole)" : "\(sign)\(whole).\(rest)"
    }
}

extension Markup.Interpolation {
    mutating func appendInterpolation(_ number: Double) { appendLiteral(ChartNumber.text(number)) }
}

/// The `d` of a path: points joined by lines.
struct ChartPath: Sendable, Hashable {
    private(set) var source = ""

    var isEmpty: Bool { source.isEmpty }

    mutating func move(_ x: Double, _ y: Double) { append("M", x, y) }

    mutating func line(_ x: Double, _ y: Double) { append("L", x, y) }

    mutating func close() { source += "Z" }

    /// A line through the points, in a subpath of its own.
    mutating func add(_ points: [(x: Double, y: Double)]) {
        for (index, point) in points.enumerated() {
            if index == 0 { move(point.x, point.y) } else { line(point.x, point.y) }
        }
    }

    private mutating func append(_ command: String, _ x: Double, _ y: Double) {
        source += "\(command)\(ChartNumber.text(x)) \(ChartNumber.text(y))"
    }
}
