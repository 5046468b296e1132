import ArgumentParser
import Foundation
import WaitCore
import WaitStore

struct Compare: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Hospitals side by side over the quarter hours they all have.",
        discussion: """
            Ranks are by median, of shares by mean, 1 the shortest; equal figures share their places. Rows whose common quarter hours are \
            under 0.9 of those due have no rank, and the footer says why: leave out the hospital whose own coverage is low, or rank what \
            there is with --min-coverage. Not adjusted for attendance or case mix. By default all hospitals that have readings are compared.

            EXAMPLES:
              waitkeeper compare --metric t45_p50 --in 2026-01
              waitkeeper compare --metric t45_p95 --in 2026-01 --geojson > map.geojson
              waitkeeper compare QMH PWH QEH --metric t3_p95 --weekdays sat,sun
              waitkeeper compare --metric top_wait --in 2024 --min-coverage 0.6
            """)

    @Argument(help: "Hospitals, by code or by name in any language; by default all that have readings.")
    var hospital: [String] = []

    @Flag(name: .customLong("geojson"), help: "Print GeoJSON for a map: one point per hospital, its row as properties.")
    var isGeoJSON = false

    @Option(help: ArgumentHelp("Rank rows from this coverage by the common quarter hours, 0 to 1.", valueName: "share"))
    var minCoverage = Comparison.usualLeastCoverage

    @OptionGroup var aggregate: AggregateOptions

    func validate() throws {
        guard (0...1).contains(minCoverage) else {
            throw ValidationError("--min-coverage takes a share from 0 to 1, such as 0.6.")
        }
    }

    func run() async throws {
        let comparison = try aggregate.answer(on: hospital) { database, codes, question, now in
            try database.compare(codes, question, leastCoverage: minCoverage, now: now)
        }
        guard !isGeoJSON else { return Console.write(Data(AggregateJSON.geoJSON(comparison))) }
        CompareReport(comparison).print(aggregate.output.format)
    }
}
