import WaitCore

extension RouteMap {
    /// Every route there is: a new endpoint is a file beside this one and a line here.
    init(_ catalogue: Catalogue) {
        let datasets = catalogue.datasets.flatMap(Endpoint.routes(of:))
        self.init(endpoints: Self.common + [.datasets(catalogue).inLane(.light)] + datasets)
    }

    /// The routes of this version's datasets.
    static let standard = RouteMap(.standard)

    private static let common: [Endpoint] = [
        .nowPage.inLane(.light),
        .asset.inLane(.light),
        .hospitalPage,
        .clinicsPage,
        .datasetsPage,
        .recordPage,
        .hospitals.inLane(.light),
        .hospitalsGeoJSON.inLane(.light),
        .hospital.inLane(.light),
        .hospitalReadings,
        .hospitalTrend,
        .hospitalTrendCSV,
        .hospitalProfile,
        .hospitalProfileCSV,
        .trendPicture,
        .profilePicture,
        .latest.inLane(.light),
        .latestGeoJSON.inLane(.light),
        .trend,
        .profile,
        .compare,
        .compareGeoJSON,
        .clinics.inLane(.light),
        .clinicsGeoJSON.inLane(.light),
        .clinicQuotas.inLane(.light),
        .districts.inLane(.light),
        .coverage,
        .export.inLane(.stream),
        .feeds.inLane(.light),
        .evidence.inLane(.light),
        .payload.inLane(.light),
        .openAPI.inLane(.light),
        .health.inLane(.health),
        .metrics.inLane(.metrics),
    ]
}
