import WaitCore

/// A profile drawn: a box a bucket, with the median, the middle half and nine readings of ten; of shares a column.
struct ProfileChart: Sendable {
    let subject: ChartSubject
    let size: ProfileSize
    let buckets: [ProfileBucket]
    private let frame: ChartFrame
    private let axis: ValueAxis
    private let left: Double

    init(subject: ChartSubject, size: ProfileSize, buckets: [ProfileBucket]) {
        (self.subject, self.size, self.buckets) = (subject, size, buckets)
        frame = ChartFrame(subject: subject)
        let most = buckets.compactMap(\.state.figures).map { $0.most?.upperBound ?? $0.middle }.max()
        axis = ValueAxis(subject.kind, most: most ?? 0)
        left = frame.left(axis)
    }

    var markup: Markup {
        frame.picture(
            aggregates: buckets.map(\.aggregate), description: subject.description(buckets, size), body: body)
    }

    private var pen: ChartPen { subject.pen }

    private var body: Markup {
        guard buckets.contains(where: { $0.state.figures != nil }) else {
            return Markup(buckets.enumerated().map(gap)) + labels + frame.note(subject.words.noReadings)
        }
        let marks = buckets.enumerated().map { index, bucket in
            bucket.state.figures.map { mark($0, of: bucket, x: middle(index)) } ?? gap(index, bucket)
        }
        return legend.markup(x: 16, y: 76) + frame.axis(axis, left: left) + labels + Markup(marks)
    }

    private var legend: ChartLegend {
        let words = subject.words
        var entries: [ChartLegend.Entry] =
            subject.kind == .share
            ? [.init(mark: .column, text: words.share)]
            : [
                .init(mark: .bar, text: words.median), .init(mark: .band, text: words.middle),
                .init(mark: .whisker, text: words.most),
            ]
        if buckets.contains(where: \.isPartial) { entries.append(.init(mark: .dashed, text: words.partial)) }
        if buckets.contains(where: { $0.state == .noData }) { entries.append(.init(mark: .hatch, text: words.noData)) }
        return ChartLegend(pen: pen, entries: entries)
    }
}

extension ProfileChart {
    private var room: Double { (ChartFrame.right - left) / Double(max(1, buckets.count)) }
    /// How wide a box is.
    private var width: Double { min(44, room * 0.62) }

    private func middle(_ index: Int) -> Double { left + (Double(index) + 0.5) * room }

    private func y(_ place: Double) -> Double {
        ChartFrame.bottom - place * (ChartFrame.bottom - ChartFrame.top)
    }

    /// Every bucket's name, or every third where that is too much.
    private var labels: Markup {
        let names = buckets.map { bucket in
            size == .hourOfDay ? bucket.number.padded(2) : size.label(bucket.number, subject.text)
        }
        let widest = names.map { TextWidth.of($0, size: 12) }.max() ?? 0
        let every = widest + 4 <= room ? 1 : 3
        let texts = names.enumerated().filter { $0.offset % every == 0 }.map { index, name in
            pen.text(name, x: middle(index), y: ChartFrame.bottom + 19, anchor: .middle) + "\n"
        }
        let zone = pen.text(subject.words.hongKongTime, x: ChartFrame.right, y: 101, size: 11.5, anchor: .end)
        return Markup(texts) + zone + "\n"
    }

    private func gap(_ index: Int, _ bucket: ProfileBucket) -> Markup {
        guard bucket.state == .noData else { return "" }
        return """
            <rect x="\(middle(index) - room / 2)" y="\(ChartFrame.top)" width="\(room)" \
            height="\(ChartFrame.bottom - ChartFrame.top)" \(pen.hatched)/>

            """
    }

    private func mark(_ figures: ChartFigures, of bucket: ProfileBucket, x: Double) -> Markup {
        guard let half = figures.half, let most = figures.most else {
            return box(x, axis.low(0)...axis.high(figures.middle), bucket, fill: .line)
        }
        let (low, high) = (y(axis.low(most.lowerBound)), y(axis.high(most.upperBound)))
        let cap = width / 4
        let median = y(axis.place(figures.middle))
        return """
            <path d="M\(x) \(low)V\(high)M\(x - cap) \(low)h\(cap * 2)M\(x - cap) \(high)h\(cap * 2)" \
            \(pen.paint(stroke: .line))/>
            \(box(x, axis.low(half.lowerBound)...axis.high(half.upperBound), bucket, fill: .band))\
            <path d="M\(x - width / 2) \(median)h\(width)" \(pen.paint(stroke: .line)) stroke-width="3"\(dashes(bucket))/>

            """
    }

    /// A box may have no height: the median's bar is dashed, too.
    private func dashes(_ bucket: ProfileBucket) -> Markup { bucket.isPartial ? " stroke-dasharray=\"3 2\"" : "" }

    /// A box between two places of the axis; of a partial bucket hollow and dashed.
    private func box(_ x: Double, _ places: ClosedRange<Double>, _ bucket: ProfileBucket, fill: ChartInk) -> Markup {
        let (top, bottom) = (y(places.upperBound), y(places.lowerBound))
        let shape: Markup =
            "<rect x=\"\(x - width / 2)\" y=\"\(top)\" width=\"\(width)\" height=\"\(bottom - top)\""
        return bucket.isPartial
            ? "\(shape) \(pen.paint(fill: .paper, stroke: .line))\(dashes(bucket))/>\n"
            : "\(shape) \(pen.paint(fill: fill))/>\n"
    }
}
