/// How crowded the city's emergency departments are: the rhythm of day, week and year, and weather of its own.
///
/// In thousandths of a middling hour. The shape is invented after what is known of such departments: quiet from four to
/// seven, peaks about eleven and twenty, Mondays and winters busiest.
struct DailyPattern {
    private let weather: ValueNoise

    init(seed: UInt64) {
        weather = ValueNoise(seed: seed, name: "city", periodSeconds: 60 * 3_600)
    }

    /// How far the Hong Kong clock is ahead of UTC.
    private static let offsetSeconds = 8 * 3_600

    func load(at unixSeconds: Int) -> Int {
        let local = unixSeconds + Self.offsetSeconds
        let rhythm = Self.day.value(at: local) * Self.week.value(at: local) * Self.year.value(at: local) / 1_000_000
        return rhythm * (1_000 + weather.value(at: unixSeconds) / 5) / 1_000
    }

    /// On the hour, from midnight.
    private static let day = CyclicTable(
        points: [
            900, 780, 640, 520, 430, 380, 370, 420, 600, 900, 1_200, 1_350,
            1_300, 1_220, 1_180, 1_170, 1_180, 1_220, 1_300, 1_380, 1_420, 1_350, 1_200, 1_050,
        ],
        spacingSeconds: 3_600,
        firstAt: 0)

    /// At noon, from Thursday 1970-01-01.
    private static let week = CyclicTable(
        points: [1_000, 980, 900, 930, 1_180, 1_060, 1_020],
        spacingSeconds: 86_400,
        firstAt: 86_400 / 2)

    /// In the middle of each twelfth of the mean Gregorian year, from January.
    private static let year = CyclicTable(
        points: [1_150, 1_120, 1_050, 980, 950, 960, 1_000, 970, 940, 950, 1_000, 1_100],
        spacingSeconds: 2_629_746,
        firstAt: 2_629_746 / 2)
}

/// A curve that repeats: points at equal distances, straight lines between them, the last joined to the first.
struct CyclicTable {
    private let points: [Int]
    private let spacingSeconds: Int
    private let firstAt: Int

    /// - Parameter firstAt: an instant of the first point, in seconds of the clock that ``value(at:)`` is asked by.
    init(points: [Int], spacingSeconds: Int, firstAt: Int) {
        precondition(!points.isEmpty && spacingSeconds > 0)
        self.points = points
        self.spacingSeconds = spacingSeconds
        self.firstAt = firstAt
    }

    func value(at seconds: Int) -> Int {
        let index = floorDivide(seconds - firstAt, by: spacingSeconds)
        let passed = seconds - firstAt - index * spacingSeconds
        let place = index - floorDivide(index, by: points.count) * points.count
        let here = points[place]
        let next = points[place + 1 == points.count ? 0 : place + 1]
        return here + (next - here) * passed / spacingSeconds
    }
}
