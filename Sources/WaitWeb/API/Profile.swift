import WaitCore
import WaitStore

extension Endpoint {
    static let profile = routes.several
    static let hospitalProfile = routes.one
    static let hospitalProfileCSV = routes.csv

    private static let routes = BucketedRoutes(
        name: "profile", summary: "What is usual by hour, weekday or month", schema: "Profile",
        by: Parameters.profileBy, usualSize: ProfileSize.hourOfDay
    ) { context, codes, question, size in
        try context.database.profile(of: codes, question, by: size, now: context.minute)
    }
}
