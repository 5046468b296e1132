import WaitCore
import WaitStore

/// What lists of places take: a rectangle, or a point and a distance.
enum PlaceParameters {
    static let box = Parameter<GeoBox>(
        name: "bbox", about: "Places inside of minlon,minlat,maxlon,maxlat (WGS84).", example: "114.1,22.2,114.2,22.4",
        schema: .list(.number(-180...180), count: 4...4),
        expectation: "minlon,minlat,maxlon,maxlat in degrees, the smaller before the larger"
    ) { text in
        let numbers = numbers(text)
        guard numbers?.count == 4, let numbers else { return nil }
        return GeoBox(west: numbers[0], south: numbers[1], east: numbers[2], north: numbers[3])
    }

    static let near = Parameter<GeoPoint>(
        name: "near", about: "A point lat,lon (WGS84): places come by their distance from it.", example: "22.28,114.16",
        schema: .list(.number(-180...180), count: 2...2), expectation: "lat,lon in degrees"
    ) { text in
        let numbers = numbers(text)
        guard numbers?.count == 2, let numbers else { return nil }
        return GeoPoint(latitude: numbers[0], longitude: numbers[1])
    }

    static let within = Parameter<Double>(
        name: "within_km", about: "Places at most so many kilometres from near.", example: "5",
        schema: .number(0...20_100), expectation: "a number of kilometres from 0 to 20100"
    ) { text in
        numbers(text).flatMap { $0.count == 1 && (0...20_100).contains($0[0]) ? $0[0] : nil }
    }

    static let all: [DeclaredParameter] = [.query(box), .query(near), .query(within)]

    /// - Throws: `Problem` 400 where a distance has no point.
    static func filter(_ query: Query) throws -> PlaceFilter {
        let filter = PlaceFilter(box: query[box], near: query[near], withinKilometres: query[within])
        guard filter.withinKilometres == nil || filter.near != nil else {
            throw Problem.parameter(within.name, "within_km needs near.")
        }
        return filter
    }

    /// Decimal numbers with commas between, with or without blanks beside them; nil where one is not a number.
    private static func numbers(_ text: String) -> [Double]? {
        let text = text.filter { $0 != " " }
        guard text.utf8.count <= 200, text.utf8.allSatisfy({ (43...57).contains($0) || $0 == 101 || $0 == 69 }) else {
            return nil
        }
        let numbers = text.split(separator: ",", omittingEmptySubsequences: false).map { Double($0) }
        return numbers.contains { $0?.isFinite != true } ? nil : numbers.compactMap { $0 }
    }
}
