import HTTPTypes
import Testing

@testable import WaitWeb

@Suite("What clients and proxies spell otherwise is read")
struct ClientVarietyTests {
    @Test(
        "a tag is held as proxies write it",
        arguments: [
            "\"TAG\"", "W/\"TAG\"", "w/\"TAG\"", "\"TAG-gzip\"", "W/\"TAG-gzip\"", "\"TAG\"-gzip", "\"TAG;gzip\"",
            "\"TAG--gzip\"",
            "\"TAG-br\"", "\"TAG-zstd\"", "TAG", " \"TAG\" ", "\"a\",\"TAG\"", "\"a\" ,  W/\"TAG-gzip\"\t, \"b\"", "*",
            "\"\", \"TAG\"",
        ])
    func tags(condition: String) async throws {
        let database = try WebFixture.shared()
        for encoding in ["identity", "gzip"] {
            let tag = try #require(
                try await WebFixture.get("/v1/latest", of: database, headers: [.acceptEncoding: encoding]).headers[
                    .eTag])
            let opaque = tag.dropFirst().dropLast()
            let answer = try await WebFixture.get(
                "/v1/latest", of: database,
                headers: [.acceptEncoding: encoding, .ifNoneMatch: condition.replacing("TAG", with: opaque)])
            #expect(answer.status == .notModified && answer.headers[.eTag] == tag, "\(encoding)")
        }
    }

    @Test(
        "another tag is not held",
        arguments: [
            "\"other\"", "\"TAG-x\"", "\"xTAG\"", "", "\"\"", "-gzip", "\"TAGgzip\"", "\"gzip\"", "\"TAG2\", \"-gzip\"",
        ])
    func otherTags(condition: String) async throws {
        let database = try WebFixture.shared()
        let tag = try #require(try await WebFixture.get("/v1/latest", of: database).headers[.eTag])
        let answer = try await WebFixture.get(
            "/v1/latest", of: database,
            headers: [.ifNoneMatch: condition.replacing("TAG", with: tag.dropFirst().dropLast())])
        #expect(answer.status == .ok)
    }

    @Test(
        "a parameter of a link to a page that is unknown, or there twice, changes nothing",
        arguments: [
            "utm_source=x&utm_medium=y", "fbclid=IwAR0_abc", "gclid=1&gclid=2", "lang=en&lang=tc", "=", "x", "%22=%22",
            "&&", "mc_cid=",
            "colour=red&colour=blue",
        ])
    func pages(query: String) async throws {
        let database = try WebFixture.shared()
        for path in ["/", "/hospitals/QMH", "/clinics", "/record"] {
            let plain = try await WebFixture.get("\(path)?lang=en", of: database)
            let answer = try await WebFixture.get("\(path)?lang=en&\(query)", of: database)
            #expect(answer.status == .ok && answer.headers[.eTag] == plain.headers[.eTag], "\(path)")
        }
    }

    @Test(
        "of a page's parameter that is there twice the first counts",
        arguments: [
            ("/?sort=name&sort=t3_p50", "/?sort=name"), ("/?sort=t3_p50&lang=sc&sort=colour", "/?sort=t3_p50&lang=sc"),
            ("/hospitals/QMH?span=30d&span=7d", "/hospitals/QMH?span=30d"),
            ("/hospitals/QMH?triage=t3&triage=t45&triage=t9", "/hospitals/QMH?triage=t3"),
            ("/clinics?district=sha-tin&district=atlantis", "/clinics?district=sha-tin"),
            ("/record?lang=tc&lang=klingon", "/record?lang=tc"),
        ])
    func first(target: String, same: String) async throws {
        let database = try WebFixture.shared()
        let answer = try await WebFixture.get(target, of: database)
        let due = try await WebFixture.get(same, of: database)
        #expect(due.status == .ok && answer.status == .ok && answer.text == due.text)
    }

    @Test(
        "the API goes on refusing them by name",
        arguments: [
            ("/v1/latest?utm_source=x", "utm_source"), ("/v1/hospitals?fbclid=1", "fbclid"),
            ("/v1/hospitals/QMH/trend.svg?gclid=1", "gclid"), ("/v1/latest?feed=ae-wait&feed=ae-wait", "feed"),
            ("/v1/export/hospitals.csv?excel=true&excel=false", "excel"), ("/healthz?x=1", "x"),
        ])
    func refused(target: String, parameter: String) async throws {
        let answer = try await WebFixture.get(target)
        #expect(try answer.status == .badRequest && answer.json()["parameter"] as? String == parameter)
    }

    @Test(
        "blanks beside commas, offsets and slashes do not change what is asked",
        arguments: [
            ("/v1/latest?hospital=QMH,RH", "/v1/latest?hospital=QMH,%20RH"),
            ("/v1/latest?hospital=QMH,RH", "/v1/latest?hospital=QMH,+RH"),
            ("/v1/latest?hospital=QMH,RH", "/v1/latest?hospital=%20QMH%2C%20RH%20"),
            ("/v1/latest?hospital=QMH", "/v1/latest/?hospital=QMH"), ("/v1/hospitals/QMH", "/v1/hospitals/QMH/"),
            ("/v1/hospitals/QMH", "//v1//hospitals/QMH"),
            ("/v1/hospitals?bbox=114,22,115,23", "/v1/hospitals?bbox=114,%2022,+115,%2023"),
            ("/v1/hospitals?near=22.28,114.16", "/v1/hospitals?near=22.28,%20114.16"),
            ("/v1/trend?hospital=QMH&weekdays=6,7", "/v1/trend?hospital=QMH&weekdays=6,%207"),
            (
                "/v1/hospitals/QMH/readings?from=2026-11-14T09:00%2B08:00",
                "/v1/hospitals/QMH/readings?from=2026-11-14T09:00+0800"
            ),
            (
                "/v1/hospitals/QMH/readings?from=2026-11-14T09:00%2B08:00",
                "/v1/hospitals/QMH/readings?from=2026-11-14T09:00%2B08"
            ),
            (
                "/v1/hospitals/QMH/readings?from=2026-11-14T09:00%2B08:00",
                "/v1/hospitals/QMH/readings?from=2026-11-14T09:00:00%2008:00"
            ),
            (
                "/v1/hospitals/QMH/readings?from=2026-11-14T09:00%2B08:00",
                "/v1/hospitals/QMH/readings?from=2026-11-14t01:00:30.5z"
            ),
            ("/v1/hospitals/QMH/readings?from=2026-11-14", "/v1/hospitals/QMH/readings?from=2026-11-13T24:00"),
            ("/v1/hospitals/QMH/readings?from=2026-11-14T09:00", "/v1/hospitals/QMH/readings?from=2026-11-14+09:00"),
            ("/v1/readings/QMH/2026-11-14T09:15", "/v1/readings/QMH/2026-11-14T01:15Z"),
            ("/v1/readings/QMH/2026-11-14T09:15", "/v1/readings/QMH/2026-11-14T09:15:00+0800"),
        ])
    func spellings(plain: String, other: String) async throws {
        let database = try WebFixture.shared()
        let one = try await WebFixture.get(plain, of: database)
        let two = try await WebFixture.get(other, of: database)
        #expect(one.status == .ok && two.status == .ok && one.text == two.text, "\(two.text.prefix(300))")
    }

    @Test(
        "a page from elsewhere may ask with any header fields, on any route",
        arguments: [
            ("/v1/latest", "if-none-match"), ("/", "authorization,x-requested-with"),
            ("/v1/export/hospitals.csv", "Range"),
            ("/nothing/here", "content-type, accept, cache-control"), ("*", "pragma"),
            ("/v1/latest?colour=red", "x-my-own, accept"),
        ])
    func preflight(target: String, fields: String) async throws {
        let name = try #require(HTTPField.Name("Access-Control-Request-Headers"))
        let granted = try #require(HTTPField.Name("Access-Control-Allow-Headers"))
        let methods = try #require(HTTPField.Name("Access-Control-Allow-Methods"))
        let answer = try await WebFixture.get(target, method: .options, headers: [name: fields])
        #expect(answer.status == .noContent && answer.headers[granted] == fields)
        #expect(answer.headers[methods] == "GET, HEAD, OPTIONS")
    }

    @Test(
        "what is not a list of field names is not echoed",
        arguments: ["", "a b\u{1}", "<script>", "a,,b", String(repeating: "x", count: 2_000), "a: b"])
    func strangePreflight(fields: String) async throws {
        let name = try #require(HTTPField.Name("Access-Control-Request-Headers"))
        let granted = try #require(HTTPField.Name("Access-Control-Allow-Headers"))
        let answer = try await WebFixture.get("/v1/latest", method: .options, headers: [name: fields])
        let usual = try #require(answer.headers[granted])
        for field in [
            "If-None-Match", "Content-Type", "Accept", "Authorization", "Range", "X-Requested-With", "Cache-Control",
        ] {
            #expect(usual.contains(field))
        }
    }

    @Test(
        "HEAD has the header fields of GET",
        arguments: RouteMap.standard.endpoints.filter { $0.dependence != .moment }.map(\.template.description))
    func head(template: String) async throws {
        let endpoint = try #require(RouteMap.standard.endpoints.first { $0.template.description == template })
        let path = endpoint.parameters.filter { $0.place == .path }.reduce(template) {
            $0.replacing("{\($1.name)}", with: $1.example)
        }
        let database = try WebFixture.shared()
        for encoding in ["identity", "gzip"] {
            let get = try await WebFixture.get(path, of: database, headers: [.acceptEncoding: encoding])
            let head = try await WebFixture.get(path, of: database, method: .head, headers: [.acceptEncoding: encoding])
            #expect(head.status == get.status && head.headers == get.headers && head.body.readableBytes == 0)
        }
    }
}
