import Testing

@testable import WaitWeb

@Suite("A picture's colours")
struct ThemeTests {
    /// Relative luminance (WCAG 2.2).
    private static func luminance(_ color: String) -> Double {
        let parts = [1, 3, 5].map { start -> Double in
            let digits = color.dropFirst(start).prefix(2)
            let part = Double(Int(digits, radix: 16) ?? 0) / 255
            return part <= 0.04045 ? part / 12.92 : power((part + 0.055) / 1.055)
        }
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
    }

    /// x to the power of 2.4, by the root of the fifth degree.
    private static func power(_ x: Double) -> Double {
        var root = 1.0
        for _ in 0..<60 { root -= (root * root * root * root * root - x * x) / (5 * root * root * root * root) }
        return x * x * root
    }

    private static func contrast(_ one: String, _ other: String) -> Double {
        let (dark, light) = (min(luminance(one), luminance(other)), max(luminance(one), luminance(other)))
        return (light + 0.05) / (dark + 0.05)
    }

    @Test("let every text be read in both lights", arguments: [ChartInk.ink, .soft])
    func text(ink: ChartInk) {
        for ground in [ChartInk.paper, .gap] {
            #expect(Self.contrast(ink.light, ground.light) >= 4.5)
            #expect(Self.contrast(ink.dark, ground.dark) >= 4.5)
        }
    }

    @Test("let lines and what is missing be told from the paper", arguments: [ChartInk.line, .hatch, .axis])
    func lines(ink: ChartInk) {
        #expect(Self.contrast(ink.light, ChartInk.paper.light) >= 3)
        #expect(Self.contrast(ink.dark, ChartInk.paper.dark) >= 3)
    }

    @Test("let the figure in every cell of a heat map be read", arguments: ChartInk.heat.indices)
    func heat(step: Int) {
        let (cell, text) = (ChartInk.heat[step], ChartInk.onHeat[step])
        #expect(Self.contrast(text.light, cell.light) >= 4.5)
        #expect(Self.contrast(text.dark, cell.dark) >= 4.5)
    }

    @Test("of heat go one way, so that they order themselves without their hue")
    func order() {
        let light = ChartInk.heat.map { Self.luminance($0.light) }
        let dark = ChartInk.heat.map { Self.luminance($0.dark) }
        #expect(light == light.sorted(by: >) && dark == dark.sorted())
    }
}
