import struct Foundation.Data

extension Feed {
    /// Average consultation places a clinic offered per weekday over four weeks (docs/feeds.md, "Clinic quotas").
    ///
    /// The Chinese document comes first: its clinic names equal the directory's, so the English ones can be joined to them.
    package static let clinicQuota = Feed(
        id: "clinic-quota",
        title: "clinics' consultation quotas",
        documents: [.tc, .en, .sc].map { (language: Language) in
            Document(
                url: "https://www.ha.org.hk/pas_gopc/pas_gopc_avg_quota_pdf/g0_9uo7a_p-\(language.rawValue).json",
                language: language)
        },
        rhythm: .daily,
        defaultLanguages: [.tc, .en],
        life: Life(),
        figures: [],
        read: { bytes, _ throws(ReadFault) in .quotas(try QuotaDocument(bytes: bytes)) }
    )
}

/// A clinic-quota document: a bare array of records.
package struct QuotaDocument: Sendable {
    /// Far more than the 74 clinics of one period; each name would become a clinic.
    private static let mostRecords = 2_000
    private static let keys =
        ["Period", "District", "Clinic", "Doctor Consultation Sessions"] + QuotaRecord.weekdays

    package private(set) var records: [QuotaRecord]
    package private(set) var faults: [ReadFault]
    package let drift: [Drift]

    /// Each figure stands alone; a clinic and period given twice counts once if both agree, and is otherwise a fault.
    /// - Throws: `ReadFault` where the bytes are not an array of at most 2,000 records, or none has any quota.
    init(bytes: Data) throws(ReadFault) {
        let values = try JSONDocument.array(in: bytes, most: Self.mostRecords)
        let objects = values.compactMap(\.object)
        let isOfFeed = objects.contains { object in QuotaRecord.weekdays.contains { object[$0] != nil } }
        guard objects.isEmpty || isOfFeed else {
            throw ReadFault(
                text: JSONValue.array(values).text,
                reason: "No record has a quota of any weekday, so it is not a document of this feed.")
        }
        var found = Clinics()
        let read = JSONDocument.records(in: values) { record throws(ReadFault) in try found.take(record) }
        records = found.records
        faults = (read.faults + found.faults).inOrder
        drift = JSONDocument.drift(of: objects, expected: Self.keys)
    }

    /// How many days after its capture a period may end: its figures are of weeks that are over, or near.
    private static let mostDaysAhead = 92

    /// The document as it counts where it was captured at `minute`. A record whose period ends more than 92 days later is a fault:
    /// a wrong year would otherwise stay the newest period until that year is over.
    package func captured(at minute: HongKongMinute) -> QuotaDocument {
        let latest = minute.adding(minutes: Self.mostDaysAhead * 1_440)
        var document = self
        document.records.removeAll { $0.to > latest }
        document.faults += records.filter { $0.to > latest }.map { record in
            ReadFault(
                record: record.record, field: "Period", text: "\(record.from.dayNumber) to \(record.to.dayNumber)",
                reason: "The period ends more than 92 days after the capture, so no figures of it can be published.")
        }
        document.faults = document.faults.inOrder
        return document
    }

    /// The records of a document, each clinic and period once.
    private struct Clinics {
        private(set) var records: [QuotaRecord] = []
        private(set) var faults: [ReadFault] = []
        private var places: [Key: Int] = [:]

        private struct Key: Hashable {
            let clinic: String
            let from: HongKongMinute
            let to: HongKongMinute
        }

        mutating func take(_ json: JSONRecord) throws(ReadFault) {
            let record = try QuotaRecord(json)
            faults += json.contradictions(
                QuotaRecord.weekdays + ["District", "Doctor Consultation Sessions"])
            let key = Key(clinic: PublishedText.identity(record.clinicName), from: record.from, to: record.to)
            guard let index = places[key] else {
                places[key] = records.count
                records.append(record)
                return
            }
            guard records[index].fill(from: record) else { return }
            faults.append(
                ReadFault(
                    record: record.record, field: "Clinic", text: record.clinicName,
                    reason: "The clinic stands twice in this document with different quotas; its first record stands."))
        }
    }
}

/// One clinic's quotas over one period.
package struct QuotaRecord: Hashable, Sendable {
    /// Position in the document, counted from 1.
    package let record: Int
    package let clinicName: String
    /// Empty where the document does not say it.
    package let districtName: String
    /// First and last day of the period, Hong Kong midnights, both included.
    package let from: HongKongMinute
    package let to: HongKongMinute
    /// Empty where the document does not say it.
    package let sessionsText: String
    /// What is published for each day, Monday first, verbatim; empty where there is nothing.
    package private(set) var quotaTexts: [String]

    package static let weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]

    /// Places offered, Monday first, nil where there is no session that day or the text is not a number.
    package var quotas: [Double?] { quotaTexts.map(QuotaText.places) }

    /// What a record has in common with the same clinic's in another language.
    package var figures: QuotaFigures {
        QuotaFigures(from: from, to: to, quotas: quotas)
    }

    /// - Throws: `ReadFault` where it has no clinic or no period that can be read.
    init(_ json: JSONRecord) throws(ReadFault) {
        record = json.number
        clinicName = try json.name("Clinic")
        districtName = Self.words(json, "District")
        sessionsText = Self.words(json, "Doctor Consultation Sessions")
        guard let period = json["Period"] else { throw json.fault("Period", "The field is missing.") }
        guard let period = period.object, json.object.contradictions["Period"] == nil else {
            throw json.fault("Period", "The field is not one JSON object.")
        }
        from = try Self.day(period, "from", json)
        to = try Self.day(period, "to", json)
        guard from <= to else { throw json.fault("Period", "The period ends before it begins.") }
        guard to <= from.adding(minutes: 366 * 1_440) else {
            throw json.fault("Period", "The period is longer than a year.")
        }
        quotaTexts = Self.weekdays.map(json.text)
    }

    /// Takes the figures that it has none of from another record of the clinic and period; returns whether others differ.
    fileprivate mutating func fill(from other: QuotaRecord) -> Bool {
        var isDifferent = false
        for (day, text) in other.quotaTexts.enumerated() where !QuotaText.isMissing(text) {
            if QuotaText.isMissing(quotaTexts[day]) {
                quotaTexts[day] = text
            } else if !QuotaText.isSame(quotaTexts[day], text) {
                isDifferent = true
            }
        }
        return isDifferent
    }

    /// A text, empty where there is none.
    private static func words(_ json: JSONRecord, _ key: String) -> String {
        json[key] == .null ? "" : json.text(key)
    }

    private static func day(_ period: JSONObject, _ key: String, _ json: JSONRecord) throws(ReadFault) -> HongKongMinute
    {
        guard let value = period[key] else { throw json.fault("Period", "The field \(key) is missing.") }
        let text: String? = if case .number(let digits) = value { digits } else { value.string }
        guard let day = text.flatMap(DayText.day), period.contradictions[key] == nil else {
            throw ReadFault(
                record: json.number, field: key, text: value.text, reason: "The field is not a day as YYYYMMDD.")
        }
        return day
    }
}

/// Period and the seven quotas: the part of a record that reads the same in every language.
package struct QuotaFigures: Hashable, Sendable {
    package let from: HongKongMinute
    package let to: HongKongMinute
    package let quotas: [Double?]

    package init(from: HongKongMinute, to: HongKongMinute, quotas: [Double?]) {
        (self.from, self.to, self.quotas) = (from, to, quotas)
    }
}
