import WaitCore
import WaitStore

/// The two routes of an aggregate in buckets: for every hospital or those named, and for one by its path.
struct BucketedRoutes<Size: RawRepresentable<String> & Sendable>: Sendable {
    /// The routes' last segment.
    let name: String
    /// Their summary, up to the hospitals.
    let summary: String
    /// The name of one hospital's schema.
    let schema: String
    let by: Parameter<String>
    let usualSize: Size
    let ask: @Sendable (AnswerContext, [String], AggregateQuestion, Size) throws -> AggregateAnswer

    var several: Endpoint {
        Endpoint(
            "/v1/\(name)", "\(summary), for every hospital or those named.",
            parameters: [.query(Parameters.hospitals)] + parameters, schema: AggregateSchema.several(schema),
            dependsOn: .recordAndSlot
        ) { query, context in
            let question = try context.aggregateQuestion(query)
            return try answer(context.aggregateHospitals(query, question), question, query, context)
        }
    }

    var one: Endpoint {
        Endpoint(
            "/v1/hospitals/{code}/\(name)", "\(summary), for one hospital.",
            parameters: [.path(Parameters.code)] + parameters, schema: .named(schema), dependsOn: .recordAndSlot
        ) { query, context in
            let code = try context.hospital(query[Parameters.code] ?? "", parameter: Parameters.code.name)
            return try answer([code], context.aggregateQuestion(query), query, context)
        }
    }

    /// The same rows as a table.
    var csv: Endpoint {
        Endpoint(
            "/v1/hospitals/{code}/\(name).csv", "\(summary), for one hospital, as CSV.",
            parameters: [.path(Parameters.code)] + parameters + [.query(Parameters.excel)], mediaTypes: [.csv],
            dependsOn: .recordAndSlot
        ) { query, context in
            let code = try context.hospital(query[Parameters.code] ?? "", parameter: Parameters.code.name)
            let isForExcel = query[Parameters.excel] ?? false
            let question = try context.aggregateQuestion(query)
            var csv = try answer([code], question, query, context) { answer, by in
                let report = AggregateRows.report(answer, by: by, isForExcel: isForExcel)
                let text = report.csv(isSimulated: answer.isSimulated)
                return (isForExcel ? RowFormat.byteOrderMark : []) + Array(text.utf8)
            }
            csv.mediaType = .csv
            let isSimulated = try context.database.isSimulated()
            csv.fields = Answer.fileFields(
                FileName.marked(fileName(code, question, query), isSimulated: isSimulated), isSimulated: isSimulated)
            return csv
        }
    }

    /// `QMH-trend-t45_p50-by-day-2026-10.csv`.
    private func fileName(_ code: String, _ question: AggregateQuestion, _ query: Query) -> String {
        let range = FileName.range(from: question.from, to: question.to).map { "-\($0)" } ?? ""
        return "\(code)-\(name)-\(question.metric.name)-by-\(query[by] ?? usualSize.rawValue)\(range).csv"
    }

    private var parameters: [DeclaredParameter] { [.query(by)] + Parameters.aggregate }

    /// - Throws: `Problem` 400 where there would be too many rows.
    private func answer(
        _ codes: [String], _ question: AggregateQuestion, _ query: Query, _ context: AnswerContext,
        as bytes: (AggregateAnswer, String) -> [UInt8] = { AggregateJSON.bytes($0, by: $1) }
    ) throws -> Answer {
        let size = query[by].flatMap(Size.init(rawValue:)) ?? usualSize
        do {
            let answer = try ask(context, codes, question, size)
            return context.aggregateAnswer(bytes(answer, size.rawValue), answer.range)
        } catch let error as StoreError where error.code == .tooLarge {
            throw Problem.parameter(by.name, error.message)
        }
    }
}
