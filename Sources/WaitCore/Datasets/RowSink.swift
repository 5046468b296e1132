/// Takes the rows of a document from its reader, one by one, and makes cells of what was published.
package struct RowSink {
    /// A value as a document has it.
    package indirect enum Published: Hashable, Sendable {
        /// `null`, nothing, or an empty text.
        case nothing
        /// In the digits of the document.
        case number(String)
        case text(String)
        /// `true`, `false`, an array or an object, as JSON.
        case json(String)
        /// Values under one key, or under keys that mean one field, that differ.
        case contradiction([Published])
    }

    /// Raised whenever the same records become other cells: tables are then made anew.
    package static let version = 1

    private let table: TableSchema
    private let keys: [Int]
    private var cells: [Cell] = []
    private var records: [Int] = []
    private var rowsByKey: [[Cell]: Int] = [:]
    private var known = KnownTexts()
    private var contested: Set<[Cell]> = []
    private var faults: [ReadFault] = []
    private var drift: [Drift] = []

    package init(_ table: TableSchema) {
        self.table = table
        keys = table.key.compactMap(table.position)
    }

    /// Takes one record: what it says of each field, and what it has beside them.
    ///
    /// Each figure stands alone: one that cannot be read is null, and its text goes to `other`. A record without a readable key, and
    /// records of one key that differ, are faults.
    /// - Parameters:
    ///   - number: its position in the document, from 1.
    ///   - other: what is kept verbatim, by the document's key.
    package mutating func add(_ number: Int, _ values: [String: Published], other: [String: Published] = [:]) {
        var row = Row(values: values, other: other)
        do throws(ReadFault) {
            for field in table.fields { try row.take(field, record: number, &known) }
        } catch {
            return faults.append(error)
        }
        unread(row.unread)
        let made = row.cells(of: table)
        let key = keys.map { made[$0] }
        guard let standing = rowsByKey[key] else {
            rowsByKey[key] = records.count
            cells += made
            return records.append(number)
        }
        guard !made.elementsEqual(cells[standing * made.count..<(standing + 1) * made.count]) else { return }
        if contested.insert(key).inserted { contradict(records[standing], key) }
        contradict(number, key)
    }

    /// Keeps a fault of the document.
    package mutating func add(_ fault: ReadFault) { faults.append(fault) }

    /// Reports a difference between the document's keys and the expected ones.
    package mutating func add(_ drift: [Drift]) { self.drift += drift }

    private mutating func unread(_ fields: [String]) {
        for field in fields where !drift.contains(Drift(key: field, change: .unread)) {
            drift.append(Drift(key: field, change: .unread))
        }
    }

    private mutating func contradict(_ record: Int, _ key: [Cell]) {
        faults.append(
            ReadFault(
                record: record, text: key.map(\.shown).joined(separator: ", "),
                reason: "The key stands twice in this document with different figures, so neither is taken."))
    }

    func finished() -> RowSet {
        let width = table.columns.count
        let kept = records.indices.filter { row in
            contested.isEmpty || !contested.contains(keys.map { cells[row * width + $0] })
        }
        return RowSet(
            cells: kept.count == records.count ? cells : kept.flatMap { cells[$0 * width..<($0 + 1) * width] },
            width: width, records: kept.map { records[$0] }, contested: contested, faults: faults.inOrder, drift: drift)
    }
}

/// One record on its way to a row.
private struct Row {
    let values: [String: RowSink.Published]
    var other: [String: RowSink.Published]
    private(set) var made: [String: Cell] = [:]
    private var totals: [String] = []
    /// Fields whose text is not what they are.
    private(set) var unread: [String] = []

    init(values: [String: RowSink.Published], other: [String: RowSink.Published]) {
        (self.values, self.other) = (values, other)
    }

    /// - Throws: `ReadFault` where the field belongs to the key and cannot be read.
    mutating func take(_ field: Field, record: Int, _ known: inout KnownTexts) throws(ReadFault) {
        let value = values[field.name] ?? .nothing
        if field.isKey, case .contradiction = value {
            throw fault(field, record, "The record has two values of it that differ, so its key is not known.")
        }
        switch field.kind {
        case .dimension(let codes): try take(field, codes, value, record, &known)
        case .ageGroup:
            try take(field, .slugs, value, record, &known)
            let (from, to) = AgeGroup.years(of: value.text ?? "")
            made["age_from"] = from.map { .integer(Int64($0)) }
            made["age_to"] = to.map { .integer(Int64($0)) }
        case .financialYear, .year:
            guard let period = value.text.flatMap({ known.period($0, of: field) }) else {
                throw fault(field, record, "The field is not a period.")
            }
            made[field.name] = period.code
            made["period_text"] = .text(period.text)
            made["period_from"] = .text(period.from)
            made["period_to"] = .text(period.to)
        case .text:
            if case .contradiction = value { keepUnread(field, value) }
            made[field.name] = value.text.map(Cell.text)
        case .integer, .decimal, .flag, .day:
            made[field.name] = figure(field, value)
        }
        if field.isKey, made[field.name].map(\.isNull) ?? true {
            throw fault(field, record, "The field belongs to the key and cannot be read.")
        }
    }

    /// A dimension that the document leaves empty is all of it; one that it does not have says nothing.
    private mutating func take(
        _ field: Field, _ codes: CodeList, _ value: RowSink.Published, _ record: Int, _ known: inout KnownTexts
    ) throws(ReadFault) {
        guard values[field.name] != nil else {
            if field.isKey { throw fault(field, record, "The field is missing.") }
            return
        }
        let text = value.text ?? ""
        made[field.name] = .text(known.code(of: text, codes, field))
        made["\(field.name)_text"] = text.isEmpty ? .null : .text(text)
        if made[field.name] == .text(CodeList.all) { totals.append(field.name) }
    }

    /// The figure that a value is; nil where it is none, then its text is kept.
    private mutating func figure(_ field: Field, _ value: RowSink.Published) -> Cell? {
        if value.isNothing { return nil }
        if let cell = value.cell(field.kind) { return cell }
        keepUnread(field, value)
        return nil
    }

    private mutating func keepUnread(_ field: Field, _ value: RowSink.Published) {
        other[field.name] = value
        unread.append(field.name)
    }

    func cells(of table: TableSchema) -> [Cell] {
        table.columns.map { column in
            switch column.name {
            case "is_total": .integer(totals.isEmpty ? 0 : 1)
            case "total_over": totals.isEmpty ? .null : .text(totals.joined(separator: ","))
            case "other": otherText.map(Cell.text) ?? .null
            default: made[column.name] ?? .null
            }
        }
    }

    private var otherText: String? {
        let kept = other.filter { !$0.value.isNothing }.sorted { $0.key < $1.key }
        guard !kept.isEmpty else { return nil }
        return "{" + kept.map { "\(JSONText.quoted($0.key)):\($0.value.json)" }.joined(separator: ",") + "}"
    }

    private func fault(_ field: Field, _ record: Int, _ reason: String) -> ReadFault {
        ReadFault(record: record, field: field.name, text: values[field.name]?.json ?? "", reason: reason)
    }
}

/// What the texts of a document mean, each worked out once: a document of many rows has few of them.
private struct KnownTexts {
    private var codes: [String: [String: String]] = [:]
    private var periods: [String: [String: PublishedPeriod?]] = [:]

    mutating func code(of text: String, _ list: CodeList, _ field: Field) -> String {
        if let code = codes[field.name]?[text] { return code }
        let code = list.code(of: text)
        codes[field.name, default: [:]][text] = code
        return code
    }

    mutating func period(_ text: String, of field: Field) -> PublishedPeriod? {
        if let period = periods[field.name]?[text] { return period }
        let period = PublishedPeriod(text, of: field.kind)
        periods[field.name, default: [:]][text] = .some(period)
        return period
    }
}
