import WaitCore
import WaitStore

/// What the table of hospitals shows: every hospital's newest reading, its last 24 hours, and how far away it is.
struct OverviewModel: Sendable {
    let rows: [Row]
    /// The newest update time of all; nil where there is no reading.
    let observedAt: HongKongMinute?
    /// The longest T4/5 wait on the board, in minutes: the drawings of all rows share its scale.
    let scaleMinutes: Int

    struct Row: Sendable {
        let reading: LatestReading
        /// T4/5 half waits of the last 24 hours in minutes, a quarter hour each, nil where there is none.
        let history: [Int?]
        /// Nil where the visitor gave no place.
        let distanceKilometres: Double?
        /// Whether others have newer readings: the hospital is missing from the newest documents, and its figures are not of now.
        let isOld: Bool

        var usual: Usual? { reading.usual[OverviewModel.metric.name] }

        func minutes(_ metric: String) -> Int? { reading.figures[metric]?.meaning.minutes }
    }

    /// The wait that marks, sparklines and "usual" are about: most people who ask are triage IV or V.
    static let metric = Metric.t45Half

    init(_ database: WaitDatabase, near: GeoPoint?, now: HongKongMinute) throws {
        let readings = try database.latest(in: ReadingTable.aeWait, now: now)
        observedAt = readings.compactMap(\.observedAt).max()
        let history = try Self.history(of: readings.map(\.hospital), until: observedAt, database, now: now)
        let newest = observedAt?.slotStart
        rows = readings.map { reading in
            Row(
                reading: reading, history: history[reading.hospital] ?? [],
                distanceKilometres: near.flatMap { point in
                    guard let latitude = reading.latitude, let longitude = reading.longitude else { return nil }
                    return point.kilometres(toLatitude: latitude, longitude: longitude)
                }, isOld: reading.observedAt.flatMap { own in newest.map { own.slotStart < $0 } } ?? false)
        }
        let longest = rows.flatMap { $0.history + [$0.minutes(Self.metric.name), $0.usual?.figures?.p95] }
        scaleMinutes = max(240, longest.compactMap { $0 }.max() ?? 0)
    }

    private static func history(
        of codes: [String], until: HongKongMinute?, _ database: WaitDatabase, now: HongKongMinute
    ) throws -> [String: [Int?]] {
        guard let until else { return [:] }
        let end = until.slotStart.adding(minutes: 15)
        var question = AggregateQuestion(
            metric: metric, range: TimeRange(from: end.adding(minutes: -1_440), to: end))
        question.includesTrial = true
        let answer = try database.trend(of: codes, question, by: .quarterHour, now: max(now, end))
        return Dictionary(
            answer.series.map { series in (series.hospital.code, series.rows.map { $0.aggregate.figures?.median }) },
            uniquingKeysWith: { first, _ in first })
    }
}

/// What the table is ordered by.
enum NowOrder: String, CaseIterable, Sendable {
    case name, cluster, critical, emergency, resuscitation
    case t3Half = "t3_p50"
    case t3Majority = "t3_p95"
    case t45Half = "t45_p50"
    case t45Majority = "t45_p95"
    case usual, distance

    /// Whether the greatest come first unless asked otherwise.
    var isFalling: Bool { self != .name && self != .cluster && self != .distance }
}

extension OverviewModel {
    /// The rows in that order, those without the figure last; equal ones by name.
    func ordered(by order: NowOrder, isFalling: Bool, _ language: Language) -> [Row] {
        let names = rows.map { $0.reading.name.shown(language) }
        let keys = rows.map { Self.key($0, order, language) }
        return rows.indices.sorted { one, other in
            switch (keys[one], keys[other]) {
            case (nil, nil): return names[one] < names[other]
            case (nil, _): return false
            case (_, nil): return true
            case (let first?, let second?):
                guard first != second else { return names[one] < names[other] }
                return isFalling ? second < first : first < second
            }
        }.map { rows[$0] }
    }

    private enum Key: Comparable {
        case number(Double)
        case text(String)
    }

    private static func key(_ row: Row, _ order: NowOrder, _ language: Language) -> Key? {
        func number(_ value: Int?) -> Key? { value.map { .number(Double($0)) } }
        // Several resuscitations are more than one case, though the flag is not applicable then.
        func state(_ metric: String) -> Key? {
            row.reading.figures.isResuscitating == true ? .number(2) : number(row.minutes(metric))
        }
        let isOfPlace = order == .name || order == .cluster || order == .distance
        guard isOfPlace || !row.isOld else { return nil }
        return switch order {
        case .name: .text(row.reading.name.shown(language))
        case .cluster: .text(row.reading.cluster.shown(language))
        case .critical: state("t1_managing")
        case .emergency: state("t2_managing")
        case .resuscitation: row.reading.figures.isResuscitating.map { .number($0 ? 1 : 0) }
        case .t3Half, .t3Majority, .t45Half, .t45Majority: number(row.minutes(order.rawValue))
        case .usual: row.usual?.percentile.map(Key.number)
        case .distance: row.distanceKilometres.map(Key.number)
        }
    }
}

extension Trilingual {
    /// The text in `language`, else in one that it is known in.
    func shown(_ language: Language) -> String {
        self[language].isEmpty ? known : self[language]
    }
}
