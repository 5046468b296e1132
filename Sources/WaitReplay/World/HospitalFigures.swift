/// One hospital's simulated figures at one instant, before they are put into words.
struct HospitalFigures: Equatable {
    var t3P50Minutes: Int
    var t3P95Minutes: Int
    /// In half hours, rounded up, as the feed gives them; 28 is the most seen (docs/feeds.md).
    var t45P50HalfHours: Int
    var t45P95HalfHours: Int
    /// Whole hours that the old feed's longest wait is over; 0 is its lowest class, 8 its cap (docs/feeds.md).
    var topWaitHours: Int
    var isManagingT1: Bool
    var isManagingT2: Bool
    /// Several resuscitations under way: critical and emergency cases get no figures.
    var isResuscitating: Bool

    /// An empty queue, as St John's often is.
    static let empty = HospitalFigures(
        t3P50Minutes: 0, t3P95Minutes: 0, t45P50HalfHours: 0, t45P95HalfHours: 0, topWaitHours: 0,
        isManagingT1: false, isManagingT2: false, isResuscitating: false)
}

/// What moves one hospital's figures: its level and its own streams of chance.
struct HospitalRhythm {
    private let busynessThousandths: Int
    private let isOftenEmpty: Bool
    private let surge: ValueNoise
    private let hourly: ValueNoise
    private let spreadT3: ValueNoise
    private let spreadT45: ValueNoise
    private let emptiness: ValueNoise
    private let t1Cases: ValueNoise
    private let t2Cases: ValueNoise
    private let resuscitations: ValueNoise

    init(seed: UInt64, hospital: SimulatedHospital) {
        func stream(_ name: String, minutes: Int) -> ValueNoise {
            ValueNoise(seed: seed, name: hospital.name.en + "/" + name, periodSeconds: minutes * 60)
        }
        busynessThousandths = Int((hospital.busyness * 1_000).rounded())
        isOftenEmpty = hospital.busyness <= SimulatedHospital.emptyQueueBusyness
        surge = stream("surge", minutes: 12 * 60)
        hourly = stream("hourly", minutes: 60)
        spreadT3 = stream("spread of t3", minutes: 6 * 60)
        spreadT45 = stream("spread of t45", minutes: 5 * 60)
        emptiness = stream("emptiness", minutes: 4 * 60)
        t1Cases = stream("t1", minutes: 30)
        t2Cases = stream("t2", minutes: 30)
        resuscitations = stream("resuscitation", minutes: 45)
    }

    /// The hospital's figures.
    ///
    /// - Parameter cityLoad: the city's load at that instant, in thousandths.
    func figures(at unixSeconds: Int, cityLoad: Int) -> HospitalFigures {
        let load = load(at: unixSeconds, cityLoad: cityLoad)
        if isOftenEmpty, emptiness.value(at: unixSeconds) + 1_100 > load { return .empty }
        let t3 = (8_000 + 14 * load) * busynessThousandths / 1_000_000
        let t45 = (20_000 + 130 * load) * busynessThousandths / 1_000_000
        let t3Upper = t3 * (2_300 + spreadT3.value(at: unixSeconds) * 2 / 5) / 1_000
        let t45Upper = t45 * (1_600 + spreadT45.value(at: unixSeconds) * 7 / 20) / 1_000
        let caseRate = min(busynessThousandths, 1_500)
        return HospitalFigures(
            t3P50Minutes: t3,
            t3P95Minutes: max(t3 + 1, t3Upper),
            t45P50HalfHours: halfHours(t45),
            t45P95HalfHours: halfHours(t45Upper),
            topWaitHours: min(8, t45Upper * 3 / 4 / 60),
            isManagingT1: t1Cases.happens(at: unixSeconds, tenThousandths: 800 * caseRate / 1_000),
            isManagingT2: t2Cases.happens(at: unixSeconds, tenThousandths: 3_500 * caseRate / 1_000),
            isResuscitating: resuscitations.happens(at: unixSeconds, tenThousandths: 30 * caseRate / 1_000))
    }

    /// The hospital's own load in thousandths: the city's, moved by its weather and skewed towards long waits.
    private func load(at unixSeconds: Int, cityLoad: Int) -> Int {
        let weather = (650 * surge.value(at: unixSeconds) + 350 * hourly.value(at: unixSeconds)) / 1_000
        let factor = 1_000 + weather * 6 / 10 + weather * weather * 4 / 10_000
        return cityLoad * factor / 1_000
    }
}

/// Minutes as half hours, rounded up, at most 14 hours.
private func halfHours(_ minutes: Int) -> Int {
    min(28, (minutes + 29) / 30)
}
