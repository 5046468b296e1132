import Foundation
import HTTPTypes
import Synchronization
import Testing
import WaitCore
import WaitStore

@testable import WaitWeb

@Suite("A tag names one state of one record")
struct RecordTagTests {
    static func capture(_ number: Int) throws -> Capture {
        try WebFixture.capture(
            .aeWait, Feed.aeWait.documents[0], at: "2026-11-14T09:32",
            ("14/11/2026 9:15AM", "14/11/2026 9:30AM"), ("minutes", "\(number) minutes of"))
    }

    @Test("after a restored backup the same generation has another tag")
    func restored() async throws {
        try await WebFixture.withFile { first, path in
            let copy = path + ".copy"
            _ = try first.backUp(to: copy)
            _ = try first.record([Self.capture(1)])
            let restored = try WaitDatabase.open(path: copy)
            _ = try restored.record([Self.capture(2)])
            #expect(try first.generation() == restored.generation())
            for target in [
                "/v1/latest", "/v1/hospitals/QMH/readings", "/v1/coverage", "/v1/export/ae-waits.csv", "/v1/feeds",
            ] {
                let one = try await WebFixture.get(target, of: first)
                let other = try await WebFixture.get(
                    target, of: restored, headers: [.ifNoneMatch: try #require(one.headers[.eTag])])
                #expect(other.status == .ok && other.headers[.eTag] != one.headers[.eTag], "\(target)")
            }
        }
    }

    @Test("two records of the same content have different tags")
    func others() async throws {
        let tags = try await [WebFixture.record(), WebFixture.record()].asyncMap {
            try await WebFixture.get("/v1/latest", of: $0).headers[.eTag]
        }
        #expect(tags[0] != tags[1] && !tags.contains(nil))
    }

    @Test("an answer is made from one state of the record, once, whoever writes meanwhile")
    func oneTransaction() async throws {
        try await WebFixture.withFile { writer, path in
            let asked = PageCounter()
            let busy = Endpoint("/busy", "Is written to while it is made.") { _, context in
                asked.add()
                let before = try context.database.version()
                _ = try writer.record([Self.capture(asked.pages)])
                let after = try context.database.version()
                let newest = try context.database.latest(in: ReadingTable.aeWait).compactMap(\.observedAt).max()
                return .json { json in
                    json.field("same", before == after)
                    json.field("newest", newest?.timeText)
                }
            }
            let reader = try WaitDatabase.openReadOnly(path: path)
            let answer = try await WebFixture.withClient(reader, routes: RouteMap(endpoints: [busy])) { client in
                try await client.get("/busy")
            }
            let json = try answer.json()
            #expect(json["same"] as? Bool == true && json["newest"] as? String == "09:15" && asked.pages == 1)
        }
    }
}

extension Sequence {
    func asyncMap<Value>(_ transform: (Element) async throws -> Value) async rethrows -> [Value] {
        var values: [Value] = []
        for element in self { values.append(try await transform(element)) }
        return values
    }
}
