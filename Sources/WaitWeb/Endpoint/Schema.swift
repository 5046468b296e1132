import WaitCore

/// The shape of a JSON value, as OpenAPI 3.1 states it (JSON Schema 2020-12, as far as it is needed here).
indirect enum Schema: Sendable {
    /// - Parameters:
    ///   - pattern: a regular expression that every such text matches.
    ///   - format: `date-time`, `date`, `uri`.
    case text(pattern: String? = nil, format: String? = nil)
    /// One of these words.
    case word([String])
    case integer(ClosedRange<Int>? = nil)
    case number(ClosedRange<Double>? = nil)
    case flag
    /// Or null.
    case optional(Schema)
    /// One of these shapes.
    case either([Schema])
    case list(Schema, count: ClosedRange<Int>? = nil)
    /// An object with at least these fields.
    case object([Field])
    /// An object whose keys are not known beforehand.
    case map(Schema)
    /// A schema under `components`, by name.
    case named(String)
    /// Any JSON value.
    case any

    struct Field: Sendable {
        let name: String
        let schema: Schema
        /// Whether it is always there.
        var isRequired = true
    }

    /// A time as every answer writes it.
    static let time = Schema.text(format: "date-time")
    /// A day: `2026-11-14`.
    static let day = Schema.text(format: "date")

    /// An object with these fields, in this order.
    static func fields(_ fields: KeyValuePairs<String, Schema>) -> Schema {
        .object(fields.map { Field(name: $0.key, schema: $0.value) })
    }

    /// Three fields, `name_en`, `name_tc` and `name_sc` for `name`.
    static func trilingual(_ name: String, _ schema: Schema = .text()) -> [Field] {
        Language.allCases.map { Field(name: "\(name)_\($0.rawValue)", schema: schema) }
    }

    /// `source`, `simulated` and `caveat`: what goes with figures; with places no caveat.
    static func words(hasCaveat: Bool = true) -> [Field] {
        [Field(name: "source", schema: .text()), Field(name: "simulated", schema: .flag)]
            + (hasCaveat ? [Field(name: "caveat", schema: .text())] : [])
    }

    /// Why nothing is counted, or what was left out; there only where there is something to say.
    static let note = Field(name: "note", schema: .text(), isRequired: false)
}

extension Schema {
    /// Writes the schema as a JSON object.
    func write(to json: inout JSONWriter) {
        json.object { writeFields(to: &$0) }
    }

    private func writeFields(to json: inout JSONWriter) {
        switch self {
        case .text(let pattern, let format):
            json.field("type", "string")
            if let pattern { json.field("pattern", pattern) }
            if let format { json.field("format", format) }
        case .word(let words):
            json.field("type", "string")
            json.field("enum", array: { json in for word in words { json.value(word) } })
        case .integer(let range):
            json.field("type", "integer")
            if let range { Self.write(range, "minimum", "maximum", to: &json) }
        case .number(let range):
            json.field("type", "number")
            if let range {
                json.field("minimum", range.lowerBound)
                json.field("maximum", range.upperBound)
            }
        case .flag: json.field("type", "boolean")
        case .optional(let schema):
            json.field(
                "anyOf",
                array: { json in
                    schema.write(to: &json)
                    json.object { $0.field("type", "null") }
                })
        case .either(let schemas):
            json.field("anyOf", array: { json in for schema in schemas { schema.write(to: &json) } })
        case .list(let item, let count):
            json.field("type", "array")
            json.key("items")
            item.write(to: &json)
            if let count { Self.write(count, "minItems", "maxItems", to: &json) }
        case .object(let fields): Self.write(fields, to: &json)
        case .map(let schema):
            json.field("type", "object")
            json.key("additionalProperties")
            schema.write(to: &json)
        case .named(let name): json.field("$ref", "#/components/schemas/\(name)")
        case .any: break
        }
    }

    private static func write(_ range: ClosedRange<Int>, _ least: String, _ most: String, to json: inout JSONWriter) {
        json.field(least, range.lowerBound)
        json.field(most, range.upperBound)
    }

    private static func write(_ fields: [Field], to json: inout JSONWriter) {
        json.field("type", "object")
        json.field(
            "properties",
            object: { json in
                for field in fields {
                    json.key(field.name)
                    field.schema.write(to: &json)
                }
            })
        json.field("required", array: { json in for field in fields where field.isRequired { json.value(field.name) } })
    }
}
