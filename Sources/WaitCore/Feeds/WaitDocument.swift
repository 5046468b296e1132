import struct Foundation.Data

/// A document with A&E readings: as either feed publishes it, or a collection's file.
package struct WaitDocument: Sendable {
    /// Far more than Hong Kong's 18; each name would become a hospital.
    private static let mostRecords = 500

    /// The feed's own update time, never the fetch time; nil where the readings are of several times (an imported file).
    package let observedAt: HongKongMinute?
    package let readings: [PublishedReading]
    package let faults: [ReadFault]
    /// Records that said the same as one before them.
    package let duplicates: Int
    package let drift: [Drift]

    /// One hospital's record.
    package struct PublishedReading: Hashable, Sendable {
        /// Position in the document, counted from 1.
        package let record: Int
        package let hospitalName: String
        package let observedAt: HongKongMinute
        /// Verbatim, in the order of the feed's figures; empty where there is none.
        package let texts: [String]
    }

    /// Reads `{"waitTime":[{…}],"updateTime":"…"}`. Each figure stands alone: one that is missing or cannot be read costs no other.
    /// - Throws: `ReadFault` where the bytes are not such a document, its `updateTime` cannot be read, or no record has any of the
    ///   figures (then it is another feed's document).
    init(bytes: Data, figures: [Figure]) throws(ReadFault) {
        let object = try JSONDocument.object(in: bytes)
        let minute = try Self.updateTime(of: object)
        let values = object.all("waitTime").flatMap { $0.array ?? [] }
        guard !values.isEmpty else {
            throw ReadFault(
                field: "waitTime", text: object["waitTime"]?.text ?? "", reason: "There is no list of hospitals.")
        }
        try JSONDocument.refuse(values, most: Self.mostRecords)
        let objects = values.compactMap(\.object)
        let keys = figures.map(\.key)
        guard objects.isEmpty || objects.contains(where: { object in keys.contains { object[$0] != nil } }) else {
            throw ReadFault(
                field: "waitTime", text: object["waitTime"]?.text ?? "",
                reason: "No record has any of this feed's figures, so it is not a document of this feed.")
        }
        var found = Hospitals(figures)
        let read = JSONDocument.records(in: values) { record throws(ReadFault) in try found.take(record, at: minute) }
        observedAt = minute
        readings = found.readings
        faults = (read.faults + found.faults).inOrder
        duplicates = found.duplicates
        drift =
            JSONDocument.drift(of: objects, expected: ["hospName"] + keys)
            + JSONDocument.drift(of: [object], expected: ["waitTime", "updateTime"])
    }

    /// Readings that somebody else has collected.
    init(collected readings: [PublishedReading], faults: [ReadFault], duplicates: Int) {
        self.readings = readings
        self.faults = faults
        self.duplicates = duplicates
        observedAt = nil
        drift = []
    }

    /// - Throws: `ReadFault` where it cannot be read, or stands twice and names two times.
    private static func updateTime(of object: JSONObject) throws(ReadFault) -> HongKongMinute {
        let values = object.all("updateTime")
        guard let minute = values.first?.string.flatMap(UpdateTimeText.minute) else {
            throw ReadFault(
                field: "updateTime", text: values.first?.text ?? "",
                reason: "The update time cannot be read, so no reading of this document has a time.")
        }
        guard let other = values.first(where: { $0.string.flatMap(UpdateTimeText.minute) != minute }) else {
            return minute
        }
        throw ReadFault(
            field: "updateTime", text: other.text,
            reason: "The document has two update times, so it is not known which of them its readings have.")
    }
}

/// The hospitals of a document, each once: a second record of one fills in the figures that the first has none of.
private struct Hospitals {
    private let figures: [Figure]
    private(set) var readings: [WaitDocument.PublishedReading] = []
    private(set) var faults: [ReadFault] = []
    private(set) var duplicates = 0
    private var places: [String: Int] = [:]

    init(_ figures: [Figure]) {
        self.figures = figures
    }

    /// - Throws: `ReadFault` where the record is of no hospital.
    mutating func take(_ record: JSONRecord, at minute: HongKongMinute) throws(ReadFault) {
        let keys = figures.map(\.key)
        let reading = WaitDocument.PublishedReading(
            record: record.number, hospitalName: try record.name("hospName"), observedAt: minute,
            texts: keys.map(record.text))
        faults += record.contradictions(keys)
        let identity = PublishedText.identity(reading.hospitalName)
        guard let index = places[identity] else {
            places[identity] = readings.count
            readings.append(reading)
            return
        }
        merge(reading, into: index)
    }

    /// Equal records are one; of different figures the first stands, and the other is a fault that is reported.
    private mutating func merge(_ other: WaitDocument.PublishedReading, into index: Int) {
        let first = readings[index]
        var texts = first.texts
        var isDifferent = false
        for (position, figure) in figures.enumerated() {
            let (one, two) = (
                Phrase(kind: figure.kind, text: texts[position]), Phrase(kind: figure.kind, text: other.texts[position])
            )
            if one.meaning == .missing {
                texts[position] = two.text
            } else if two.meaning != .missing, !one.saysTheSame(as: two) {
                isDifferent = true
            }
        }
        readings[index] = .init(
            record: first.record, hospitalName: first.hospitalName, observedAt: first.observedAt, texts: texts)
        guard isDifferent else {
            duplicates += 1
            return
        }
        faults.append(
            ReadFault(
                record: other.record, field: "hospName", text: other.hospitalName,
                reason: "The hospital stands twice in this document with different figures; its first record stands."))
    }
}
