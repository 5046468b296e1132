/// What is written beside an export so that it can be read, checked and cited without us: a Frictionless Data Package
/// (specs.frictionlessdata.io, version 1).
///
/// It holds nothing of the time of writing: made again from the same record it is the same, byte for byte.
package struct DataPackage: Sendable {
    /// The data file, as it was written.
    package struct File: Sendable {
        package let name: String
        package let byteCount: Int
        package let sha256: String
        package let rows: Int

        package init(name: String, byteCount: Int, sha256: String, rows: Int) {
            (self.name, self.byteCount, self.sha256, self.rows) = (name, byteCount, sha256, rows)
        }
    }

    /// The newest capture that the export may hold rows of.
    package struct Newest: Sendable {
        package let capture: Int
        package let capturedAt: String

        package init(capture: Int, capturedAt: String) {
            (self.capture, self.capturedAt) = (capture, capturedAt)
        }
    }

    package var request: ExportRequest
    package var file: File
    /// Nil for lists of places.
    package var range: TimeRange?
    /// Nil where nothing is expected by the quarter hour.
    package var coverage: SlotCounts?
    package var newest: Newest?
    package var version: String
    package var isSimulated: Bool

    package init(
        _ request: ExportRequest, file: File, range: TimeRange?, coverage: SlotCounts?, newest: Newest?,
        version: String, isSimulated: Bool
    ) {
        (self.request, self.file, self.range, self.coverage) = (request, file, range, coverage)
        (self.newest, self.version, self.isSimulated) = (newest, version, isSimulated)
    }

    /// The text of datapackage.json.
    package func json() -> [UInt8] {
        var json = JSONWriter()
        json.object { json in
            json.field("profile", isTabular ? "tabular-data-package" : "data-package")
            json.field("name", name)
            json.field("title", title)
            json.field("description", "\(request.dataset.about) \(Attribution.caveat)")
            json.field("homepage", "https://data.gov.hk/")
            writeSources(to: &json)
            writeScope(to: &json)
            json.field("resources", array: { $0.object(writeResource) })
        }
        return JSONText.indented(json.take())
    }

    /// The line that a paper or an article prints.
    package var citation: String {
        let span = range.map { ", \($0.from.rfc3339) to \($0.to.rfc3339)" } ?? ""
        let state = newest.map { ", record up to capture \($0.capture) of \($0.capturedAt)" } ?? ""
        let source =
            isSimulated
            ? "Waitkeeper's demo, not the Hospital Authority" : "Hospital Authority (Hong Kong), via DATA.GOV.HK"
        return "\(source): \(title)\(span). Compiled by Waitkeeper \(version)\(state)."
    }

    private var title: String {
        isSimulated ? "SIMULATED, no real figures: \(request.dataset.title)" : request.dataset.title
    }

    /// A name in lower case, as Frictionless wants it.
    private var name: String { (isSimulated ? "simulated-" : "") + request.dataset.rawValue }

    /// The columns of the file.
    private var columns: [ExportColumn] { request.dataset.columns + (isSimulated ? [.simulated] : []) }

    private var isTabular: Bool { request.format != .geojson }

    private func writeSources(to json: inout JSONWriter) {
        json.field(
            "licenses",
            array: { json in
                json.object {
                    $0.field("title", "Terms and Conditions of Use of DATA.GOV.HK")
                    $0.field("path", "https://data.gov.hk/en/terms-and-conditions")
                }
            })
        json.field(
            "sources",
            array: { json in
                for feed in request.dataset.feeds {
                    for document in feed.documents {
                        json.object {
                            $0.field("title", "Hospital Authority, via DATA.GOV.HK: \(feed.title)")
                            $0.field("path", document.url)
                        }
                    }
                }
            })
        json.field("source", Attribution.source)
    }

    private func writeScope(to json: inout JSONWriter) {
        json.field("citation", citation)
        json.field("generator", "Waitkeeper \(version)")
        json.field("simulated", isSimulated)
        json.field("timezone", "Asia/Hong_Kong")
        if let newest {
            json.field(
                "newest_capture",
                object: { json in
                    json.field("id", newest.capture)
                    json.field("captured_at", newest.capturedAt)
                })
        }
        if let range { json.field("range", range) }
        if request.dataset == .aeWaits { json.field("trial_included", request.includesTrial) }
        if let coverage { write(coverage, to: &json) }
    }

    private func write(_ coverage: SlotCounts, to json: inout JSONWriter) {
        json.field(
            "coverage",
            object: { json in
                json.field(
                    "unit", "hospital quarter hours: in the range and the feed's life, before the newest capture")
                json.fields(of: coverage)
            })
    }

    private func writeResource(to json: inout JSONWriter) {
        json.field("profile", isTabular ? "tabular-data-resource" : "data-resource")
        json.field("name", name)
        json.field("path", file.name)
        json.field("format", request.format.rawValue)
        json.field("mediatype", request.format.mediaType.prefixBeforeParameters)
        json.field("encoding", request.isForExcel ? "utf-8-sig" : "utf-8")
        json.field("bytes", file.byteCount)
        json.field("hash", "sha256:\(file.sha256)")
        guard isTabular else { return }
        json.field("rows", file.rows)
        if request.format == .csv {
            json.field(
                "dialect",
                object: { json in
                    json.field("delimiter", ",")
                    json.field("lineTerminator", "\r\n")
                    json.field("quoteChar", "\"")
                    json.field("doubleQuote", true)
                    json.field("header", true)
                })
        }
        json.field(
            "schema",
            object: { json in
                json.field(
                    "fields",
                    array: { json in
                        for column in columns { write(column, to: &json) }
                    })
                json.field(
                    "primaryKey",
                    array: { json in
                        for name in request.dataset.key { json.value(name) }
                    })
                json.field("missingValues", array: { $0.value("") })
            })
    }

    private func write(_ column: ExportColumn, to json: inout JSONWriter) {
        json.object { json in
            json.field("name", column.name)
            json.field("type", column.kind.rawValue)
            if let format = format(of: column.kind) { json.field("format", format) }
            if let unit = column.unit { json.field("unit", unit) }
            json.field("description", column.meaning)
            if column.kind == .boolean {
                json.field("trueValues", array: { $0.value(column == .simulated ? "true" : "1") })
                json.field("falseValues", array: { $0.value(column == .simulated ? "false" : "0") })
            }
        }
    }

    private func format(of kind: ExportColumn.Kind) -> String? {
        switch kind {
        case .datetime: request.isForExcel ? "%Y-%m-%d %H:%M:%S" : "%Y-%m-%dT%H:%M:%S%z"
        case .date: "%Y-%m-%d"
        case .time: "%H:%M:%S"
        case .string, .integer, .number, .boolean: nil
        }
    }
}

extension String {
    /// `text/csv` of `text/csv; charset=utf-8`.
    fileprivate var prefixBeforeParameters: String { String(prefix { $0 != ";" }) }
}
