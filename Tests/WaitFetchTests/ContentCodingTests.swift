import FoundationEssentials
import Testing
import WaitReplay

@testable import WaitFetch

/// Every way for a body's bytes and its Content-Encoding to differ, through the real libcurl.
@Suite("A body is what its bytes say, whatever Content-Encoding says", .timeLimit(.minutes(30)))
struct ContentCodingTests {
    static let document = Array(#"{"waitTime":[],"updateTime":"20/1/2026 4:30AM"}"#.utf8)
    static let gzip = StoredGzip.member(document)
    /// The same by zlib itself, so that not only our own streams are read.
    static let zlibbed = bytes("eNqrVipPzCwJycxNVbKKjtVRKi1ISSxJhfCVjAz0DfWNDIzMFEysjA0cfZVqAWvKDa0=")
    static let gzipped = bytes("H4sIAAAAAAACA6tWKk/MLAnJzE1VsoqO1VEqLUhJLEmF8JWMDPQN9Y0MjMwUTKyMDRx9lWoB2V3O8i8AAAA=")

    static func bytes(_ base64: String) -> [UInt8] { Data(base64Encoded: base64).map { Array($0) } ?? [] }

    struct Case: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let header: String?
        let body: [UInt8]
        var expected = document
        /// Whether the header told how it came.
        var isAsDeclared = false
    }

    static let good = [
        Case(testDescription: "plain", header: nil, body: document, isAsDeclared: true),
        Case(testDescription: "identity", header: "identity", body: document, isAsDeclared: true),
        Case(testDescription: "none", header: "none", body: document),
        Case(testDescription: "utf-8", header: "utf-8", body: document),
        Case(testDescription: "empty header", header: "", body: document, isAsDeclared: true),
        Case(testDescription: "br over plain bytes", header: "br", body: document),
        Case(testDescription: "gzip", header: "gzip", body: gzipped, isAsDeclared: true),
        Case(testDescription: "GZIP in capitals", header: "GZIP", body: gzip, isAsDeclared: true),
        Case(testDescription: "x-gzip", header: "x-gzip", body: gzip, isAsDeclared: true),
        Case(testDescription: "gzip over plain bytes", header: "gzip", body: document),
        Case(testDescription: "gzip unnamed", header: nil, body: gzipped),
        Case(testDescription: "gzip named deflate", header: "deflate", body: gzip),
        Case(testDescription: "gzip named utf-8", header: "utf-8", body: gzip),
        Case(testDescription: "gzip twice, named once", header: "gzip", body: StoredGzip.member(gzipped)),
        Case(
            testDescription: "gzip twice, named twice", header: "gzip, gzip", body: StoredGzip.member(gzip),
            isAsDeclared: true),
        Case(
            testDescription: "two members", header: "gzip",
            body: StoredGzip.member(Array(document.prefix(20))) + StoredGzip.member(Array(document.dropFirst(20))),
            isAsDeclared: true),
        Case(testDescription: "a tail of zeros", header: "gzip", body: gzipped + [0, 0, 0, 0], isAsDeclared: true),
        Case(
            testDescription: "a tail of text", header: "gzip", body: gzip + Array("<!-- x -->".utf8), isAsDeclared: true
        ),
        Case(testDescription: "deflate with zlib's wrapper", header: "deflate", body: zlibbed, isAsDeclared: true),
        Case(
            testDescription: "deflate without zlib's wrapper", header: "deflate", body: StoredGzip.bare(document),
            isAsDeclared: true),
        Case(testDescription: "deflate over plain bytes", header: "deflate", body: document),
        Case(testDescription: "zlib unnamed", header: nil, body: zlibbed),
        Case(
            testDescription: "deflate in gzip", header: "deflate, gzip", body: StoredGzip.member(zlibbed),
            isAsDeclared: true),
        Case(
            testDescription: "gzip of nothing", header: "gzip", body: StoredGzip.member([]), expected: [],
            isAsDeclared: true),
        Case(testDescription: "nothing under gzip", header: "gzip", body: [], expected: [], isAsDeclared: true),
        Case(
            testDescription: "a byte-order mark", header: nil, body: [0xef, 0xbb, 0xbf] + document,
            expected: [0xef, 0xbb, 0xbf] + document, isAsDeclared: true),
        Case(
            testDescription: "text that begins as zlib does", header: nil, body: Array("x\u{5e}y".utf8),
            expected: Array("x\u{5e}y".utf8), isAsDeclared: true),
    ]

    @Test("and is undone to the document", arguments: good)
    func undone(_ one: Case) async throws {
        try await withServer { _ in
            .reply("200 OK", one.header.map { ["Content-Encoding: \($0)"] } ?? [], body: one.body)
        } test: { server, client in
            let response = try await client.fetch(FetchRequest(url: server.url))
            #expect(Array(response.body) == one.expected)
            #expect((response.codingRemark == nil) == one.isAsDeclared, "\(response.codingRemark ?? "no remark")")
        }
    }

    struct BadCase: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let header: String?
        let body: [UInt8]
        let code: FetchError.Code
        var capBytes = 5_000_000
    }

    static let wrongChecksum: [UInt8] = Array(gzip.dropLast(8)) + [0, 0, 0, 0] + Array(gzip.suffix(4))
    static let large = StoredGzip.member([UInt8](repeating: 0x20, count: 200_000))
    static let bad = [
        BadCase(testDescription: "gzip cut", header: "gzip", body: Array(gzipped.dropLast(12)), code: .cutShort),
        BadCase(
            testDescription: "gzip cut before its checksum", header: "gzip", body: Array(gzip.dropLast(8)),
            code: .cutShort),
        BadCase(testDescription: "gzip cut and unnamed", header: nil, body: Array(gzip.dropLast(30)), code: .cutShort),
        BadCase(testDescription: "the beginning alone", header: "gzip", body: [0x1f, 0x8b], code: .cutShort),
        BadCase(
            testDescription: "a second member cut", header: "gzip", body: gzip + Array(gzip.dropLast(20)),
            code: .cutShort),
        BadCase(testDescription: "a wrong checksum", header: "gzip", body: wrongChecksum, code: .badEncoding),
        BadCase(
            testDescription: "a thousand members and one more", header: "gzip",
            body: Array(repeatElement(StoredGzip.member([]), count: 1_001).joined()), code: .badEncoding),
        BadCase(
            testDescription: "an unknown method", header: "gzip", body: [0x1f, 0x8b, 9] + Array(gzip.dropFirst(3)),
            code: .badEncoding),
        BadCase(testDescription: "deflate cut", header: "deflate", body: Array(zlibbed.dropLast(6)), code: .cutShort),
        BadCase(
            testDescription: "more than the cap, undone", header: "gzip", body: gzipped, code: .bodyTooLarge,
            capBytes: 46),
        BadCase(
            testDescription: "more than the cap as it comes", header: "gzip", body: large, code: .bodyTooLarge,
            capBytes: 100_000),
        BadCase(
            testDescription: "more than the cap in its second layer", header: "gzip",
            body: StoredGzip.member(gzipped), code: .bodyTooLarge, capBytes: 46),
    ]

    @Test("and is refused where they are not whole", arguments: bad)
    func refused(_ one: BadCase) async throws {
        try await withServer { _ in
            .reply("200 OK", one.header.map { ["Content-Encoding: \($0)"] } ?? [], body: one.body)
        } test: { server, client in
            let request = FetchRequest(url: server.url, limits: FetchLimits(bodyBytes: one.capBytes))
            #expect(await client.failure(request)?.code == one.code)
        }
    }

    @Test("also where the cap is the largest number there is")
    func largestCap() async throws {
        try await withServer { _ in
            .reply("200 OK", ["Content-Encoding: gzip"], body: Self.gzipped)
        } test: { server, client in
            let request = FetchRequest(url: server.url, limits: FetchLimits(bodyBytes: .max))
            let response = try await client.fetch(request)
            #expect(Array(response.body) == Self.document)
        }
    }

    @Test("also in a temporary file", arguments: ["gzip", "none", nil])
    func spooled(_ header: String?) async throws {
        for (body, expected) in [(Self.gzip, Self.document), (Self.document, Self.document)] {
            try await withServer { _ in
                .reply("200 OK", header.map { ["Content-Encoding: \($0)"] } ?? [], body: body)
            } test: { server, client in
                let response = try await client.fetch(FetchRequest(url: server.url, destination: .temporaryFile))
                #expect(try response.spooled?.bytes(at: 0, upTo: 1_000) == Data(expected))
            }
        }
    }

    @Test("and a temporary file is refused where they are not whole or too many")
    func spooledRefused() async throws {
        let cases: [(body: [UInt8], capBytes: Int, code: FetchError.Code)] = [
            (Array(Self.gzip.dropLast(9)), 1_000, .cutShort), (Self.wrongChecksum, 1_000, .badEncoding),
            (Self.gzipped, 40, .bodyTooLarge),
        ]
        for (body, capBytes, code) in cases {
            try await withServer { _ in
                .reply("200 OK", ["Content-Encoding: gzip"], body: body)
            } test: { server, client in
                let request = FetchRequest(
                    url: server.url, limits: FetchLimits(bodyBytes: capBytes), destination: .temporaryFile)
                #expect(await client.failure(request)?.code == code)
            }
        }
    }

    @Test("and the page of a refusal never makes the fetch fail, however it is coded", arguments: [404, 503])
    func pageOfRefusal(_ status: Int) async throws {
        try await withServer { _ in
            .reply("\(status) Sorry", ["Content-Encoding: gzip"], body: Array(Self.gzip.dropLast(9)))
        } test: { server, client in
            let response = try await client.fetch(FetchRequest(url: server.url))
            #expect(response.status == status)
        }
    }
}
