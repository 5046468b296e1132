import struct Foundation.Data

/// A document with A&E readings: as either feed publishes it, or a collection's file.
package struct WaitDocument: Sendable {
    /// The feed's own update time, never the fetch time; nil where the readings are of several times (an imported file).
    package let observedAt: HongKongMinute?
    package let readings: [PublishedReading]
    package let faults: [ReadFault]
    /// Records that said the same as one before them, in an imported file.
    package let duplicates: Int

    /// One hospital's record.
    package struct PublishedReading: Hashable, Sendable {
        /// Position in the document, counted from 1.
        package let record: Int
        package let hospitalName: String
        package let observedAt: HongKongMinute
        /// Verbatim, in the order of the feed's figures.
        package let texts: [String]
    }

    /// Reads `{"waitTime":[{…}],"updateTime":"…"}`.
    /// - Throws: `ReadFault` where the bytes are no such document, or its `updateTime` cannot be read.
    init(bytes: Data, figures: [Figure]) throws(ReadFault) {
        let object = try JSONDocument.object(in: bytes)
        let updateTime = object["updateTime"] ?? .absent
        guard let text = updateTime.string, let minute = UpdateTimeText.minute(of: text) else {
            throw ReadFault(
                field: "updateTime", text: updateTime.text,
                reason: "The update time cannot be read, so no reading of this document has a time.")
        }
        guard let records = object["waitTime"]?.array, !records.isEmpty else {
            throw ReadFault(
                field: "waitTime", text: object["waitTime"]?.text ?? "", reason: "There is no list of hospitals.")
        }
        let hospital = RecordIdentity(key: "hospName", noun: "hospital")
        (readings, faults) = JSONDocument.records(in: records, identity: hospital) { record, number throws(ReadFault) in
            PublishedReading(
                record: number, hospitalName: try record.string("hospName"), observedAt: minute,
                texts: try Self.texts(record, figures))
        }
        (observedAt, duplicates) = (minute, 0)
    }

    /// Readings that somebody else has collected.
    init(collected readings: [PublishedReading], faults: [ReadFault], duplicates: Int) {
        (self.readings, self.faults, self.duplicates) = (readings, faults, duplicates)
        observedAt = nil
    }

    private static func texts(_ record: JSONRecord, _ figures: [Figure]) throws(ReadFault) -> [String] {
        var texts: [String] = []
        texts.reserveCapacity(figures.count)
        for figure in figures {
            texts.append(try record.string(figure.key))
        }
        return texts
    }
}
