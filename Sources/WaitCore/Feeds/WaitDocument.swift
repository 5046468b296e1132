import struct Foundation.Data

/// An A&E document of either feed: one `observedAt` and what each hospital published then.
package struct WaitDocument: Sendable {
    /// The feed's own update time, never the fetch time.
    package let observedAt: HongKongMinute
    package let readings: [PublishedReading]
    package let faults: [ReadFault]

    /// One hospital's record.
    package struct PublishedReading: Hashable, Sendable {
        /// Position in the document, counted from 1.
        package let record: Int
        package let hospitalName: String
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
            try Self.reading(record, number: number, figures: figures)
        }
        observedAt = minute
    }

    private static func reading(
        _ record: JSONRecord, number: Int, figures: [Figure]
    ) throws(ReadFault) -> PublishedReading {
        let name = try record.string("hospName")
        var texts: [String] = []
        texts.reserveCapacity(figures.count)
        for figure in figures {
            texts.append(try record.string(figure.key))
        }
        return PublishedReading(record: number, hospitalName: name, texts: texts)
    }
}
