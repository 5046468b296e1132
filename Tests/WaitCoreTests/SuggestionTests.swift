import Testing
import WaitCore

@Suite("What was probably meant")
struct SuggestionTests {
    static let names = ["trend", "t45_p50", "t45_p95", "Queen Mary", "Pamela Youde Nethersole Eastern", "ab"]

    @Test(
        "is a name that is near",
        arguments: [
            ("tred", "trend"), ("TREND", "trend"), ("trned", "trend"), ("t45p50", "t45_p50"), ("t45_p59", "t45_p50"),
            ("qeen mary", "Queen Mary"), ("Pamela Yuode", "Pamela Youde Nethersole Eastern"), ("abc", "ab"),
        ])
    func near(text: String, name: String) {
        #expect(Suggestion.nearest(to: text, among: Self.names) == name)
    }

    @Test(
        "is nothing where no name is near",
        arguments: ["", "…", "nonsense", "xy", "t9", String(repeating: "trend", count: 1_000)])
    func far(text: String) {
        #expect(Suggestion.nearest(to: text, among: Self.names) == nil)
        #expect(Suggestion.advice(for: text, among: Self.names, otherwise: "look.") == "look.")
    }
}
