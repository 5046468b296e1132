import Testing
import WaitCore
import WaitIngest

@Suite("Where documents are fetched from")
struct DocumentSourceTests {
    private static let waits = Document(url: "https://www.ha.org.hk/opendata/aed/a.json")
    private static let toys = Document(url: "https://toys.example/b.json?of=https://c")

    @Test("is the public address, unless something stands in for it")
    func address() {
        let cases: [(DocumentSource, String, String)] = [
            (DocumentSource(), Self.waits.url, Self.toys.url),
            (DocumentSource(baseURL: "http://127.0.0.1:1/"), "http://127.0.0.1:1/opendata/aed/a.json", Self.toys.url),
            (
                DocumentSource(standIn: "http://127.0.0.1:2/"), "http://127.0.0.1:2/www.ha.org.hk/opendata/aed/a.json",
                "http://127.0.0.1:2/toys.example/b.json?of=https://c"
            ),
            (
                DocumentSource(baseURL: "http://127.0.0.1:1", standIn: "http://127.0.0.1:2"),
                "http://127.0.0.1:1/opendata/aed/a.json", "http://127.0.0.1:2/toys.example/b.json?of=https://c"
            ),
        ]
        for (source, waits, toys) in cases {
            #expect(source.address(of: Self.waits) == waits)
            #expect(source.address(of: Self.toys) == toys)
        }
    }
}
