import GRDB
import WaitCore

/// Renders readings: everything that recurs (names, phrases, origins) is rendered once, before the first page.
struct ReadingRows: Sendable {
    let table: String
    /// Columns of phrase ids, in the order of the export.
    let figures: [String]
    /// Places by code; the cells of each stand at the same index.
    let hospitals: [Int64]

    private let format: RowFormat
    private let hospitalCells: [(opening: [UInt8], names: [UInt8])]
    private let phrases: PhraseCells
    /// What stands before observed_unix, capture_id and the last three columns.
    private let leads: (unix: [UInt8], capture: [UInt8], time: [UInt8])
    /// resuscitation by what triage I and II say; empty for the old feed.
    private let resuscitation: [[UInt8]]
    /// trial (where there is one) and origin: by twice the origin, plus one for a trial.
    private let standing: [[UInt8]]
    private let launch: Int
    /// From observed_time to the end of the row: by weekday.
    private let closings: [[UInt8]]

    init(_ dataset: ExportDataset, _ format: RowFormat, _ db: Database) throws {
        guard let table = dataset.readings else { preconditionFailure("a dataset of readings has a table") }
        self.format = format
        self.table = table.name
        let names = dataset.columns.map(\.name)
        let lead = { (name: String) in names.firstIndex(of: name).map { format.leads[$0] } ?? [] }
        let hasStates = dataset == .aeWaits
        figures = hasStates ? Self.waitFigures : table.columns
        phrases = try PhraseCells(format: format, leads: Array(format.leads[3..<(3 + figures.count)]), db)
        let quote = format.time.opening
        let places = try Row.fetchAll(
            db, sql: "SELECT id, code, name_en, name_tc FROM place WHERE kind = 'hospital' ORDER BY code")
        hospitals = try places.map { try $0["id"] }
        hospitalCells = try places.map { place in
            try (
                lead("hospital") + format.text(place["code"]) + lead("observed_at") + quote,
                lead("hospital_name_en") + format.text(place["name_en"])
                    + lead("hospital_name_tc") + format.text(place["name_tc"])
                    + lead("observed_date") + quote
            )
        }
        let shut = format.kind == .ndjson ? quote : []
        leads = (lead("observed_unix"), lead("capture_id"), shut + lead("observed_time") + quote)
        resuscitation = hasStates ? [false, true, nil].map { lead("resuscitation") + format.flag($0) } : []
        standing = CaptureOrigins.names.flatMap { origin in
            [false, true].map { trial in
                (hasStates ? lead("trial") + format.flag(trial) : [])
                    + lead("origin") + (origin.isEmpty ? format.none : format.text(origin))
            }
        }
        launch =
            try Int.fetchOne(
                db, sql: "SELECT ifnull(life_from_minute, ?) FROM feed WHERE name = ?",
                arguments: [Int.min, table.feed]) ?? .min
        closings = (1...7).map { shut + lead("weekday") + format.number($0) + format.terminator }
    }

    private static let waitFigures = [
        "t1", "t2", "t3_p50", "t3_p95", "t45_p50", "t45_p95", "t1_managing", "t2_managing",
    ]

    /// The rows of a page; one with a phrase newer than the export is newer itself, and left out.
    func render(_ page: ReadingPage) -> ExportPage {
        var output = ExportPage()
        output.bytes.reserveCapacity(page.minutes.count * 256)
        var day = RenderedDay(minute: 0)
        for (index, run) in page.runs.enumerated() {
            let end = index + 1 < page.runs.count ? page.runs[index + 1].start : page.minutes.count
            for row in run.start..<end {
                if !day.contains(page.minutes[row]) { day = RenderedDay(minute: page.minutes[row]) }
                if append(row, of: page, hospital: run.hospital, day, to: &output.bytes) { output.rows += 1 }
            }
        }
        return output
    }

    /// Returns whether the row belongs to the export.
    private func append(
        _ row: Int, of page: ReadingPage, hospital: Int, _ day: RenderedDay, to bytes: inout [UInt8]
    ) -> Bool {
        let ids = page.phrases[(row * figures.count)..<((row + 1) * figures.count)]
        guard ids.allSatisfy(phrases.holds) else { return false }
        let minute = page.minutes[row]
        let time = format.time
        bytes += hospitalCells[hospital].opening
        bytes += day.date
        bytes += time.middle
        day.appendTime(of: minute, to: &bytes)
        bytes += time.closing
        bytes += leads.unix
        bytes.append(decimal: Int64(minute) * 60)
        for (column, id) in ids.enumerated() { phrases.append(id, column: column, to: &bytes) }
        if !resuscitation.isEmpty {
            bytes += resuscitation[phrases.resuscitation(ids[ids.startIndex], ids[ids.startIndex + 1])]
        }
        bytes += standing[Int(page.origins[row]) * 2 + (minute < launch ? 1 : 0)]
        bytes += leads.capture
        bytes.append(decimal: page.captures[row])
        bytes += hospitalCells[hospital].names
        bytes += day.date
        bytes += leads.time
        day.appendTime(of: minute, to: &bytes)
        bytes += closings[day.weekday - 1]
        return true
    }
}

/// A Hong Kong day whose text is rendered once for its 96 quarter hours.
private struct RenderedDay {
    let date: [UInt8]
    let weekday: Int
    private let start: Int

    init(minute: Int) {
        let day = HongKongMinute(sinceEpoch: minute).dayStart
        (start, weekday, date) = (day.sinceEpoch, day.weekday, Array(day.dayText.utf8))
    }

    func contains(_ minute: Int) -> Bool { minute >= start && minute < start + 1_440 }

    func appendTime(of minute: Int, to bytes: inout [UInt8]) {
        bytes.append(twoDigits: (minute - start) / 60)
        bytes.append(UInt8(ascii: ":"))
        bytes.append(twoDigits: (minute - start) % 60)
        bytes.append(contentsOf: [UInt8(ascii: ":"), UInt8(ascii: "0"), UInt8(ascii: "0")])
    }
}

/// The cell of every phrase in every column, with what stands before it, end to end in one run of bytes.
private struct PhraseCells: Sendable {
    private enum State: UInt8 {
        case unknown, plain, resuscitation, unrecognised
    }

    private var states: [UInt8] = []
    private var bytes: [UInt8] = []
    /// Where the cell of (phrase, column) begins; it ends where the next begins.
    private var starts: [Int] = []
    private let columns: Int

    init(format: RowFormat, leads: [[UInt8]], _ db: Database) throws {
        columns = leads.count
        let rows = try Row.fetchCursor(db, sql: "SELECT id, kind, minutes, qualifier FROM phrase ORDER BY id")
        while let row = try rows.next() {
            let id: Int = try row["id"]
            guard (1...MetricValues.mostPhrases).contains(id) else { throw StoreError.damagedPhrase(id) }
            while states.count <= id { appendUnknown() }
            states[id] = Self.state(try row["qualifier"]).rawValue
            starts.removeLast(columns)
            let minutes: Int? = try row["minutes"]
            let isFlag = try row["kind"] as String == PhraseKind.flag.rawValue
            let cell = isFlag ? format.flag(minutes.map { $0 != 0 }) : format.number(minutes)
            for lead in leads {
                starts.append(bytes.count)
                bytes += lead + cell
            }
        }
        starts.append(bytes.count)
    }

    func holds(_ id: Int64) -> Bool {
        id >= 0 && id < states.count && states[Int(id)] != State.unknown.rawValue
    }

    func append(_ id: Int64, column: Int, to output: inout [UInt8]) {
        let cell = Int(id) * columns + column
        bytes.withUnsafeBufferPointer { bytes in
            output.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[starts[cell]..<starts[cell + 1]]))
        }
    }

    /// 1: several resuscitations, 0: not, 2: unknown; as the view `ae_wait` has it.
    func resuscitation(_ t1: Int64, _ t2: Int64) -> Int {
        let (one, two) = (states[Int(t1)], states[Int(t2)])
        if one == State.resuscitation.rawValue || two == State.resuscitation.rawValue { return 1 }
        return one == State.unrecognised.rawValue || two == State.unrecognised.rawValue ? 2 : 0
    }

    private mutating func appendUnknown() {
        states.append(State.unknown.rawValue)
        for _ in 0..<columns { starts.append(bytes.count) }
    }

    private static func state(_ qualifier: String) -> State {
        switch Qualifier(rawValue: qualifier) {
        case .resuscitation: .resuscitation
        case .unrecognised, .missing: .unrecognised
        default: .plain
        }
    }
}
