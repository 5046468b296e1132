/// What can be taken out of the record whole (contract: the names).
package enum ExportDataset: String, Sendable, CaseIterable {
    case aeWaits = "ae-waits"
    case aeTopWaits = "ae-top-waits"
    case clinicQuotas = "clinic-quotas"
    case hospitals, clinics
    /// The newest reading of every hospital on the map: GeoJSON only.
    case latest

    /// The feed whose slots say how complete the dataset is, nil for the others.
    package var ledgerFeed: String? {
        switch self {
        case .aeWaits: Feed.aeWait.id
        case .aeTopWaits: Feed.aeTopWait.id
        case .clinicQuotas, .hospitals, .clinics, .latest: nil
        }
    }

    /// Whether its rows have a time, so that a range can be asked for.
    package var isSeries: Bool { ledgerFeed != nil || self == .clinicQuotas }
}

/// The file formats of an export (contract: `--format`).
package enum ExportFormat: String, Sendable, CaseIterable {
    case csv, ndjson, geojson, xlsx

    package var mediaType: String {
        switch self {
        case .csv: "text/csv; charset=utf-8"
        case .ndjson: "application/x-ndjson"
        case .geojson: "application/geo+json"
        case .xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        }
    }
}

/// One export that makes sense: what the command and the API both ask the record for.
package struct ExportRequest: Sendable, Hashable {
    package let dataset: ExportDataset
    package let format: ExportFormat
    /// CSV as Excel reads it: a byte-order mark, its times, formula-safe cells.
    package let isForExcel: Bool
    package let from: HongKongMinute?
    /// Where the range ends; this minute is not part of it.
    package let to: HongKongMinute?
    /// Also the readings from before the feed's life.
    package let includesTrial: Bool

    /// - Throws: `ExportRefusal`: a combination that has no meaning, for 64 or 400.
    package init(
        _ dataset: ExportDataset, as format: ExportFormat, isForExcel: Bool = false, from: HongKongMinute? = nil,
        to: HongKongMinute? = nil, includesTrial: Bool = false
    ) throws(ExportRefusal) {
        (self.dataset, self.format, self.isForExcel) = (dataset, format, isForExcel)
        (self.from, self.to, self.includesTrial) = (from, to, includesTrial)
        if let (parameter, words) = nonsense { throw ExportRefusal(words, parameter: parameter) }
    }

    /// What a file of it is called: `ae-waits-2026-10.csv`.
    /// - Parameter isSimulated: a demo's files say so at the beginning of their names.
    package func fileName(isSimulated: Bool) -> String {
        let range = FileName.range(from: from, to: to).map { "-\($0)" } ?? ""
        return FileName.marked("\(dataset.rawValue)\(range).\(format.rawValue)", isSimulated: isSimulated)
    }

    /// Data rows a worksheet holds beneath its header line.
    package static let mostExcelRows = 1_048_575

    /// What has no meaning, and the parameter at fault.
    private var nonsense: (parameter: String?, words: String)? {
        if format == .xlsx {
            return (nil, "\(dataset.rawValue) is not exported as xlsx: ask for csv.")
        }
        if format == .geojson, dataset.isSeries {
            let words = """
                \(dataset.rawValue) is a series in time and has no GeoJSON: ask for csv or ndjson, or for the geojson of \
                latest, hospitals or clinics.
                """
            return (nil, words)
        }
        if dataset == .latest, format != .geojson {
            return (nil, "latest is exported as geojson only.")
        }
        if isForExcel, format != .csv {
            return ("excel", "Excel reads the csv, not \(format.rawValue): ask for csv, or without Excel.")
        }
        if !dataset.isSeries, from != nil || to != nil {
            return (
                from != nil ? "from" : "to",
                "\"\(dataset.rawValue)\" is what is known now, without a range: leave out from, to and in."
            )
        }
        if includesTrial, dataset != .aeWaits {
            return ("include_trial", "Only ae-waits has a trial that could be included.")
        }
        return nil
    }
}

/// An export that is not done, in one sentence that says what to ask for instead.
package struct ExportRefusal: Error, Sendable, CustomStringConvertible {
    package let description: String
    /// The API's parameter at fault; nil: the dataset or its format.
    package let parameter: String?

    package init(_ description: String, parameter: String? = nil) {
        (self.description, self.parameter) = (description, parameter)
    }
}
