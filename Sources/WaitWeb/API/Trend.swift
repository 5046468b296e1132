import WaitCore
import WaitStore

extension Endpoint {
    static let trend = routes.several
    static let hospitalTrend = routes.one
    static let hospitalTrendCSV = routes.csv

    private static let routes = BucketedRoutes(
        name: "trend", summary: "A metric's aggregates over time", schema: "Trend", by: Parameters.trendBy,
        usualSize: BucketSize.month
    ) { context, codes, question, size in
        try context.database.trend(
            of: codes, question, by: size, now: context.minute, mostRows: AnswerContext.mostRows)
    }
}
