import Foundation
import Testing

@testable import WaitCore

@Suite("Matching places")
struct PlaceMatchingTests {
    @Test("knows a renamed place by its exact coordinates")
    func renamed() throws {
        let known = [place(1, at: (22.3, 114.1), "Anne Black GOPC"), place(2, at: (22.4, 114.1), "Chai Wan GOPC")]
        let published = try publish(("North Point Anne Black Clinic", (22.3, 114.1)))
        #expect(PlaceMatching.match(published, with: known) == [1])
    }

    @Test("takes coordinates before names")
    func coordinatesFirst() throws {
        let known = [place(1, at: (22.3, 114.1), "Old"), place(2, at: (22.4, 114.1), "Chai Wan Clinic")]
        let published = try publish(("Chai Wan Clinic", (22.3, 114.1)))
        #expect(PlaceMatching.match(published, with: known) == [1])
    }

    @Test("knows a moved place by its name")
    func moved() throws {
        let published = try publish(("CHAI WAN FMC", (22.5, 114.2)))
        #expect(PlaceMatching.match(published, with: [place(7, at: (22.3, 114.1), "Chai Wan Clinic")]) == [7])
    }

    @Test("knows by its name a place whose coordinates were never published")
    func noCoordinates() throws {
        let published = try publish(("Chai Wan FMC", (22.5, 114.2)))
        #expect(PlaceMatching.match(published, with: [place(7, at: nil, "Chai Wan GOPC")]) == [7])
    }

    @Test("knows a place by any name it was ever published under")
    func formerName() throws {
        let known = place(7, at: nil, "Chai Wan GOPC", "Hong Man Street Clinic")
        #expect(PlaceMatching.match(try publish(("HONG MAN STREET GOPC", (22.5, 114.2))), with: [known]) == [7])
    }

    @Test("takes a place that is a metre off for a new one where its name is new too")
    func nearby() throws {
        let published = try publish(("New", (22.300001, 114.1)))
        #expect(PlaceMatching.match(published, with: [place(1, at: (22.3, 114.1), "Old")]) == [nil])
    }

    @Test("lets names decide where coordinates are published twice")
    func publishedTwice() throws {
        let known = [place(1, at: (22.3, 114.1), "Chai Wan"), place(2, at: (22.4, 114.1), "Shau Kei Wan")]
        let published = try publish(("Chai Wan FMC", (22.3, 114.1)), ("Shau Kei Wan FMC", (22.3, 114.1)))
        #expect(PlaceMatching.match(published, with: known) == [1, 2])
    }

    @Test("lets names decide where coordinates are known twice")
    func knownTwice() throws {
        let known = [place(1, at: (22.3, 114.1), "Chai Wan"), place(2, at: (22.3, 114.1), "Shau Kei Wan")]
        #expect(PlaceMatching.match(try publish(("Shau Kei Wan FMC", (22.3, 114.1))), with: known) == [2])
    }

    @Test("decides nothing where coordinates stand twice and names are new")
    func undecidedCoordinates() throws {
        let known = [place(1, at: (22.3, 114.1), "Chai Wan"), place(2, at: (22.3, 114.1), "Shau Kei Wan")]
        #expect(PlaceMatching.match(try publish(("Siu Sai Wan", (22.3, 114.1))), with: known) == [nil])
    }

    @Test("decides nothing where a name is known twice")
    func nameKnownTwice() throws {
        let known = [place(1, at: (22.3, 114.1), "Chai Wan"), place(2, at: (22.4, 114.1), "Chai Wan")]
        #expect(PlaceMatching.match(try publish(("Chai Wan FMC", (22.5, 114.2))), with: known) == [nil])
    }

    @Test("decides nothing where a name is published twice")
    func namePublishedTwice() throws {
        let published = try publish(("Chai Wan FMC", (22.5, 114.2)), ("Chai Wan GOPC", (22.6, 114.2)))
        #expect(PlaceMatching.match(published, with: [place(1, at: nil, "Chai Wan")]) == [nil, nil])
    }

    @Test("decides nothing where a place's names are two places'")
    func namesDisagree() throws {
        let published = try publish(("Chai Wan FMC", (22.5, 114.2)), chinese: "筲箕灣診所")
        let known = [place(1, at: nil, "Chai Wan"), place(2, at: nil, "筲箕灣")]
        #expect(PlaceMatching.match(published, with: known) == [nil])
    }

    @Test("leaves by name no place that coordinates gave away")
    func taken() throws {
        let known = [place(1, at: (22.3, 114.1), "Chai Wan")]
        let published = try publish(("Chai Wan FMC", (22.5, 114.2)), ("Siu Sai Wan FMC", (22.3, 114.1)))
        #expect(PlaceMatching.match(published, with: known) == [nil, 1])
    }

    @Test("gives no known place to two published ones")
    func oneToOne() throws {
        let known = [place(1, at: nil, "Chai Wan", "柴灣")]
        let published =
            try publish(("Chai Wan FMC", (22.5, 114.2)), chinese: "甲")
            + publish(("Other", (22.6, 114.2)), chinese: "柴灣診所")
        #expect(PlaceMatching.match(published, with: known).count { $0 == 1 } <= 1)
    }

    @Test("gives the same answer whatever the order of what is known")
    func order() throws {
        let known = [place(1, at: (22.3, 114.1), "A"), place(2, at: nil, "B"), place(3, at: (22.4, 114.1), "C")]
        let published = try publish(("C", (22.3, 114.1)), ("B Clinic", (22.5, 114.1)), ("D", (22.6, 114.1)))
        #expect(PlaceMatching.match(published, with: known) == [1, 2, nil])
        #expect(PlaceMatching.match(published, with: known.reversed()) == [1, 2, nil])
    }

    @Test("finds only new places where nothing is known")
    func nothingKnown() throws {
        #expect(PlaceMatching.match(try publish(("A", (22.3, 114.1)), ("B", (22.4, 114.1))), with: []) == [nil, nil])
    }

    private func place(_ id: Int64, at point: (Double, Double)?, _ names: String...) -> KnownPlace {
        KnownPlace(
            id: id, coordinates: point.flatMap { Coordinates(latitude: $0.0, longitude: $0.1) },
            nameKeys: Set(names.map(PlaceName.key)))
    }

    private func publish(
        _ rows: (name: String, point: (Double, Double))..., chinese: String? = nil
    ) throws -> [PublishedPlace] {
        let texts = rows.map { row in
            let chinese = chinese ?? "名\(row.name)"
            return DirectoryText([
                "institution_eng": "\"\(row.name)\"", "institution_tc": "\"\(chinese)\"",
                "institution_sc": "\"\(chinese)\"", "latitude": "\(row.point.0)", "longitude": "\(row.point.1)",
            ]).text
        }
        return try Feed.clinicDirectory.places(Data("[\(texts.joined(separator: ","))]")).places
    }
}
