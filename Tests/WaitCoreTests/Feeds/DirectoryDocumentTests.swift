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

    @Test("loses a row whose point is outside Hong Kong and keeps the others", arguments: faraway)
    func outside(latitude: String, longitude: String, text: String) throws {
        let bad = DirectoryText(["latitude": latitude, "longitude": longitude])
        let read = try Feed.clinicDirectory.places(DirectoryText.document(bad, DirectoryText()))
        let reason = "The coordinates are not in Hong Kong."
        #expect(read.places.map(\.record) == [2])
        #expect(read.faults == [ReadFault(record: 1, field: "latitude", text: text, reason: reason)])
    }

    private static let faraway = [
        ("0", "0", "0"), ("114.205", "22.291367", "114.205"), ("23.5", "114.2", "23.5"), ("-22.3", "114.2", "-22.3"),
        ("22.25", "115.2", "22.25"), ("22.25", "-114.2", "22.25"), ("31", "121", "31"), ("2.23e3", "114.2", "2230"),
    ]

    @Test("loses a row whose coordinate is no number", arguments: ["latitude", "longitude"], noNumbers)
    func noNumber(field: String, value: (json: String, text: String)) throws {
        let read = try Feed.clinicDirectory.places(DirectoryText.document(DirectoryText([field: value.json])))
        #expect(read.places == [])
        let reason = "The field is not a number."
        #expect(read.faults == [ReadFault(record: 1, field: field, text: value.text, reason: reason)])
    }

    private static let noNumbers: [(json: String, text: String)] = [
        (#""22.3""#, "22.3"), ("null", "null"), ("true", "true"), ("[22.3]", "[22.3]"), ("{}", "{}"), (#""""#, ""),
    ]

    @Test("loses a row without a coordinate", arguments: ["latitude", "longitude"])
    func noCoordinate(field: String) throws {
        let bad = DirectoryText([field: nil])
        let faults = try Feed.clinicDirectory.places(DirectoryText.document(bad)).faults
        #expect(faults == [ReadFault(record: 1, field: field, text: bad.text, reason: "The field is not a number.")])
    }

    @Test("never reads a number too large for a coordinate", arguments: ["1e999", "-1e999"])
    func tooLarge(number: String) {
        let read = try? Feed.clinicDirectory.places(DirectoryText.document(DirectoryText(["latitude": number])))
        #expect(read?.places ?? [] == [])
    }

    @Test(
        "loses a row without a name, cluster or address in one of the languages",
        arguments: ["institution", "cluster", "address"], ["eng", "tc", "sc"])
    func missing(stem: String, language: String) throws {
        let bad = DirectoryText(["\(stem)_\(language)": nil])
        let faults = try Feed.clinicDirectory.places(DirectoryText.document(bad)).faults
        let field = "\(stem)_\(language)"
        #expect(faults == [ReadFault(record: 1, field: field, text: bad.text, reason: "The field is missing.")])
    }

    @Test(
        "knows whether a hospital has an A&E department",
        arguments: [(#""Yes""#, true), (#""No""#, false), (#""YES""#, true), (#""no""#, false), (nil, nil)])
    func emergency(json: String?, hasEmergency: Bool?) throws {
        let row = DirectoryText(["with_AE_service_eng": json])
        let read = try Feed.hospitalDirectory.places(DirectoryText.document(row))
        #expect(read.places.map(\.hasEmergency) == [hasEmergency])
    }

    @Test("loses a row whose A&E service is neither Yes nor No", arguments: ["Partly", "N/A", "Y", "是", "Yes?", " "])
    func unclearEmergency(text: String) throws {
        let row = DirectoryText(["with_AE_service_eng": "\"\(text)\""])
        let faults = try Feed.hospitalDirectory.places(DirectoryText.document(row)).faults
        let reason = "The field is neither Yes nor No."
        #expect(faults == [ReadFault(record: 1, field: "with_AE_service_eng", text: text, reason: reason)])
    }

    @Test("loses a row whose A&E service is no string", arguments: ["true", "1", "null"])
    func noEmergencyString(json: String) throws {
        let row = DirectoryText(["with_AE_service_eng": json])
        let faults = try Feed.hospitalDirectory.places(DirectoryText.document(row)).faults
        let reason = "The field is not a string."
        #expect(faults == [ReadFault(record: 1, field: "with_AE_service_eng", text: json, reason: reason)])
    }

    @Test("loses a row that is no object and keeps the others")
    func noObject() throws {
        let read = try Feed.specialistDirectory.places(Data("[null,\(DirectoryText().text)]"))
        #expect(read.places.map(\.record) == [2])
        #expect(read.faults == [ReadFault(record: 1, text: "null", reason: "The record is not a JSON object.")])
    }
}
