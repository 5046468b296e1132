package import WaitCore

/// What the command and the API answer about datasets, each shape once.
package enum DatasetJSON {
    /// A page of rows: `data`, what was asked, and what goes with the figures.
    /// - Parameter next: makes the address or cursor of what follows a row's key; nil: all rows are in the answer.
    package static func rows(
        of dataset: Dataset, _ question: TableQuestion, from database: WaitDatabase, to json: inout JSONWriter,
        next: (([Cell]) -> String)? = nil
    ) throws {
        var piece = question
        // One more tells whether there are any.
        if let limit = question.limit { piece.limit = limit + 1 }
        let columns = try database.columns(of: dataset, question)
        var (count, last): (Int, [Cell]?) = (0, nil)
        var isCut = false
        json.key("data")
        try json.array { json in
            try database.rows(of: dataset, piece) { cells, key in
                if count == question.limit {
                    isCut = true
                    return
                }
                json.object { json in
                    for (cell, column) in zip(cells, columns) { json.field(column.name, cell, column.kind) }
                }
                (count, last) = (count + 1, key)
            }
        }
        json.field("dataset", dataset.id)
        json.field("as_of", question.asOf.map(SecondText.rfc3339))
        json.key("range")
        json.object { json in
            json.field("from", question.from)
            json.field("to", question.to)
        }
        try words(of: dataset, from: database, to: &json)
        json.field("next", isCut ? last.flatMap { key in next?(key) } : nil)
    }

    package static func changes(
        _ changes: [TableChange], of dataset: Dataset, from database: WaitDatabase, to json: inout JSONWriter
    ) throws {
        json.field(
            "data",
            array: { json in
                for change in changes { json.object { write(change, of: dataset, to: &$0) } }
            })
        json.field("dataset", dataset.id)
        try words(of: dataset, from: database, to: &json)
        json.field("next", nil as String?)
    }

    package static func write(_ change: TableChange, of dataset: Dataset, to json: inout JSONWriter) {
        json.field("at", SecondText.rfc3339(change.atUnix))
        json.field("change", change.kind.rawValue)
        for (name, cell) in zip(dataset.table.key, change.key) { json.field(name, cell, dataset.table.kind(of: name)) }
        let kind = change.column.map(dataset.table.kind(of:)) ?? .text
        json.field("column", change.column)
        json.field("before", change.before, kind)
        json.field("after", change.after, kind)
        json.field("capture_id", Int(change.captureID))
    }

    package static func editions(
        of dataset: Dataset, from database: WaitDatabase, to json: inout JSONWriter
    ) throws {
        let editions = try database.editions(of: dataset)
        json.field(
            "data",
            array: { json in
                for edition in editions {
                    json.object { json in
                        json.field("edition", edition.sha256)
                        json.field("document", edition.document)
                        json.field("seen_from", SecondText.rfc3339(edition.seenFromUnix))
                        json.field("seen_last", SecondText.rfc3339(edition.seenLastUnix))
                        json.field("next_seen", edition.nextSeenUnix.map(SecondText.rfc3339))
                        json.field("rows", edition.rows)
                        json.field("whole", edition.isWhole)
                        json.field("capture_id", Int(edition.firstCaptureID))
                    }
                }
            })
        json.field("dataset", dataset.id)
        try words(of: dataset, from: database, to: &json)
        json.field("next", nil as String?)
    }

    /// The catalogue.
    package static func list(
        _ summaries: [DatasetSummary], from database: WaitDatabase, to json: inout JSONWriter
    ) throws {
        json.field("data", array: { json in for summary in summaries { json.object { write(summary, to: &$0) } } })
        json.field("next", nil as String?)
        json.provenance(isSimulated: try database.isSimulated())
    }

    /// The catalogue's entry of a dataset, in an object that is open.
    package static func write(_ summary: DatasetSummary, to json: inout JSONWriter) {
        let dataset = summary.dataset
        json.field("id", dataset.id)
        json.trilingual("title", dataset.title)
        json.trilingual("publisher", dataset.publisher.name)
        json.field("terms", dataset.publisher.terms)
        json.field("plan", array: { json in for row in dataset.plan { json.value(row) } })
        json.field("cadence", dataset.cadence.rawValue)
        json.field("rows", summary.rows)
        json.field("editions", summary.editions)
        json.field("newest_edition", summary.newestEditionUnix.map(SecondText.rfc3339))
        json.field("confirmed_at", summary.confirmedUnix.map(SecondText.rfc3339))
        json.field("last_day", summary.lastDay)
        json.field("key", array: { json in for name in dataset.table.key { json.value(name) } })
        json.field(
            "columns",
            array: { json in
                for column in dataset.table.columns {
                    json.object { json in
                        json.field("name", column.name)
                        json.field("kind", column.kind.rawValue)
                        json.field("unit", column.measure?.unit)
                        json.field("adds", column.measure?.adds.rawValue)
                        json.trilingual("title", column.title)
                        json.field("meaning", column.meaning)
                    }
                }
            })
        json.field(
            "documents",
            array: { json in
                for document in dataset.documents {
                    json.object { json in
                        json.field("url", document.url)
                        json.field("language", document.language?.rawValue)
                    }
                }
            })
    }

    /// `source`, `caveat` and `simulated`.
    static func words(of dataset: Dataset, from database: WaitDatabase, to json: inout JSONWriter) throws {
        json.field("source", dataset.publisher.attribution)
        if let caveat = dataset.publisher.caveat { json.field("caveat", caveat) }
        json.field("simulated", try database.isSimulated())
    }
}

extension JSONWriter {
    /// A cell of a column of that kind.
    package mutating func field(_ name: String, _ cell: Cell, _ kind: TableColumn.Kind) {
        key(name)
        switch cell {
        case .null: null()
        case .text(let text): value(text)
        case .integer(let number): if kind == .flag { value(number != 0) } else { value(Int(number)) }
        case .decimal(let number): value(number)
        }
    }
}

extension TableSchema {
    package func kind(of column: String) -> TableColumn.Kind {
        position(column).map { columns[$0].kind } ?? .text
    }
}
