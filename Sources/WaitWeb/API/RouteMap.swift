extension RouteMap {
    /// Every route there is: a new endpoint is a file beside this one and a line here.
    static let standard = RouteMap(endpoints: [
        .page,
        .hospitals,
        .hospitalsGeoJSON,
        .hospital,
        .hospitalReadings,
        .hospitalTrend,
        .hospitalProfile,
        .latest,
        .latestGeoJSON,
        .trend,
        .profile,
        .compare,
        .clinics,
        .clinicsGeoJSON,
        .clinicQuotas,
        .districts,
        .coverage,
        .export,
        .feeds,
        .evidence,
        .payload,
        .openAPI,
        .health,
        .metrics,
    ])
}
