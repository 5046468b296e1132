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
        texts.map { Change("place", $0, "\($0) || ' '", where: sort) } + [
            Change("place", "code", "code || 'x'", where: sort),
            Change("place", "is_emergency", "1 - is_emergency", where: sort),
            Change("place", "latitude", "ifnull(latitude + 0.000001, 22.3)", where: sort),
            Change("place", "longitude", "ifnull(longitude + 0.000001, 114.1)", where: sort),
            Change("place", "coordinates_source", "ifnull(coordinates_source || ' ', 'https://example.org')", where: sort),
            Change("place", "attempt_id", "ifnull(attempt_id + 1, 1)", where: sort),
            Change("place", "kind", "'hospital'", where: "kind <> 'hospital' AND \(sort)").unless(sort.contains("hosp")),
        ].compactMap { $0 }
    } + [
        Change("place", "kind", "'specialist'", where: shippedHospital),
        Change("place", "kind", "'specialist'", where: unknownHospital),
        Change("place", "attempt_id", "NULL", where: shippedHospital),
        Change("place", "name_en", "upper(name_en)", where: unknownHospital),
        Change("place", "coordinates_source", "replace(coordinates_source, '-14)', '-15)')", where: specialist),
        Change("place", "coordinates_source", "replace(coordinates_source, 'fmc', 'gop')", where: clinic),
        Change("place", "id", "9999", where: clinic, named: "place_name"),
    ]

    private static let texts = ["name", "cluster", "district", "address"].flatMap { stem in
        Language.allCases.map { "\(stem)_\($0.rawValue)" }
    }

    static let names = PlaceNames.Match.allCases.flatMap { match in
        let condition = "matched_by = '\(match.rawValue)'"
        return [
            Change("place_name", "kind", "'specialist'", where: "kind <> 'specialist' AND \(condition)"),
            Change("place_name", "text", "text || ' '", where: condition),
            Change("place_name", "key", "key || ' '", where: condition),
            Change("place_name", "place_id", "place_id + 1", where: condition),
            Change("place_name", "place_id", unplaced(besides: match), where: condition),
            Change("place_name", "attempt_id", "ifnull(attempt_id + 20, 1)", where: condition),
            Change("place_name", "matched_by", "'shipped'", where: condition).unless(match == .shipped),
            Change("place_name", "matched_by", "'directory'", where: condition).unless(match == .directory),
            Change("place_name", "matched_by", "'name'", where: condition).unless(match == .name),
            Change("place_name", "matched_by", "'figures'", where: condition).unless(match == .figures),
            Change("place_name", "matched_by", "'unplaced'", where: condition).unless(match == .unplaced),
        ].compactMap { $0 }
    } + [Change("place_name", "id", "9999", where: "matched_by = 'figures'", named: "quota_record")]

    /// A place that has no coordinates to contradict the name.
    private static func unplaced(besides match: PlaceNames.Match) -> String {
        let condition = match == .unplaced ? "place.kind <> place_name.kind" : "place.kind = place_name.kind"
        return "(SELECT id FROM place WHERE latitude IS NULL AND \(condition))"
    }

    private func unless(_ condition: Bool) -> Change? { condition ? nil : self }
}
