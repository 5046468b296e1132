import WaitCore

/// A trend drawn: the median's line with the middle half's band, broken where there is nothing.
struct TrendChart: Sendable {
    let subject: ChartSubject
    let size: BucketSize
    let buckets: [TrendBucket]
    private let frame: ChartFrame
    private let axis: ValueAxis
    private let time: TimeAxis

    init(subject: ChartSubject, size: BucketSize, buckets: [TrendBucket]) {
        (self.subject, self.size, self.buckets) = (subject, size, buckets)
        frame = ChartFrame(subject: subject)
        let most = buckets.compactMap(\.state.figures).map { $0.half?.upperBound ?? $0.middle }.max()
        axis = ValueAxis(subject.kind, most: most ?? 0)
        time = TimeAxis(
            subject.range, size: size, left: frame.left(axis), right: ChartFrame.right, text: subject.text)
    }

    var markup: Markup {
        frame.picture(aggregates: buckets.map(\.aggregate), description: description, body: body)
    }

    private var pen: ChartPen { subject.pen }
    private var isEmpty: Bool { buckets.allSatisfy { $0.state.figures == nil } }
    /// A bucket of one reading has no middle half.
    private var hasBand: Bool { size != .quarterHour && subject.kind != .share }
    private var isStepped: Bool { subject.kind == .classes }

    private var body: Markup {
        guard !isEmpty else {
            let isPublished = buckets.contains { $0.state != .notPublished }
            let note = isPublished ? subject.words.noReadings : subject.words.nothingPublished
            return gaps + frame.axis(time) + border + frame.note(note)
        }
        return legend.markup(x: 16, y: 76) + gaps + (hasBand ? bands : "") + frame.axis(axis, left: time.left)
            + frame.axis(time) + lines + marks + outside
    }

    private var border: Markup {
        "<path d=\"M\(time.left) \(ChartFrame.bottom)H\(time.right)\" \(pen.paint(stroke: .axis))/>\n"
    }

    private var description: [String] {
        let telling = ChartDescription(subject: subject, detail: size == .quarterHour ? .figure : .half)
        return buckets.runs { $0.state.figures == nil && $0.state == $1.state }.compactMap { run in
            guard let first = run.first, let last = run.last else { return nil }
            return run.count == 1
                ? telling.line(first.label(size), first.state, first.aggregate)
                : telling.line(
                    from: first.label(size), to: last.label(size), first.state, run.map(\.aggregate))
        }
    }

    private var legend: ChartLegend {
        let words = subject.words
        let name = subject.kind == .share ? words.share : size == .quarterHour ? words.figure : words.median
        var entries = [ChartLegend.Entry(mark: .line, text: name)]
        if hasBand { entries.append(.init(mark: .band, text: words.middle)) }
        if buckets.contains(where: isHollow) { entries.append(.init(mark: .hollow, text: words.partial)) }
        if buckets.contains(where: { $0.state == .noData }) { entries.append(.init(mark: .hatch, text: words.noData)) }
        return ChartLegend(pen: pen, entries: entries)
    }
}

extension TrendChart {
    private func y(_ place: Double) -> Double {
        ChartFrame.bottom - place * (ChartFrame.bottom - ChartFrame.top)
    }

    private func middle(_ bucket: TrendBucket) -> Double { (time.x(bucket.from) + time.x(bucket.to)) / 2 }

    /// The bucket's places from left to right: where it begins and ends, or its middle.
    private func places(_ bucket: TrendBucket) -> [Double] {
        isStepped ? [time.x(bucket.from), time.x(bucket.to)] : [middle(bucket)]
    }

    private func isHollow(_ bucket: TrendBucket) -> Bool {
        bucket.aggregate.isPartial && bucket.state.figures != nil
    }

    /// What is missing, in one area a gap; never so narrow that it is not seen.
    private var gaps: Markup {
        Markup(
            buckets.stretches(of: .noData).compactMap { run -> Markup? in
                guard let first = run.first, let last = run.last else { return nil }
                let width = max(2.5, time.x(last.to) - time.x(first.from))
                let x = min(time.x(first.from), time.right - width)
                return """
                    <rect x="\(x)" y="\(ChartFrame.top)" width="\(width)" \
                    height="\(ChartFrame.bottom - ChartFrame.top)" \(pen.hatched)/>

                    """
            })
    }

    /// Where nothing was published, in words, where there is room for them.
    private var outside: Markup {
        let words = subject.words
        let places = [
            (BucketState.notPublished, words.notPublished), (.notRecorded, words.notRecorded), (.notYet, words.notYet),
        ]
        return Markup(
            places.flatMap { state, text in
                buckets.stretches(of: state).compactMap { run -> Markup? in
                    guard let first = run.first, let last = run.last else { return nil }
                    let (left, right) = (time.x(first.from), time.x(last.to))
                    guard right - left > TextWidth.of(text, size: 12) + 8 else { return nil }
                    let y = (ChartFrame.top + ChartFrame.bottom) / 2
                    return pen.text(text, x: (left + right) / 2, y: y, anchor: .middle) + "\n"
                }
            })
    }

    private var bands: Markup {
        var path = ChartPath()
        for run in buckets.lines {
            var upper: [(x: Double, y: Double)] = []
            var lower: [(x: Double, y: Double)] = []
            for bucket in run {
                guard let half = bucket.state.figures?.half else { continue }
                // A bucket by itself has no neighbour to go to: its band is as wide as it is.
                let places = run.count == 1 ? [time.x(bucket.from), time.x(bucket.to)] : self.places(bucket)
                upper += places.map { ($0, y(axis.high(half.upperBound))) }
                lower += places.map { ($0, y(axis.low(half.lowerBound))) }
            }
            path.add(upper + lower.reversed())
            path.close()
        }
        return "<path d=\"\(path.source)\" \(pen.paint(fill: .band))/>\n"
    }

    private var lines: Markup {
        var path = ChartPath()
        for run in buckets.lines where run.count > 1 || isStepped {
            path.add(
                run.flatMap { bucket -> [(x: Double, y: Double)] in
                    guard let figures = bucket.state.figures else { return [] }
                    return places(bucket).map { ($0, y(axis.place(figures.middle))) }
                })
        }
        guard !path.isEmpty else { return "" }
        return """
            <path d="\(path.source)" \(pen.paint(stroke: .line)) stroke-width="2" stroke-linejoin="round"/>

            """
    }

    /// A point for a bucket that stands alone or has room for one; a hollow one for a partial bucket, whatever its room.
    private var marks: Markup {
        let room = (time.right - time.left) / Double(max(1, buckets.count))
        let radius = min(3.5, max(1.6, room / 3))
        let marks = buckets.lines.flatMap { run in
            run.compactMap { bucket -> Markup? in
                guard let figures = bucket.state.figures, isHollow(bucket) || run.count == 1 || room >= 9 else {
                    return nil
                }
                guard !isStepped || isHollow(bucket) else { return nil }
                let point: Markup =
                    "<circle cx=\"\(middle(bucket))\" cy=\"\(y(axis.place(figures.middle)))\" r=\"\(radius)\""
                return isHollow(bucket)
                    ? "\(point) \(pen.paint(fill: .paper, stroke: .line)) stroke-width=\"1.5\"/>\n"
                    : "\(point) \(pen.paint(fill: .line))/>\n"
            }
        }
        return Markup(marks)
    }
}
