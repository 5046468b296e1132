import WaitCore

/// A parameter as it is declared once: its name, what it means, and how its text is read.
struct Parameter<Value: Sendable>: Sendable {
    let name: String
    /// One sentence for people.
    let about: String
    let example: String
    let schema: Schema
    /// What a text has to be: ends the sentence "… must be".
    let expectation: String
    /// Nil where the text is not as it must be.
    let read: @Sendable (String) -> Value?
}

/// A parameter at its place in an endpoint, whatever its type of value.
struct DeclaredParameter: Sendable {
    enum Place: String, Sendable {
        case path, query
    }

    let place: Place
    let name: String
    let about: String
    let example: String
    let schema: Schema
    let expectation: String
    let accepts: @Sendable (String) -> Bool
    /// Whether a request may give it several times; then each value is one of a list.
    var isRepeatable = false

    /// A parameter that may be given several times.
    static func repeated(_ parameter: Parameter<[String]>) -> DeclaredParameter {
        var declared = DeclaredParameter(parameter, .query)
        declared.isRepeatable = true
        return declared
    }

    static func path<Value>(_ parameter: Parameter<Value>) -> DeclaredParameter {
        DeclaredParameter(parameter, .path)
    }

    static func query<Value>(_ parameter: Parameter<Value>) -> DeclaredParameter {
        DeclaredParameter(parameter, .query)
    }

    private init<Value>(_ parameter: Parameter<Value>, _ place: Place) {
        self.place = place
        (name, about, example) = (parameter.name, parameter.about, parameter.example)
        (schema, expectation) = (parameter.schema, parameter.expectation)
        accepts = { parameter.read($0) != nil }
    }
}

extension Parameter where Value == String {
    /// One of these words.
    static func word(_ name: String, _ words: [String], example: String? = nil, _ about: String) -> Parameter<String> {
        Parameter(
            name: name, about: about, example: example ?? words.first ?? "", schema: .word(words),
            expectation: words.count == 1 ? words[0] : "one of \(words.joined(separator: ", "))"
        ) { words.contains($0) ? $0 : nil }
    }
}

extension Parameter where Value == [String] {
    /// A parameter that may be repeated: any of its values, each compared whole.
    static func values(_ name: String, _ about: String, example: String) -> Parameter<[String]> {
        Parameter(
            name: name, about: about, example: example, schema: .list(.text()),
            expectation: "a value, given once or several times"
        ) { $0.split(separator: Query.separator, omittingEmptySubsequences: false).map(String.init) }
    }
}

extension Parameter where Value == Int {
    /// A whole number.
    static func integer(_ name: String, _ range: ClosedRange<Int>, example: Int, _ about: String) -> Parameter<Int> {
        Parameter(
            name: name, about: about, example: String(example), schema: .integer(range),
            expectation: "a whole number from \(range.lowerBound) to \(range.upperBound)"
        ) { text in
            // Digits only: Int would also read "+5".
            guard text.utf8.count <= 10, text.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
            return Int(text).flatMap { range.contains($0) ? $0 : nil }
        }
    }
}

extension Parameter where Value == Bool {
    static func flag(_ name: String, _ about: String) -> Parameter<Bool> {
        Parameter(
            name: name, about: about, example: "true", schema: .flag, expectation: "true or false"
        ) { ["true": true, "false": false][$0] }
    }
}
