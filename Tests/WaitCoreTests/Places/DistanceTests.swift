import Testing
import WaitCore

@Suite("Distances and boxes")
struct DistanceTests {
    @Test(
        "are those of the great circle",
        arguments: [
            // A degree along the equator and a quarter of a meridian, on a sphere of 6,371.0088 km.
            (0.0, 0.0, 0.0, 1.0, 111.195_080), (0, 0, 90, 0, 10_007.557_2), (22.2704, 114.13117, 22.2704, 114.13117, 0),
            (0, 0, 0, 180, 20_015.114_4), (0, -179.5, 0, 179.5, 111.195_080),
        ])
    func distance(latitude: Double, longitude: Double, toLatitude: Double, toLongitude: Double, kilometres: Double)
        throws
    {
        let point = try #require(GeoPoint(latitude: latitude, longitude: longitude))
        #expect(abs(point.kilometres(toLatitude: toLatitude, longitude: toLongitude) - kilometres) < 0.001)
    }

    @Test("are of points on the earth", arguments: [(90.1, 0.0), (0, 180.1), (.nan, 0), (0, .infinity)])
    func noPoint(latitude: Double, longitude: Double) {
        #expect(GeoPoint(latitude: latitude, longitude: longitude) == nil)
    }

    @Test(
        "are of boxes whose sides are in order",
        arguments: [(1.0, 0.0, 0.0, 1.0), (0, 1, 1, 0), (0, 0, 181, 1), (.nan, 0, 1, 1)])
    func noBox(west: Double, south: Double, east: Double, north: Double) {
        #expect(GeoBox(west: west, south: south, east: east, north: north) == nil)
    }
}
