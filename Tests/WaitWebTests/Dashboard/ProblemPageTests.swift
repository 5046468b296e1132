import HTTPTypes
import Testing
import WaitCore
import WaitStore

@testable import WaitWeb

@Suite("A page that says what is wrong")
struct ProblemPageTests {
    static let targets = [
        "/nowhere", "/hospitals/NOWHERE", "/hospitals/Q%C3%BCeen", "/hospitals/QMH?from=2026-02-01&to=2026-01-01",
        "/hospitals/QMH?from=yesterday", "/hospitals/QMH?span=9y", "/hospitals/QMH?triage=t9",
        "/hospitals/QMH?by=minute",
        "/hospitals/QMH?by=quarter_hour&from=2025-10-13&to=2026-11-14", "/?sort=colour", "/?dir=up",
        "/?sort=colour&sort=name",
        "/clinics?clinic=nowhere", "/clinics?district=atlantis", "/clinics?weekday=9", "/record?lang=klingon",
        "/record?lang=%zz", "/%zz",
        "/?near=%00", "/\(String(repeating: "x", count: 9_000))",
    ]

    @Test(
        "is in the visitor's language, says what to do, and names no address for programs", arguments: targets,
        Language.allCases)
    func people(target: String, language: Language) async throws {
        let headers: HTTPFields = [.accept: "text/html", .acceptLanguage: language.tag]
        let answer = try await WebFixture.get(target, headers: headers)
        #expect((400..<500).contains(answer.status.code), "\(answer.status)")
        let page = answer.text
        #expect(page.contains("<html lang=\"\(language.tag)\">"))
        let main = try #require(page.firstMatch(of: /<main[^>]*>([\s\S]*)<\/main>/)).1
        #expect(!main.contains("/v1/") && !main.contains("openapi") && !main.contains("lang=\"en\""))
        #expect(main.contains("<a href=\"/?lang=\(language.rawValue)\">"))
        guard language != .en else { return }
        // What stands in English is a parameter's name or a sample.
        let words = main.replacing(/<[^>]*>/, with: "").split(separator: " ").filter {
            $0.wholeMatch(of: /[A-Za-z]{5,}[.,]?/) != nil
        }
        #expect(words.filter { !$0.contains("Cookie") }.isEmpty, "\(words)")
    }

    @Test("has no link to another site, whatever the address", arguments: ["//example.org", "///example.org/a?b=c"])
    func ownSite(target: String) async throws {
        let answer = try await WebFixture.get(target, headers: [.accept: "text/html"])
        #expect(answer.status == .notFound && !answer.text.contains("=\"//"))
        #expect(answer.text.contains("href=\"/example.org"))
    }

    @Test("lists the hospitals where one is not found", arguments: Language.allCases)
    func hospitals(language: Language) async throws {
        let page = try await WebFixture.get(
            "/hospitals/NOWHERE?lang=\(language.rawValue)", headers: [.accept: "text/html"]
        ).text
        let places = try WebFixture.shared().places(.hospitals)
        for place in places {
            #expect(
                page.contains(
                    "href=\"/hospitals/\(place.id)?lang=\(language.rawValue)\"><bdi>\(Markup.text(place.name.shown(language)).source)<"
                ))
        }
    }

    /// Beginnings of names that several places have.
    private static func shared(_ names: (String) throws -> [String]) throws -> String? {
        try "abcdefghijklmnopqrstuvwxyz".map(String.init).first { try names($0).count > 1 }
    }

    @Test("is the answer to a name that several clinics have, and lists them; the API refuses it, too")
    func clinics() async throws {
        let database = try WebFixture.shared()
        let text = try #require(try Self.shared { try database.clinics(named: $0) })
        let ids = try database.clinics(named: text)
        let answer = try await WebFixture.get("/clinics?clinic=\(text)&lang=en", headers: [.accept: "text/html"])
        #expect(answer.status == .badRequest)
        for id in ids { #expect(answer.text.contains("clinic=\(id)&amp;lang=en")) }
        #expect(try await WebFixture.get("/v1/clinics/\(text)/quotas").status == .badRequest)
    }

    @Test("is the answer to the beginning of several hospitals' names, and lists those")
    func several() async throws {
        let database = try WebFixture.shared()
        let text = try #require(try Self.shared { try database.hospitals(named: $0) })
        let codes = try database.hospitals(named: text)
        let answer = try await WebFixture.get("/hospitals/\(text)?lang=tc", headers: [.accept: "text/html"])
        #expect(answer.status == .badRequest)
        for code in codes { #expect(answer.text.contains("/hospitals/\(code)?lang=tc")) }
        // A place to be near is asked about, too: nobody is sent to the first of several.
        let near = try await WebFixture.get("/?near=\(text)&lang=en").text
        #expect(near.contains("may be several places") && !near.contains("as the crow flies"))
    }
}
