import WaitCore

@testable import WaitStore

/// Changes of places and their names, for places that are known in each of the ways there are.
extension Change {
    private static let shippedHospital = "code = 'AHN'"
    private static let institution = "kind = 'hospital' AND NOT is_emergency"
    private static let specialist = "kind = 'specialist'"
    private static let clinic = "kind = 'clinic' AND latitude IS NOT NULL"
    private static let unknownHospital = "name_en = '\(FilledRecord.hospital)'"
    private static let unknownClinic = "name_en = '\(FilledRecord.clinic)'"

    /// A place of each sort.
    private static let sorts = [shippedHospital, institution, specialist, clinic, unknownHospital, unknownClinic]

    static let places = sorts.flatMap { sort in
        (texts.map { ($0, "\($0) || ' '") } + facts).map { Change("place", $0, $1, where: sort) }
    }
    static let otherPlaces = [
        Change("place", "attempt_id", "NULL", where: shippedHospital),
        Change("place", "name_en", "upper(name_en)", where: unknownHospital),
        Change("place", "coordinates_source", "replace(coordinates_source, '-14)', '-15)')", where: specialist),
        Change("place", "coordinates_source", "replace(coordinates_source, 'fmc', 'gop')", where: clinic),
        Change("place", "id", "9999", where: clinic, named: "place_name"),
    ]

    private static let facts = [
        ("code", "code || 'x'"), ("is_emergency", "1 - is_emergency"),
        ("latitude", "ifnull(latitude + 0.000001, 22.3)"), ("longitude", "ifnull(longitude + 0.000001, 114.1)"),
        ("coordinates_source", "ifnull(coordinates_source || ' ', 'https://example.org')"),
        ("attempt_id", "ifnull(attempt_id + 1, 1)"),
        ("kind", "CASE kind WHEN 'clinic' THEN 'hospital' ELSE 'clinic' END"),
    ]

    private static let texts = ["name", "cluster", "district", "address"].flatMap { stem in
        Language.allCases.map { "\(stem)_\($0.rawValue)" }
    }

    static let names = PlaceNames.Match.allCases.flatMap { match in
        let condition = "matched_by = '\(match.rawValue)'"
        let others = PlaceNames.Match.allCases.filter { $0 != match }
        return [
            Change(
                "place_name", "kind", "CASE kind WHEN 'clinic' THEN 'specialist' ELSE 'clinic' END", where: condition),
            Change("place_name", "text", "text || ' '", where: condition),
            Change("place_name", "key", "key || ' '", where: condition),
            Change("place_name", "place_id", "place_id + 1", where: condition),
            Change("place_name", "place_id", unplaced(besides: match), where: condition),
            Change("place_name", "attempt_id", "ifnull(attempt_id + 20, 1)", where: condition),
        ]
            + others.map {
                Change(
                    "place_name", "matched_by", "'\($0.rawValue)'",
                    where: $0 == .name ? "\(condition) AND \(withoutTwin)" : condition)
            }
    }
    static let nameIDs = [Change("place_name", "id", "9999", where: "matched_by = 'figures'", named: "quota_record")]

    /// No other name of the place is the same but for its suffix.
    private static let withoutTwin = """
        NOT EXISTS (SELECT 1 FROM place_name twin WHERE twin.place_id = place_name.place_id AND twin.id <> place_name.id
        AND twin.key = place_name.key)
        """

    /// A place that has no coordinates to contradict the name.
    private static func unplaced(besides match: PlaceNames.Match) -> String {
        let condition = match == .unplaced ? "place.kind <> place_name.kind" : "place.kind = place_name.kind"
        return "(SELECT id FROM place WHERE latitude IS NULL AND \(condition))"
    }
}
