/// How wide a text will be, roughly: the reader's font is not known, so the widest of the usual ones counts.
enum TextWidth {
    /// - Returns: units of the picture at a font size of `size`.
    static func of(_ text: some StringProtocol, size: Double) -> Double {
        text.unicodeScalars.reduce(0) { $0 + em($1) } * size
    }

    /// The text at the largest size that lets it in, cut with "…" where the smallest does not.
    static func fit(_ text: String, width: Double, sizes: ClosedRange<Double>) -> (text: String, size: Double) {
        var size = sizes.upperBound
        while size > sizes.lowerBound, of(text, size: size) > width { size -= 0.5 }
        guard of(text, size: size) > width else { return (text, size) }
        var cut = Substring(text.prefix(Int(width / size / 0.2)))
        while !cut.isEmpty, of(cut, size: size) + size > width { cut = cut.dropLast() }
        return (cut + "…", size)
    }

    private static func em(_ scalar: Unicode.Scalar) -> Double {
        switch scalar {
        case "i", "j", "l", "I", ".", ",", ":", ";", "'", "|", " ", "!", "(", ")", "·": 0.36
        case "m", "w", "M", "W", "%", "@": 0.97
        case "A"..."Z", "–", "—", "≤", ">": 0.75
        case _ where scalar.value < 0x2E80: 0.63
        default: 1
        }
    }
}
