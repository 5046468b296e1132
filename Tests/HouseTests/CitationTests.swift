import Foundation
import TestSupport
import Testing

/// A page of the documentation that another file names, with the heading in quotes behind it: `docs/design.md, "Poll rule"`.
private struct Citation: Hashable, CustomTestStringConvertible {
    let page: String
    /// Nil where the page is named alone.
    let section: String?
    var testDescription: String { section.map { "\(page), \"\($0)\"" } ?? page }

    /// All of them in the sources, the tests and the documentation; a line break inside one is a blank.
    static func all() throws -> Set<Citation> {
        var citations: Set<Citation> = []
        for folder in ["Sources", "Tests", "docs", "config", "Benchmarks", "packaging"] {
            let root = Documents.root.appending(path: folder)
            for name in try FileManager.default.subpathsOfDirectory(atPath: root.path)
            where [".swift", ".py", ".md", ".c", ".h", ".sh"].contains(where: name.hasSuffix) {
                citations.formUnion(of(try String(contentsOf: root.appending(path: name), encoding: .utf8)))
            }
        }
        return citations
    }

    static func of(_ text: String) -> [Citation] {
        let line = text.replacing(/\n\s*(\/\/\/?|#|\*)? */, with: " ")
        return line.matches(of: /(docs\/[a-z0-9\/-]+\.md)(?:(?:, | \()"([^"]+)")?/).map {
            Citation(page: String($0.1), section: $0.2.map(String.init))
        }
    }
}

/// What the code and the documentation cite can be opened.
@Suite("A citation")
struct CitationTests {
    @Test("is found with its heading, over a line break, too")
    func found() {
        let text = """
            /// By the rule (docs/design.md,
            /// "Poll rule"), and docs/feeds.md; # docs/design.md ("Ranges")
            """
        #expect(
            Citation.of(text) == [
                Citation(page: "docs/design.md", section: "Poll rule"), Citation(page: "docs/feeds.md", section: nil),
                Citation(page: "docs/design.md", section: "Ranges"),
            ])
    }

    @Test("names a page that is there, and a heading on it")
    func kept() throws {
        let citations = try Citation.all()
        #expect(citations.filter { $0.section != nil }.count >= 15)
        for citation in citations {
            let page = Documents.root.appending(path: citation.page)
            let text = try? String(contentsOf: page, encoding: .utf8)  // nil: the page is missing, which fails
            #expect(text != nil, "\(citation.testDescription)")
            guard let section = citation.section, let text else { continue }
            let headings = text.split(separator: "\n").filter { $0.hasPrefix("#") }
                .map { $0.drop { $0 == "#" || $0 == " " } }
            #expect(headings.contains { $0 == section }, "\(citation.testDescription)")
        }
    }

    @Test("leads to no page outside of this package")
    func outside() throws {
        for folder in ["Sources", "Tests", "docs"] {
            let root = Documents.root.appending(path: folder)
            for name in try FileManager.default.subpathsOfDirectory(atPath: root.path)
            where name.hasSuffix(".swift") || name.hasSuffix(".md") || name.hasSuffix(".py") {
                let text = try String(contentsOf: root.appending(path: name), encoding: .utf8)
                #expect(
                    text.firstMatch(of: /\b(DESIGN|FEEDS|DATASETS|COLUMNS)(\.md|, "|'s)/) == nil, "\(folder)/\(name)")
            }
        }
    }

    @Test("of a type in the glossary names one that the sources declare")
    func glossary() throws {
        let page = try String(contentsOf: Documents.root.appending(path: "docs/glossary.md"), encoding: .utf8)
        let types = page.matches(of: /`(?:[A-Za-z]+\.)?([A-Z][A-Za-z]+)` \|\n/).map { String($0.1) }
        #expect(types.count > 25)
        var declared: Set<String> = []
        let root = Documents.root.appending(path: "Sources")
        for name in try FileManager.default.subpathsOfDirectory(atPath: root.path) where name.hasSuffix(".swift") {
            let text = try String(contentsOf: root.appending(path: name), encoding: .utf8)
            declared.formUnion(
                text.matches(of: /(?:struct|class|enum|actor|protocol) ([A-Z][A-Za-z]+)/).map { String($0.1) })
        }
        #expect(types.filter { !declared.contains($0) } == [])
    }
}
