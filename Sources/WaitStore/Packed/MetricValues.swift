import GRDB
import WaitCore

/// What a metric's phrase ids count as: places among its values.
struct MetricValues {
    /// Place of an id that is not a reading, and of a phrase that is not a number.
    static let (noReading, noNumber) = (0, 1)
    /// The values begin at this place.
    static let firstValue = 2

    /// Far more than are ever published, and few enough to keep a place for each.
    static let mostPhrases = 1 << 22
    /// Four digits of hours at most.
    static let numbers = 0...600_000

    let distribution: Distribution
    /// Phrase id → place, of every id of 16 bits at least; the last is that of ids beyond.
    let places: [UInt16]

    /// - Throws: `StoreError` where a phrase's row was damaged: what comes from a file is not trusted to be ours.
    init(_ metric: Metric, kind: PhraseKind, _ db: Database) throws {
        let rows = try Row.fetchAll(
            db.cachedStatement(
                sql: "SELECT id, minutes, lower_minutes, upper_minutes, qualifier FROM phrase WHERE kind = ?"),
            arguments: [kind.rawValue])
        let numbers = try rows.compactMap { row -> (id: Int, number: Int)? in
            guard let id: Int = try row[0], (1...Self.mostPhrases).contains(id) else {
                throw StoreError.damagedPhrase(try row[0] ?? 0)
            }
            let meaning = try ParsedWait(
                minutes: row[1], lower: row[2], upper: row[3], qualifier: Qualifier(rawValue: row[4]) ?? .unrecognised)
            return try metric.number(of: meaning).map { number in
                guard Self.numbers.contains(number) else { throw StoreError.damagedPhrase(id) }
                return (id, number)
            }
        }
        // Sixteen bits hold more values than minutes of a month.
        let values = Set(numbers.map(\.number)).sorted().prefix(Int(UInt16.max) - Self.firstValue)
        let ranks = Dictionary(uniqueKeysWithValues: zip(values, Self.firstValue...))
        var places = Array(
            repeating: UInt16(Self.noNumber), count: max(numbers.map(\.id).max() ?? 0, Int(UInt16.max)) + 2)
        places[0] = UInt16(Self.noReading)
        for (id, number) in numbers { places[id] = UInt16(ranks[number] ?? Self.noNumber) }
        self.places = places
        distribution = Distribution(values: Array(values))
    }

    /// How many places there are.
    var placeCount: Int { distribution.values.count + Self.firstValue }

    @inline(__always)
    func place(of id: UInt32) -> Int {
        Int(places[min(Int(id), places.count - 1)])
    }

    /// The number of a phrase, nil where it has none.
    func number(of id: UInt32) -> Int? {
        let place = place(of: id)
        return place < Self.firstValue ? nil : distribution.values[place - Self.firstValue]
    }
}
