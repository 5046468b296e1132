import GRDB
import WaitCore

/// Cells of rows, decoded with an error in place of a trap.
///
/// GRDB ends the process where a cell is not of the type that is asked for: NULL in a column that is NOT NULL, text in one of
/// numbers. A damaged file holds such cells. In this module these subscripts shadow GRDB's, which take the same arguments and
/// cannot throw, so that the compiler refuses a cell that is decoded without `try`. They are disfavoured where both are
/// visible, in tests.
extension Row {
    /// - Throws: `StoreError` where the cell is not a `Value`; never for an optional that is NULL.
    @_disfavoredOverload
    subscript<Value: DatabaseValueConvertible>(_ column: String) -> Value {
        get throws { try decoding(column) { try decode(Value.self, forColumn: column) } }
    }

    @_disfavoredOverload
    subscript<Value: DatabaseValueConvertible & StatementColumnConvertible>(_ column: String) -> Value {
        get throws { try decoding(column) { try decode(Value.self, forColumn: column) } }
    }

    @_disfavoredOverload
    subscript<Value: DatabaseValueConvertible>(_ index: Int) -> Value {
        get throws { try decoding("\(index + 1)") { try decode(Value.self, atIndex: index) } }
    }

    @_disfavoredOverload
    subscript<Value: DatabaseValueConvertible & StatementColumnConvertible>(_ index: Int) -> Value {
        get throws { try decoding("\(index + 1)") { try decode(Value.self, atIndex: index) } }
    }

    private func decoding<Value>(
        _ column: @autoclosure () -> String, _ body: () throws -> Value
    ) throws(StoreError) -> Value {
        do {
            return try body()
        } catch {
            throw StoreError.damagedRow(column: column())
        }
    }
}

/// Times of rows, refused where no clock of ours or of a publisher can have said them: a flipped bit makes such numbers, with
/// which no arithmetic is safe.
extension Row {
    /// A minute of the years 1970 to 9999.
    /// - Throws: `StoreError` where it is something else.
    func minute(_ column: String) throws -> HongKongMinute {
        try Self.minute(self[column], column)
    }

    func minute(_ column: String) throws -> HongKongMinute? {
        try (self[column] as Int?).map { try Self.minute($0, column) }
    }

    func minute(_ index: Int) throws -> HongKongMinute {
        try Self.minute(self[index], "\(index + 1)")
    }

    /// Seconds since 1970, up to the year 9999.
    /// - Throws: `StoreError` where it is something else.
    func unix(_ column: String) throws -> Int {
        try Self.unix(self[column], column)
    }

    func unix(_ column: String) throws -> Int? {
        try (self[column] as Int?).map { try Self.unix($0, column) }
    }

    /// The minute that `unix` falls in.
    func instant(_ column: String) throws -> HongKongMinute {
        HongKongMinute(secondsSince1970: Double(try unix(column) as Int))
    }

    /// A quota; nil where there is none.
    /// - Throws: `StoreError` where it is larger than any text of a document says.
    func quota(_ column: String) throws -> Double? {
        try Self.quota(self[column], column)
    }

    func quota(_ index: Int) throws -> Double? {
        try Self.quota(self[index], "\(index + 1)")
    }

    private static func quota(_ quota: Double?, _ column: String) throws(StoreError) -> Double? {
        guard quota?.magnitude ?? 0 <= QuotaText.mostPlaces else { throw StoreError.damagedRow(column: column) }
        return quota
    }

    private static func minute(_ minute: Int, _ column: String) throws(StoreError) -> HongKongMinute {
        try HongKongMinute(stored: minute, column: column)
    }

    private static func unix(_ unix: Int, _ column: String) throws(StoreError) -> Int {
        guard HongKongMinute.storable.contains(unix / 60) else { throw StoreError.damagedRow(column: column) }
        return unix
    }
}

extension HongKongMinute {
    /// Minutes since 1970-01-01T00:00Z that a row may hold: from the day before, which is 1970 in Hong Kong, to the year 9999.
    static let storable = -1_440...4_223_371_199

    /// - Throws: `StoreError` where it is a minute of no such year.
    init(stored minute: Int, column: String = "observed_minute") throws(StoreError) {
        guard Self.storable.contains(minute) else { throw StoreError.damagedRow(column: column) }
        self.init(sinceEpoch: minute)
    }
}
