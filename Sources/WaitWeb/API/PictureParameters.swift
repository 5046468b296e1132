import WaitCore
import WaitStore

extension Parameters {
    static let theme = Parameter.word(
        "theme", ChartTheme.allCases.map(\.rawValue), example: "dark",
        "The light it is drawn for; auto follows the reader's own. By default light.")

    /// What both pictures take besides the hospital and the buckets.
    static let picture: [DeclaredParameter] =
        aggregate.filter { $0.name != atLeast.name } + [.query(language), .query(theme)]
}

extension AnswerContext {
    /// What a picture is of.
    /// - Parameter by: how the range is cut, in the picture's language.
    func chartSubject(
        _ query: Query, _ answer: AggregateAnswer, asOf: HongKongMinute, by: (ChartWords) -> String
    ) throws -> (subject: ChartSubject, rows: [AggregateSeries.Row]) {
        guard let series = answer.series.first else { throw Problem.unavailable }
        let words = ChartWords(text: WaitText(language: query[Parameters.language] ?? .en))
        let theme = query[Parameters.theme].flatMap(ChartTheme.init(rawValue:)) ?? .light
        let subject = ChartSubject(
            hospital: HospitalTitle(code: series.hospital.code, names: series.hospital.name),
            question: answer.question, range: answer.range, asOf: asOf, by: by(words), words: words,
            // Of the request alone, so that it is the same each time, and another in a page with several pictures.
            pen: ChartPen(theme: theme, id: "wk" + String(FNV.hash(target), radix: 36)),
            isSimulated: try database.isSimulated())
        return (subject, series.rows)
    }

    /// An answer that is a picture: nothing in it runs or is fetched, wherever it is opened.
    func picture(_ markup: Markup, _ range: TimeRange) -> Answer {
        var answer = Answer(mediaType: .svg, body: .bytes(markup.bytes), lifetime: lifetime(of: range))
        answer.fields = [("content-security-policy", "default-src 'none'; style-src 'unsafe-inline'")]
        return answer
    }
}
