import Foundation
import TestSupport
import Testing

@testable import WaitCore

@Suite("A document that is broken as a whole")
struct BrokenDocumentTests {
    @Test("is refused where it is cut, wherever it is cut", arguments: shapes)
    func cut(feed: String, document: String) throws {
        let feed = try #require(Catalogue.standard.feed(feed))
        let bytes = Data(document)
        for length in 0..<bytes.count {
            let fault = try #require(feed.refusal(of: bytes.prefix(length)), "read after \(length) bytes")
            #expect(fault.record == nil && fault.field == nil)
            #expect(fault.text == String(decoding: bytes.prefix(length), as: UTF8.self))
            #expect(fault.reason.hasPrefix("The document is not JSON in UTF-8 ("))
        }
    }

    @Test("is read where it is not cut", arguments: shapes)
    func uncut(feed: String, document: String) throws {
        #expect(try #require(Catalogue.standard.feed(feed)).refusal(of: Data(document)) == nil)
    }

    @Test("is read with a byte-order mark before it", arguments: shapes)
    func byteOrderMark(feed: String, document: String) throws {
        let content = try #require(Catalogue.standard.feed(feed)).content(
            of: Data([0xEF, 0xBB, 0xBF]) + Data(document))
        #expect(content.recordCount == 1)
        #expect(content.faults == [])
    }

    @Test("is refused where it is an HTML page", arguments: Feed.all.map(\.id))
    func html(feed: String) throws {
        let page = try Documents.fixture("bad/html-error.html")
        let fault = try #require(Catalogue.standard.feed(feed)?.refusal(of: page))
        #expect(fault.record == nil && fault.field == nil)
        #expect(fault.text == String(decoding: page, as: UTF8.self).prefix(1_000))
        #expect(fault.reason.hasPrefix("The document is not JSON in UTF-8 ("))
    }

    @Test(
        "is refused where a byte is not UTF-8", arguments: shapes, [[0xFF], [0xC0, 0xAF], [0xE4, 0xB8]] as [[UInt8]])
    func invalidUTF8(shape: (feed: String, document: String), bytes: [UInt8]) throws {
        let text = Data(shape.document)
        let name = try #require(text.firstRange(of: Data("Name of it")))
        let broken = text[..<name.lowerBound] + Data(bytes) + text[name.upperBound...]
        let fault = try #require(Catalogue.standard.feed(shape.feed)?.refusal(of: Data(broken)))
        #expect(fault.record == nil && fault.field == nil)
        #expect(fault.reason.hasPrefix("The document is not JSON in UTF-8 ("))
    }

    @Test("is refused where something is nested 10,000 deep", arguments: shapes)
    func deep(feed: String, document: String) throws {
        let nest = String(repeating: "[", count: 10_000) + String(repeating: "]", count: 10_000)
        let fault = Catalogue.standard.feed(feed)?.refusal(of: Data(document.replacing("\"Name of it\"", with: nest)))
        #expect(try #require(fault).reason.hasPrefix("The document is not JSON in UTF-8 ("))
    }

    @Test("is refused where something follows it", arguments: shapes, ["x", "{}", ",", "]"])
    func trailing(shape: (feed: String, document: String), rest: String) throws {
        let fault = Catalogue.standard.feed(shape.feed)?.refusal(of: Data(shape.document + rest))
        #expect(try #require(fault).reason.hasPrefix("The document is not JSON in UTF-8 ("))
    }

    @Test(
        "is refused where it is JSON but no object", arguments: ["ae-wait", "ae-top-wait"],
        ["[]", "[{}]", "null", "true", "12", "\"waitTime\""])
    func noObject(feed: String, document: String) throws {
        let text = document == "\"waitTime\"" ? "waitTime" : document
        let fault = ReadFault(text: text, reason: "The document is not a JSON object.")
        #expect(try #require(Catalogue.standard.feed(feed)).refusal(of: Data(document)) == fault)
    }

    @Test(
        "is refused where it is JSON but no list with something in it",
        arguments: ["clinic-quota", "hospital-directory", "clinic-directory", "specialist-directory"],
        ["[]", "{}", "{\"records\":[]}", "null", "false", "12"])
    func noList(feed: String, document: String) throws {
        let fault = ReadFault(text: document, reason: "The document is not a JSON array of records.")
        #expect(try #require(Catalogue.standard.feed(feed)).refusal(of: Data(document)) == fault)
    }

    @Test("is shown with no more than its first 1,000 characters")
    func longText() {
        let fault = Feed.aeWait.refusal(of: Data(String(repeating: "候", count: 5_000)))
        #expect(fault?.text == String(repeating: "候", count: 1_000))
    }

    /// One document of each shape, with one record of one name.
    private static let shapes: [(feed: String, document: String)] = [
        (
            "ae-top-wait",
            #"{"waitTime":[{"hospName":"Name of it","topWait":"Over 1 hour"}],"updateTime":"9/3/2020 6:30pm"}"#
        ),
        (
            "ae-wait",
            #"{"waitTime":[{"hospName":"Name of it","t1wt":"0 minute","manageT1case":"N","t2wt":"less than 15 minutes","#
                + #""manageT2case":"N","t3p50":"28 minutes","t3p95":"77 minutes","t45p50":"3 hours","t45p95":"4 hours"}],"#
                + #""updateTime":"20/1/2026 4:30AM"}"#
        ),
        (
            "clinic-quota",
            #"[{"Period":{"from":"20250518","to":"20250614"},"District":"Shatin","Clinic":"Name of it","#
                + #""Doctor Consultation Sessions":"Mon","Monday":"1.5","Tuesday":"N/A","Wednesday":"N/A","Thursday":"N/A","#
                + #""Friday":"N/A","Saturday":"N/A","Sunday":"N/A"}]"#
        ),
        (
            "clinic-directory",
            #"[{"cluster_eng":"C","cluster_tc":"C","cluster_sc":"C","institution_eng":"Name of it","institution_tc":"N","#
                + #""institution_sc":"N","address_eng":"A","address_tc":"A","address_sc":"A","latitude":22.3,"#
                + #""longitude":114.1}]"#
        ),
    ]
}
