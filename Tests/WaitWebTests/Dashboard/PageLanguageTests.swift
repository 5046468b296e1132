import HTTPTypes
import Testing
import WaitCore

@testable import WaitWeb

@Suite("The pages' language")
struct PageLanguageTests {
    @Test(
        "is the one that the browser would rather have",
        arguments: [
            (nil, Language.en), ("", .en), ("fr", .en), ("zh", .tc), ("zh-HK", .tc), ("zh-TW,en;q=0.8", .tc),
            ("zh-CN", .sc), ("zh-Hans-HK", .sc), ("zh-Hant-CN", .tc), ("yue", .tc), ("en;q=0.3, zh-CN;q=0.9", .sc),
            ("fr, zh-HK;q=0.2, en;q=0.1", .tc), ("zh-HK;q=0, en;q=0.1", .en), ("zh-HK;q=x", .en),
        ] as [(String?, Language)])
    func preferred(text: String?, language: Language) {
        #expect(Language.preferred(acceptLanguage: text) == language)
    }

    @Test("is negotiated only where the address names none, and each has an answer of its own")
    func negotiated() async throws {
        try await WebFixture.withClient(WebFixture.shared()) { client in
            let traditional = try await client.get("/record", headers: [.acceptLanguage: "zh-HK"])
            #expect(traditional.text.contains("<html lang=\"zh-Hant-HK\">"))
            let english = try await client.get("/record", headers: [.acceptLanguage: "en-GB"])
            #expect(english.text.contains("<html lang=\"en\">"))
            let named = try await client.get("/record?lang=sc", headers: [.acceptLanguage: "en-GB"])
            #expect(named.text.contains("<html lang=\"zh-Hans\">"))
            #expect(traditional.headers[.vary] == "accept-encoding, accept-language")
            #expect(Set([traditional, english, named].map { $0.headers[.eTag] }).count == 3)
        }
    }

    @Test("goes along with every link to another page")
    func links() async throws {
        let page = try await WebFixture.get("/?lang=tc").text
        #expect(page.contains("href=\"/record?lang=tc\"") && page.contains("href=\"/hospitals/QMH?lang=tc\""))
        #expect(page.contains("href=\"/?lang=en\""))
    }
}
