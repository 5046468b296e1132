import Foundation

/// A point on the earth, as people ask about it: anywhere, unlike the coordinates of a place.
package struct GeoPoint: Hashable, Sendable {
    package let latitude: Double
    package let longitude: Double

    /// Nil where it is not a point in WGS84.
    package init?(latitude: Double, longitude: Double) {
        guard (-90...90).contains(latitude), (-180...180).contains(longitude) else { return nil }
        (self.latitude, self.longitude) = (latitude, longitude)
    }

    /// Great-circle distance on a sphere of 6,371.0088 km (the mean radius of WGS84), by the haversine formula; within Hong
    /// Kong it is right to some 0.5 %.
    package func kilometres(toLatitude latitude: Double, longitude: Double) -> Double {
        let (one, other) = (self.latitude * .pi / 180, latitude * .pi / 180)
        let step = (other - one) / 2
        let turn = (longitude - self.longitude) * .pi / 360
        let haversine = sin(step) * sin(step) + cos(one) * cos(other) * sin(turn) * sin(turn)
        return 2 * 6_371.0088 * asin(min(1, haversine.squareRoot()))
    }
}

/// A rectangle of longitudes and latitudes (RFC 7946, 5: west, south, east, north).
package struct GeoBox: Hashable, Sendable {
    package let west: Double
    package let south: Double
    package let east: Double
    package let north: Double

    /// Nil where it is not a rectangle.
    package init?(west: Double, south: Double, east: Double, north: Double) {
        guard (-180...180).contains(west), (-180...180).contains(east), (-90...90).contains(south),
            (-90...90).contains(north), west <= east, south <= north
        else { return nil }
        (self.west, self.south, self.east, self.north) = (west, south, east, north)
    }

    /// Whether the point lies in it or on its edge.
    package func contains(latitude: Double, longitude: Double) -> Bool {
        (west...east).contains(longitude) && (south...north).contains(latitude)
    }
}
