import Foundation
import WaitCore
import WaitStore

/// The newest reading of every hospital as rows.
enum LatestReport {
    /// The feed that `latest` speaks of.
    static var table: ReadingTable { ReadingTable.aeWait }

    /// The waits in the table's order, with their headings; whether one is usual has a column of its own for the half waits.
    private static let waits: [(metric: String, heading: String, usual: String?)] = [
        ("t3_p50", "T3 HALF", "USUAL?"), ("t3_p95", "T3 MOST", nil), ("t45_p50", "T4/5 HALF", "USUAL?"),
        ("t45_p95", "T4/5 MOST", nil),
    ]

    static func report(_ readings: [LatestReading], now: Date) -> Report {
        Report(
            columns: [
                .init("hospital", "CODE"), .init("name_en", "HOSPITAL"), .init("cluster_en", nil),
                .init("t1", "T1"), .init("t2", "T2"),
            ]
                + waits.flatMap { metric, heading, usual -> [Report.Column] in
                    [
                        .init(metric, heading), .init("\(metric)_minutes", nil), .init("\(metric)_usual", usual),
                        .init("\(metric)_percentile", nil),
                    ]
                } + [
                    .init("observed_at", nil),
                    .init("age_minutes", "AGE"), .init("capture_id", nil),
                    .init("latitude", "LAT"), .init("longitude", "LON"),
                ],
            rows: readings.map { row($0, now: now) })
    }

    private static func row(_ reading: LatestReading, now: Date) -> [Report.Cell] {
        let waits = waits.flatMap { metric, _, _ -> [Report.Cell] in
            let (figure, usual) = (reading.figures[metric], reading.usual[metric])
            return [
                .optional(figure.map { short($0) }), .optional(figure?.meaning.minutes),
                .optional(usual?.verdict.rawValue), .optionalFraction(usual?.percentile),
            ]
        }
        let age = reading.observedAt.map { Int(now.timeIntervalSince1970 / 60) - $0.sinceEpoch }
        return [
            .text(reading.hospital), .text(reading.name.en), .text(short(cluster: reading.cluster.en)),
            .optional(state(reading, "t1")), .optional(state(reading, "t2")),
        ] + waits + [
            .optional(reading.observedAt?.rfc3339), .optionalAge(age),
            .optional(reading.captureID.map(Int.init)),
            .optional(reading.latitude), .optional(reading.longitude),
        ]
    }

    /// Whether such a case is being treated: "treating", "none", "several resuscitations".
    private static func state(_ reading: LatestReading, _ triage: String) -> String? {
        if reading.figures[triage]?.meaning.qualifier == .resuscitation { return "resuscitating" }
        switch reading.figures["\(triage)_managing"]?.meaning.qualifier {
        case .yes: return "treating"
        case .no: return "none"
        case .notApplicable: return "n/a"
        case .missing: return nil
        default: return reading.figures["\(triage)_managing"].map { "“\($0.text)”" }
        }
    }

    /// `28 min`, `≤ 3.5 h`; the verbatim text where it cannot be read.
    static func short(_ figure: PublishedFigure) -> String {
        guard figure.meaning.qualifier != .missing else { return "–" }
        guard let minutes = figure.meaning.minutes else { return "“\(figure.text)”" }
        guard figure.meaning.qualifier == .roundedUp else { return "\(minutes) min" }
        return "\((Double(minutes) / 60).plainText) h"
    }

    private static func short(cluster: String) -> String {
        cluster.hasSuffix(" Cluster") ? String(cluster.dropLast(8)) : cluster
    }
}
