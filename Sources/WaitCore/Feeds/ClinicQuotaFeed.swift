import struct Foundation.Data

extension Feed {
    /// Average consultation places a clinic offered per weekday over four weeks (FEEDS.md, "Clinic quotas").
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
    package let records: [QuotaRecord]
    package let faults: [ReadFault]

    /// - Throws: `ReadFault` where the bytes are no array of records.
    init(bytes: Data) throws(ReadFault) {
        let values = try JSONDocument.array(in: bytes)
        let clinic = RecordIdentity(key: "Clinic", noun: "clinic", besides: "Period")
        (records, faults) = JSONDocument.records(in: values, identity: clinic) { record, number throws(ReadFault) in
            try QuotaRecord(record, number: number)
        }
    }
}

/// One clinic's quotas over one period.
package struct QuotaRecord: Hashable, Sendable {
    /// Position in the document, counted from 1.
    package let record: Int
    package let clinicName: String
    package let districtName: String
    /// First and last day of the period, Hong Kong midnights, both included.
    package let from: HongKongMinute
    package let to: HongKongMinute
    package let sessionsText: String
    /// Places offered, Monday first, nil where there is no session that day.
    package let quotas: [Double?]

    package static let weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]

    /// What a record has in common with the same clinic's in another language.
    package var figures: QuotaFigures {
        QuotaFigures(from: from, to: to, quotas: quotas)
    }

    init(_ json: JSONRecord, number: Int) throws(ReadFault) {
        record = number
        clinicName = try json.string("Clinic")
        districtName = try json.string("District")
        sessionsText = try json.string("Doctor Consultation Sessions")
        let period = try json.record("Period")
        from = try Self.day(period, "from")
        to = try Self.day(period, "to")
        guard from <= to else { throw json.fault("Period", "The period ends before it begins.") }
        var quotas: [Double?] = []
        for weekday in Self.weekdays {
            quotas.append(try Self.quota(json, weekday))
        }
        self.quotas = quotas
    }

    /// `YYYYMMDD`.
    private static func day(_ json: JSONRecord, _ key: String) throws(ReadFault) -> HongKongMinute {
        let text = try json.string(key)
        guard text.utf8.count == 8, let number = Int(text), let day = HongKongMinute(dayNumber: number)
        else { throw json.fault(key, "The field is not a day as YYYYMMDD.") }
        return day
    }

    /// `"469.0"`, or `"N/A"` where there is no session that day.
    private static func quota(_ json: JSONRecord, _ key: String) throws(ReadFault) -> Double? {
        let text = try json.string(key).trimmedSpaces
        if text.uppercased() == "N/A" { return nil }
        let isDecimal = text.utf8.count <= 9 && text.allSatisfy { $0.isASCII && ($0.isNumber || $0 == ".") }
        guard isDecimal, text.first != ".", text.last != ".", let quota = Double(text) else {
            throw json.fault(key, "The field is neither a number of places nor N/A.")
        }
        return quota
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
