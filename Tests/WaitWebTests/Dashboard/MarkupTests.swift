import Testing

@testable import WaitWeb

@Suite("Markup")
struct MarkupTests {
    @Test(
        "makes text of whatever a feed sends",
        arguments: [
            ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
            ("\" onload='x", "&quot; onload=&#39;x"), ("&amp;", "&amp;amp;"), ("]]>", "]]&gt;"),
            ("a\u{0}b\u{B}c\u{FFFF}", "a\u{FFFD}b\u{FFFD}c\u{FFFD}"), ("瑪麗醫院\n\t", "瑪麗醫院\n\t"),
            // An accent on a quote is another character, and the quote ends the attribute all the same.
            ("\"\u{301}", "&quot;\u{301}"),
        ])
    func escapes(text: String, escaped: String) {
        let markup: Markup = "<b title=\"\(text)\">\(text)</b>"
        #expect(markup.source == "<b title=\"\(escaped)\">\(escaped)</b>")
    }

    @Test("takes markup, lists of it and numbers as they are")
    func nested() {
        let items = [1, 2].map { "<li>\($0)</li>" as Markup }
        #expect(("<ul>\(items)\(nil as Markup?)</ul>" as Markup).source == "<ul><li>1</li><li>2</li></ul>")
    }
}
