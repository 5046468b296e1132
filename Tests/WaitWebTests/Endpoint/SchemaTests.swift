import Foundation
import Testing

@testable import WaitWeb

@Suite("Declared shapes")
struct SchemaTests {
    @Test(
        "are those of what is answered, field by field",
        arguments: [
            "/v1/hospitals/QMH/trend?by=hour&in=2026-11-14&at_least=30&hours=08-10",
            "/v1/trend?by=day&in=2026-11-14&hospital=QMH,PWH", "/v1/trend?metric=resuscitation&hospital=QMH",
            "/v1/hospitals/QMH/profile?by=hour_of_week&metric=t45_p95", "/v1/profile?by=day_of_week",
            "/v1/compare?in=2026-11-14&metric=t3_p95", "/v1/compare.geojson?hospital=QMH,PWH",
            "/v1/compare.geojson?in=2026-11-14&metric=t3_p95&at_least=30&min_coverage=0",
            "/v1/coverage?by=hour&in=2026-11-14", "/v1/coverage?hospital=QMH,PWH&feed=ae-top-wait",
            "/v1/clinics/central-district-family-medicine-clinic/quotas", "/v1/districts",
            "/v1/readings/QMH/2026-11-14T09:15", "/v1/feeds", "/v1/hospitals", "/v1/hospitals.geojson",
            "/v1/hospitals/QMH", "/v1/clinics", "/v1/clinics.geojson", "/v1/datasets", "/v1/datasets/discharge",
            "/v1/datasets/discharge/changes", "/v1/datasets/discharge-by-age/editions",
        ])
    func whole(target: String) async throws {
        #expect(try await Self.faults(target, isWhole: true) == [])
    }

    @Test(
        "are part of what is answered of a feed's own figures",
        arguments: [
            "/v1/datasets/discharge/rows?totals=true", "/v1/datasets/discharge-by-age/rows?as_of=2026-11-14",
            "/v1/latest", "/v1/latest.geojson?feed=ae-top-wait", "/v1/hospitals/QMH/readings?feed=ae-wait",
        ])
    func part(target: String) async throws {
        #expect(try await Self.faults(target, isWhole: false) == [])
    }

    @Test(
        "are not those of other values",
        arguments: [
            ("null", Schema.text(), "$: null"), ("1.5", .integer(), "$: 1.5"), ("8", .integer(1...7), "$: 8.0"),
            ("2", .number(0...1), "$: 2.0"), ("true", .number(), "$: true"), ("\"x\"", .word(["a"]), "$: x"),
            ("\"2026-11-14\"", .time, "$: 2026-11-14"), ("[1,null]", .list(.number()), "$[1]: null"),
            ("{}", .fields(["a": .flag]), "$.a: missing"), ("{\"b\":1}", .object([]), "$.b: not declared"),
        ])
    func others(text: String, schema: Schema, fault: String) throws {
        let value = try JSONDecoder().decode(JSONValue.self, from: Data(text.utf8))
        #expect(SchemaCheck(isWhole: true).faults(value, schema) == [fault])
    }

    private static func faults(_ target: String, isWhole: Bool) async throws -> [String] {
        let schema = try #require(try RouteMap.standard.route(target).endpoint.schema)
        let answer = try await WebFixture.get(target)
        #expect(answer.status == .ok)
        let value = try JSONDecoder().decode(JSONValue.self, from: Data(buffer: answer.body))
        return SchemaCheck(isWhole: isWhole).faults(value, schema)
    }
}

/// Any JSON value, with numbers and flags told apart.
private enum JSONValue: Decodable {
    case null
    case flag(Bool)
    case number(Double)
    case text(String)
    case list([JSONValue])
    case object([String: JSONValue])

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let flag = try? container.decode(Bool.self) {
            self = .flag(flag)
        } else if let number = try? container.decode(Double.self) {
            self = .number(number)
        } else if let text = try? container.decode(String.self) {
            self = .text(text)
        } else if let list = try? container.decode([JSONValue].self) {
            self = .list(list)
        } else {
            self = .object(try container.decode([String: JSONValue].self))
        }
    }

    var text: String {
        switch self {
        case .null: "null"
        case .flag(let flag): "\(flag)"
        case .number(let number): "\(number)"
        case .text(let text): text
        case .list: "a list"
        case .object: "an object"
        }
    }
}

/// Holds values against schemas: what is not as declared, by path.
private struct SchemaCheck {
    /// Whether a field that is not declared is a fault.
    let isWhole: Bool

    func faults(_ value: JSONValue, _ schema: Schema, at path: String = "$") -> [String] {
        let fault = ["\(path): \(value.text)"]
        switch (schema, value) {
        case (.any, _), (.optional, .null), (.flag, .flag): return []
        case (.optional(let schema), _): return faults(value, schema, at: path)
        case (.named(let name), _):
            guard let schema = OpenAPIDocument.schemas.first(where: { $0.key == name }) else { return fault }
            return faults(value, schema.value, at: path)
        case (.either(let schemas), _):
            return schemas.map { faults(value, $0, at: path) }.min { $0.count < $1.count } ?? fault
        case (.text(_, let format), .text(let text)): return Self.has(format, text) ? [] : fault
        case (.word(let words), .text(let text)): return words.contains(text) ? [] : fault
        case (.integer(let range), .number(let number)):
            return Int(exactly: number).map { range?.contains($0) ?? true } ?? false ? [] : fault
        case (.number(let range), .number(let number)): return range?.contains(number) ?? true ? [] : fault
        case (.list(let item, let count), .list(let list)):
            guard count?.contains(list.count) ?? true else { return fault }
            return list.enumerated().flatMap { faults($1, item, at: "\(path)[\($0)]") }
        case (.map(let item), .object(let object)):
            return object.flatMap { faults($1, item, at: "\(path).\($0)") }
        case (.object(let fields), .object(let object)): return faults(object, fields, at: path)
        default: return fault
        }
    }

    private func faults(_ object: [String: JSONValue], _ fields: [Schema.Field], at path: String) -> [String] {
        let undeclared = Set(object.keys).subtracting(fields.map(\.name)).sorted().map { "\(path).\($0): not declared" }
        return (isWhole ? undeclared : [])
            + fields.flatMap { field -> [String] in
                let place = "\(path).\(field.name)"
                guard let value = object[field.name] else { return field.isRequired ? ["\(place): missing"] : [] }
                return faults(value, field.schema, at: place)
            }
    }

    private static func has(_ format: String?, _ text: String) -> Bool {
        switch format {
        case "date-time": text.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00/) != nil
        case "date": text.wholeMatch(of: /\d{4}-\d\d-\d\d/) != nil
        default: true
        }
    }
}
