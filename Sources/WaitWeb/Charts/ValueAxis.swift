import WaitCore

/// What a metric's figures are, and so how an axis shows them.
enum FigureKind: Sendable, Hashable {
    /// Whole minutes.
    case minutes
    /// Hours rounded up to the half: a figure is a bound, and 0 alone is exact.
    case upToHours
    /// The old feed's classes of an hour each: a figure is what the wait is over.
    case classes
    /// 0 to 1.
    case share

    init(_ metric: Metric) {
        switch metric.name {
        case "top_wait": self = .classes
        case "t45_p50", "t45_p95": self = .upToHours
        default: self = metric.unit == .share ? .share : .minutes
        }
    }

    /// Distances between ticks that people count in; minutes, of shares parts of 1.
    fileprivate var steps: [Double] {
        switch self {
        case .minutes: [1, 2, 5, 10, 20, 30, 60, 120, 180, 240, 360, 720, 1_440]
        case .upToHours: [30, 60, 120, 180, 240, 360, 720, 1_440]
        case .classes: [60]
        case .share: [0.01, 0.02, 0.05, 0.1, 0.2]
        }
    }
}

/// An axis of figures from 0 up, at the left of a picture.
struct ValueAxis: Sendable, Hashable {
    let kind: FigureKind
    /// From 0, evenly; of classes each class, as far as there are not too many.
    let ticks: [Double]
    /// What the picture's upper edge stands for.
    let top: Double

    /// More steps than this are a ladder, not an axis.
    private static let mostSteps = 6.0
    /// Nine are published; whatever else a feed says has rows without labels.
    private static let mostClasses = 12

    /// - Parameter most: the largest figure that is shown.
    init(_ kind: FigureKind, most: Double) {
        self.kind = kind
        guard kind != .classes else {
            let classes = Int(max(0, min(most, 1e6)) / 60) + 1
            let every = (classes + Self.mostClasses - 1) / Self.mostClasses
            ticks = stride(from: 0, to: classes, by: every).map { Double($0) * 60 }
            top = Double(classes) * 60
            return
        }
        // A rare state is not to look like a common one: an axis of shares has five percent at least.
        let most = kind == .share ? max(0.05, most) : most
        let step = kind.steps.first { most / $0 <= Self.mostSteps } ?? max(1, (most / Self.mostSteps).rounded(.up))
        let wanted = max(1, (most / step - 1e-9).rounded(.up))
        let count = kind == .share ? min(wanted, (1 / step).rounded()) : wanted
        ticks = (0...Int(count)).map { Double($0) * step }
        top = count * step
    }

    /// Where a figure is drawn, from 0 at the bottom to 1 at the top; of a class the middle of its row.
    func place(_ figure: Double) -> Double {
        kind == .classes ? (row(figure) + 0.5) * 60 / top : figure / top
    }

    /// The lower edge of what a figure covers: of a class of its row, else the figure itself.
    func low(_ figure: Double) -> Double { kind == .classes ? row(figure) * 60 / top : place(figure) }

    /// The upper edge of what a figure covers.
    func high(_ figure: Double) -> Double { kind == .classes ? (row(figure) + 1) * 60 / top : place(figure) }

    /// Where the grid's lines are: the ticks, of classes the rows' edges.
    var lines: [Double] {
        kind == .classes ? ticks.map { $0 / top } + [1] : ticks.map(place)
    }

    private func row(_ figure: Double) -> Double { (figure / 60).rounded(.down) }

    /// A tick in words; of classes the class.
    func label(_ tick: Double, _ text: WaitText) -> String {
        let minutes = Int(tick)
        switch kind {
        case .minutes: return text.minutes(minutes)
        // The title of the axis says "within".
        case .upToHours: return minutes == 0 ? "0" : text.hours(minutes)
        case .classes: return text.top(minutes)
        case .share: return "\(Int((tick * 100).rounded()))%"
        }
    }
}
