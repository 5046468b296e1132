import Foundation
import Testing

@testable import WaitCore

@Suite("A directory")
struct DirectoryDocumentTests {
    @Test("keeps a place's coordinates to the last published digit")
    func coordinates() throws {
        let place = try #require(Feed.clinicDirectory.places(DirectoryText.document(DirectoryText())).places.first)
        #expect(place.coordinates == Coordinates(latitude: 22.291367, longitude: 114.205))
    }

    @Test("keeps a place whose point cannot be in Hong Kong, without coordinates, and says so", arguments: faraway)
    func outside(latitude: String, longitude: String) throws {
        let bad = DirectoryText(["latitude": latitude, "longitude": longitude])
        let read = try Feed.clinicDirectory.places(DirectoryText.document(bad, DirectoryText()))
        #expect(read.places.map { $0.coordinates == nil } == [true, false])
        #expect(read.faults == [])
        #expect(read.drift == ["latitude", "longitude"].map { Drift(key: $0, change: .unread) })
    }

    private static let faraway = [
        ("0", "0"), ("114.205", "22.291367"), ("23.5", "114.2"), ("-22.3", "114.2"), ("22.25", "115.2"),
        ("22.25", "-114.2"),
        ("31", "121"), ("2.23e3", "114.2"), ("null", "null"), ("true", "true"), ("[22.3]", "{}"), ("\"\"", "\"\""),
        ("\"north\"", "\"east\""), ("1e999", "-1e999"), ("\"22.3.1\"", "114.2"),
    ]

    @Test(
        "reads coordinates that are written as texts",
        arguments: [("\"22.291367\"", "\" 114.205 \""), ("22.291367", "\"１１４.205\"")])
    func textCoordinates(latitude: String, longitude: String) throws {
        let row = DirectoryText(["latitude": latitude, "longitude": longitude])
        let read = try Feed.clinicDirectory.places(DirectoryText.document(row))
        #expect(read.places.first?.coordinates == Coordinates(latitude: 22.291367, longitude: 114.205))
        #expect(read.drift == [])
    }

    @Test("keeps a place without a coordinate, and says that the key has gone", arguments: ["latitude", "longitude"])
    func noCoordinate(field: String) throws {
        let read = try Feed.clinicDirectory.places(DirectoryText.document(DirectoryText([field: nil])))
        #expect(read.places.map { $0.coordinates == nil } == [true] && read.faults == [])
        #expect(read.drift.contains(Drift(key: field, change: .vanished)))
    }

    @Test(
        "keeps a place without a name, cluster or address in one of the languages",
        arguments: ["institution", "cluster", "address"].flatMap { stem in
            ["eng", "tc", "sc"].flatMap { language in
                [nil, "null", "\"\"", "\" \"", "7", "[]"].map { ("\(stem)_\(language)", $0) }
            }
        })
    func missing(field: String, json: String?) throws {
        let read = try Feed.clinicDirectory.places(
            DirectoryText.document(DirectoryText([field: json]), DirectoryText()))
        #expect(read.places.map(\.record) == [1, 2] && read.faults == [])
        let place = try #require(read.places.first)
        let texts = [place.name, place.cluster, place.address].flatMap { text in Language.allCases.map { text[$0] } }
        #expect(texts.count { $0.isEmpty } == 1)
    }

    @Test("loses a row without any name")
    func nameless() throws {
        let bad = DirectoryText(["institution_eng": nil, "institution_tc": "\"\"", "institution_sc": "null"])
        let read = try Feed.clinicDirectory.places(DirectoryText.document(bad, DirectoryText()))
        #expect(read.places.map(\.record) == [2])
        #expect(read.faults.map(\.field) == ["institution_eng"])
    }

    @Test(
        "knows whether a hospital has an A&E department",
        arguments: [(#""Yes""#, true), (#""No""#, false), (#""YES""#, true), (#""no""#, false), (nil, nil)])
    func emergency(json: String?, hasEmergency: Bool?) throws {
        let row = DirectoryText(["with_AE_service_eng": json])
        let read = try Feed.hospitalDirectory.places(DirectoryText.document(row))
        #expect(read.places.map(\.hasEmergency) == [hasEmergency])
    }

    @Test(
        "keeps a place whose A&E service is neither Yes nor No, and says so",
        arguments: ["\"Partly\"", "\"N/A\"", "\"Yes?\"", "\" \"", "true", "1", "null", "[]"])
    func unclearEmergency(json: String) throws {
        let row = DirectoryText(["with_AE_service_eng": json])
        let read = try Feed.hospitalDirectory.places(DirectoryText.document(row))
        #expect(read.places.map(\.hasEmergency) == [nil] && read.faults == [])
        #expect(read.drift == [Drift(key: "with_AE_service_eng", change: .unread)])
    }

    @Test("takes the A&E service from another language where English does not say it")
    func otherLanguage() throws {
        let row = DirectoryText(["with_AE_service_tc": "\"是\""])
        #expect(try Feed.hospitalDirectory.places(DirectoryText.document(row)).places.map(\.hasEmergency) == [true])
    }

    @Test("loses a row that is no object and keeps the others")
    func noObject() throws {
        let read = try Feed.specialistDirectory.places(Data("[null,\(DirectoryText().text)]"))
        #expect(read.places.map(\.record) == [2])
        #expect(read.faults == [ReadFault(record: 1, text: "null", reason: "The record is not a JSON object.")])
    }
}
