import Foundation
import HTTPTypes
import Testing
import WaitCore
import WaitStore

@testable import WaitWeb

@Suite("The pages")
struct PageTests {
    static let targets = ["/", "/hospitals/QMH", "/clinics", "/clinics?district=sha-tin", "/record"]

    @Test("are HTML with a policy that lets no script or style in the page run", arguments: targets)
    func policy(target: String) async throws {
        let answer = try await WebFixture.get(target)
        #expect(answer.status == .ok && answer.headers[.contentType] == "text/html; charset=utf-8")
        let policy = try #require(answer.headers[.contentSecurityPolicy])
        #expect(policy.contains("default-src 'none'") && policy.contains("script-src 'self';"))
        #expect(!policy.contains("unsafe") && !policy.contains("https:"))
        #expect(!answer.text.contains(" style=") && !answer.text.contains(" onclick="))
        for script in answer.text.matches(of: /<script([^>]*)>/) { #expect(script.1.contains("src=\"/assets/")) }
    }

    @Test("name their source, what figures are not, and 999, in every language", arguments: targets, Language.allCases)
    func words(target: String, language: Language) async throws {
        let separator = target.contains("?") ? "&" : "?"
        let text = try await WebFixture.get("\(target)\(separator)lang=\(language.rawValue)").text
        // Clinics offer places, and have no waits that could be taken for measured ones.
        let isOfClinics = target.hasPrefix("/clinics")
        for words in [Attribution.sources, isOfClinics ? Attribution.quotaCaveats : Attribution.caveats] {
            #expect(text.contains(Markup.text(words[language]).source), "\(words[language])")
        }
        #expect(text.contains("<strong>\(CommonWords.emergency[language])</strong>"))
        #expect(text.contains(Markup.text(Attribution.caveats[language]).source) != isOfClinics)
    }

    @Test("show what a feed sends as text, whatever it is")
    func hostile() async throws {
        let database = try WebFixture.record()
        let name = "<script>alert(1)</script>\\\" onmouseover=\\\"x"
        let phrase = "<img src=x onerror=alert(2)>"
        try WebFixture.fillLater(
            database, documents: 8, ("Caritas Medical Centre", name), ("\"33 minutes\"", "\"\(phrase)\""))
        try await WebFixture.withClient(database, at: "2026-11-14T11:18") { client in
            let page = try await client.get("/").text
            #expect(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;&quot; onmouseover=&quot;x"))
            #expect(!page.contains("<script>alert") && !page.contains("<img src=x"))
            let hospital = try await client.get("/hospitals/QMH").text
            #expect(!hospital.contains("<img src=x"))
        }
    }

    @Test(
        "give what is typed back as text",
        arguments: ["/?near=%3Cscript%3Ealert(1)%3C/script%3E", "/?near=%22%20autofocus%20onfocus=%22alert(1)"])
    func reflected(target: String) async throws {
        let page = try await WebFixture.get(target).text
        #expect(!page.contains("<script>alert") && !page.contains("\" autofocus"))
    }

    @Test("tell people in words what is wrong, and programs in a problem document")
    func problems() async throws {
        let page = try await WebFixture.get(
            "/hospitals/NOWHERE", headers: [.accept: "text/html", .acceptLanguage: "zh-HK"])
        #expect(page.status == .notFound && page.text.contains("<h1>找不到此頁</h1>"))
        #expect(page.headers[.contentType] == "text/html; charset=utf-8")
        let program = try await WebFixture.get("/hospitals/NOWHERE")
        #expect(program.status == .notFound && program.headers[.contentType] == Problem.mediaType)
        let route = try await WebFixture.get("/v1/hospitals/NOWHERE", headers: [.accept: "text/html"])
        #expect(route.headers[.contentType] == Problem.mediaType)
        let bad = try await WebFixture.get("/hospitals/QMH?from=2026-02-01&to=2026-01-01")
        #expect(bad.status == .badRequest)
    }

    @Test(
        "mark figures that are old, and only those",
        arguments: [("2026-11-14T09:40", false), ("2026-11-14T10:00", true)])
    func old(time: String, isOld: Bool) async throws {
        let page = try await WebFixture.get("/?lang=en", at: time).text
        let notice = try #require(page.firstMatch(of: /<p id="old"[^>]*>/))
        #expect(notice.0.contains("hidden") != isOld)
    }

    @Test("have an empty record's page, too")
    func empty() async throws {
        let database = try WaitDatabase.inMemory()
        for target in ["/", "/hospitals/QMH", "/clinics", "/record"] {
            let answer = try await WebFixture.get("\(target)?lang=en", of: database)
            #expect(answer.status == .ok)
            guard target != "/clinics" else { continue }
            #expect(answer.text.contains(CommonWords.nothing[.en]))
            // One box instead of dashes, hatching and hundreds of thousands of slots that are not known.
            for drawing in ["table class=\"now\"", "id=\"chart\"", "class=\"heat\"", "class=\"calendar\"", "As of"] {
                #expect(!answer.text.contains(drawing), "\(target) \(drawing)")
            }
        }
    }
}
