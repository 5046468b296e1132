import Foundation
import Testing
import WaitCore
import WaitStore

@testable import WaitWeb

#if canImport(FoundationXML)
    import FoundationXML
#endif

/// A record of Queen Mary Hospital with a gap of a day, and pictures taken apart.
enum PictureFixture {
    /// 10, 11 and 13 November 2026 are whole, the 12th has nothing, of the 14th there is one reading.
    static func record() throws -> WaitDatabase {
        let database = try WebFixture.record()
        for day in [10, 11, 13] {
            for slot in 0..<96 { _ = try database.record([capture(day: day, slot: slot)]) }
        }
        return database
    }

    /// The same, made once: for requests alone, which change nothing.
    static func shared() throws -> WaitDatabase { try made.get() }

    /// Another record of the same captures.
    static func twin() throws -> WaitDatabase { try again.get() }

    private static let made = Result { try record() }
    private static let again = Result { try record() }

    private static func capture(day: Int, slot: Int) throws -> Capture {
        let hour = slot / 4
        let time =
            "\(day)/11/2026 \(hour % 12 == 0 ? 12 : hour % 12):\((slot % 4 * 15).padded(2))\(hour < 12 ? "AM" : "PM")"
        let reading = [
            "hospName": "Queen Mary Hospital", "t1wt": "0 minute", "manageT1case": slot % 8 == 0 ? "Y" : "N",
            "t2wt": "less than 15 minutes", "manageT2case": "N", "t3p50": "\(10 + slot / 4 + day) minutes",
            "t3p95": "\(50 + slot) minutes", "t45p50": "\(1 + slot / 24).5 hours", "t45p95": "6 hours",
        ]
        let root: [String: Any] = ["waitTime": [reading], "updateTime": time]
        let bytes = try JSONSerialization.data(withJSONObject: root, options: .sortedKeys)
        let document = try #require(Feed.aeWait.documents.first)
        let capturedAt = try WebFixture.date("2026-11-\(day.padded(2))T\(hour.padded(2)):\((slot % 4 * 15).padded(2))")
        return Capture(
            feed: .aeWait, document: document, origin: .live, capturedAt: capturedAt,
            answer: .body(Body(bytes, of: document, in: .aeWait, httpStatus: 200)))
    }

    static func get(_ target: String) async throws -> WebAnswer {
        try await WebFixture.get(target, of: shared())
    }

    static func picture(_ target: String) async throws -> Picture {
        let answer = try await get(target)
        #expect(answer.status == .ok, "\(answer.text)")
        return try Picture(answer.text)
    }
}

/// A picture as a reader of XML sees it.
struct Picture {
    let source: String
    let title: String
    /// The lines of its description.
    let description: [String]
    /// What is written in it.
    let texts: [String]
    /// Elements in their order.
    let elements: [(name: String, attributes: [String: String])]

    init(_ source: String) throws {
        let reader = Reader()
        let parser = XMLParser(data: Data(source.utf8))
        parser.delegate = reader
        #expect(parser.parse(), "\(parser.parserError.map { "\($0)" } ?? "")")
        self.source = source
        elements = reader.elements
        title = reader.texts.first { $0.name == "title" }?.text ?? ""
        description = (reader.texts.first { $0.name == "desc" }?.text ?? "").components(separatedBy: "\n")
        texts = reader.texts.filter { $0.name == "text" }.map(\.text)
    }

    func all(_ name: String) -> [[String: String]] { elements.filter { $0.name == name }.map(\.attributes) }

    /// Areas of what is missing, without the legend's.
    var gaps: [[String: String]] {
        all("rect").filter { $0["fill"]?.hasPrefix("url(#") == true && $0["height"] != "12" }
    }

    /// The subpaths of the line through the figures, each as its points' x.
    var lines: [[Double]] {
        let path = all("path").first { $0["stroke-linejoin"] == "round" }?["d"] ?? ""
        return path.split(separator: "M").map { part in
            part.split(separator: "L").compactMap { $0.split(separator: " ").first.flatMap { Double($0) } }
        }
    }

    private final class Reader: NSObject, XMLParserDelegate {
        var elements: [(name: String, attributes: [String: String])] = []
        var texts: [(name: String, text: String)] = []
        private var isOpen = false

        func parser(
            _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
            attributes: [String: String]
        ) {
            elements.append((name, attributes))
            texts.append((name, ""))
            isOpen = true
        }

        func parser(
            _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
        ) { isOpen = false }

        func parser(_ parser: XMLParser, foundCharacters text: String) {
            if isOpen { texts[texts.count - 1].text += text }
        }
    }
}
