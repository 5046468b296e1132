import GRDB
import WaitCore

/// Places against the directories, the quota documents and what ships inside the binary.
extension Verifier {
    func checkPlaces() throws {
        let names = try Row.fetchAll(db, sql: "SELECT place_id, text, matched_by, attempt_id FROM place_name")
        let namesByPlace = try Dictionary(grouping: names) { try $0["place_id"] as Int64 }
        for row in try Row.fetchAll(db, sql: "SELECT * FROM place") {
            guard let place = try StoredPlace(row, names: namesByPlace[row["id"]] ?? []) else { continue }
            if !isFactual(place) {
                found("place", place.code, "Its names, address or coordinates are not what its source says.")
            }
            if hasShippedPlaces, !place.isCodeFactual {
                found("place", place.code, "Its code is neither a shipped one of its own nor made of its name.")
            }
            if try !isEmergencyFactual(place) {
                found("place", place.code, "Whether it is an A&E hospital is not what the documents say.")
            }
            if !isDistrictFactual(place) { found("place", place.code, "Its district is not what its source says.") }
        }
    }

    private func isFactual(_ place: StoredPlace) -> Bool {
        guard let source = place.source else {
            if place.isAsShipped != nil, !hasShippedPlaces { return true }
            return place.isAsShipped ?? (place.shipsNoMore || isKnownByNameOnly(place))
        }
        guard let document = sourceDocuments[source], document.attempt.outcome != .duplicate else { return false }
        let expected = DirectoryWriter.source(document.attempt.document, capturedUnix: document.attempt.capturedUnix)
        return document.places.contains { published in
            place.isEqual(to: published) && (published.coordinates == nil || place.coordinatesSource == expected)
        }
    }

    /// A place that was not known before has the one name it was published under, in that document's language.
    private func isKnownByNameOnly(_ place: StoredPlace) -> Bool {
        let isBare = place.latitude == nil && place.longitude == nil && place.coordinatesSource == nil
        return isBare && place.cluster == Trilingual() && place.address == Trilingual()
            && place.names.contains { name in
                guard name.match == .unplaced, let source = name.source, let document = sourceDocuments[source] else {
                    return false
                }
                return place.name == Trilingual(name.text, in: document.attempt.document.language)
            }
    }

    /// What ships as an A&E hospital, has waits in eight documents, is known by its waits only, or is said to have a department
    /// is one; a directory that said so once is enough.
    private func isEmergencyFactual(_ place: StoredPlace) throws -> Bool {
        let isPublishing = place.kind == .hospital && place.names.contains { waitNames.contains($0.text) }
        let isShipped = place.kind == .hospital && place.shipped != nil
        let current = place.source.flatMap { sourceDocuments[$0] }?.places.first { place.isEqual(to: $0) }
        let isKnownByWaits = try isPublishing && (place.source == nil || countsAnywhere(place.id))
        let mustBe = isKnownByWaits || isShipped || current?.hasEmergency == true
        let mayBe =
            mustBe || isPublishing || place.shipsNoMore
            || place.names.contains { emergencyNames[place.kind]?.contains($0.text) == true }
        return place.isEmergency ? mayBe : !mustBe
    }

    private func countsAnywhere(_ place: Int64) throws -> Bool {
        let counts = ReadingTable.all.map(HospitalLives.counts).joined(separator: " OR ")
        return try Bool.fetchOne(db, sql: "SELECT \(counts) FROM place WHERE id = ?", arguments: [place]) ?? false
    }

    private func isDistrictFactual(_ place: StoredPlace) -> Bool {
        guard hasShippedPlaces, !place.shipsNoMore else { return true }
        let district = place.district
        let spellings =
            place.kind == .clinic ? Set(place.names.flatMap { districtsByName[$0.text] ?? [] }) : []
        let known = spellings.compactMap { BundledPlaces.district(spelled: $0.text) }
        guard known.isEmpty else { return known.contains(district) }
        guard !spellings.isEmpty else { return district == (place.shipped?.district ?? Trilingual()) }
        return Language.allCases.allSatisfy { language in
            let texts = spellings.filter { $0.language == language }.map(\.text)
            return texts.isEmpty ? district[language].isEmpty : texts.contains(district[language])
        }
    }
}

/// A row of `place` with its names.
private struct StoredPlace {
    struct Name {
        let text: String
        let match: PlaceNames.Match?
        let source: Int64?
    }

    let id: Int64
    let kind: PlaceKind
    let code: String
    let name: Trilingual
    let cluster: Trilingual
    let district: Trilingual
    let address: Trilingual
    let latitude: Double?
    let longitude: Double?
    let coordinatesSource: String?
    let isEmergency: Bool
    /// The capture whose directory document the facts are from.
    let source: Int64?
    let names: [Name]

    init?(_ row: Row, names: [Row]) throws {
        guard let kind = try PlaceKind(rawValue: row["kind"]) else { return nil }
        id = try row["id"]
        (self.kind, code, source, isEmergency) = try (kind, row["code"], row["attempt_id"], row["is_emergency"])
        (name, cluster) = try (row.trilingual("name"), row.trilingual("cluster"))
        (district, address) = try (row.trilingual("district"), row.trilingual("address"))
        (latitude, longitude, coordinatesSource) = try (
            row["latitude"], row["longitude"], row["coordinates_source"]
        )
        self.names = try names.map {
            try Name(text: $0["text"], match: PlaceNames.Match(rawValue: $0["matched_by"]), source: $0["attempt_id"])
        }
    }

    /// The shipped place of this code.
    var shipped: BundledPlace? { BundledPlaces.place(of: kind, code: code) }

    /// Whether an earlier version shipped it, and none of its names ships now: the facts it shipped with are not known here.
    var shipsNoMore: Bool {
        let shippedThen = names.filter { $0.match == .shipped }
        return shipped == nil && !shippedThen.isEmpty
            && !shippedThen.contains { BundledPlaces.ships($0.text, as: kind) }
    }

    /// Whether the facts are the shipped ones; nil where no place of this code ships.
    var isAsShipped: Bool? {
        shipped.map {
            name == $0.name && cluster == $0.cluster && address == $0.address
                && latitude == $0.coordinates?.latitude && longitude == $0.coordinates?.longitude
                && coordinatesSource == $0.coordinatesSource
        }
    }

    /// Whether it is as the directory has it; what the directory leaves out is as it was known before.
    func isEqual(to place: PublishedPlace) -> Bool {
        let isSomewhereElse = place.coordinates.map { latitude != $0.latitude || longitude != $0.longitude }
        return kind == place.kind && isSomewhereElse != true && holds(place.name, in: name)
            && holds(place.cluster, in: cluster) && holds(place.address, in: address)
    }

    private func holds(_ published: Trilingual, in stored: Trilingual) -> Bool {
        Language.allCases.allSatisfy { published[$0].isEmpty || published[$0] == stored[$0] }
    }

    /// A place that ships keeps its code, any other has a slug of a name it has or had.
    var isCodeFactual: Bool {
        if let shipped { return names.contains { $0.match == .shipped && $0.text == shipped.name.en } }
        return shipsNoMore || (names.map(\.text) + [name.en]).contains { PlaceName.isSlug(code, of: $0) }
    }
}

extension PlaceName {
    /// Whether `code` is the slug of `name`, or that with a number behind it because another place had it.
    static func isSlug(_ code: String, of name: String) -> Bool {
        [slug(of: name), formerSlug(of: name)].contains { isSlug(code, $0) }
    }

    /// By the rule of versions that kept full-width letters.
    private static func formerSlug(of name: String) -> String {
        name.lowercased().split { !($0.isLetter || $0.isNumber) }.joined(separator: "-")
    }

    private static func isSlug(_ code: String, _ slug: String) -> Bool {
        guard code != slug else { return true }
        guard code.hasPrefix("\(slug)-"), let number = Int(code.dropFirst(slug.count + 1)) else { return false }
        return number > 1
    }
}
