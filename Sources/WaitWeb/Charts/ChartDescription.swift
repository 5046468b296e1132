import WaitCore

/// Figures in words: what a picture shows, for those who hear it or search in it.
struct ChartDescription: Sendable {
    let subject: ChartSubject
    /// Which quantiles are told.
    let detail: Detail

    enum Detail: Sendable {
        /// A bucket is one reading: its figure.
        case figure
        /// The median and the middle half.
        case half
        /// And nine readings of ten.
        case most
    }

    private func say(_ en: String, _ tc: String, _ sc: String) -> String {
        Trilingual(en: en, tc: tc, sc: sc)[subject.text.language]
    }

    /// "2026-11-01: median up to 3 h, middle half up to 2.5 h to up to 4 h, 96 of 96 quarter hours."
    func line(_ label: String, _ state: BucketState, _ aggregate: Aggregate) -> String {
        var parts = [figures(state)]
        switch state {
        case .figures:
            if detail != .figure || aggregate.expected == 0 { parts.append(count(aggregate)) }
            if aggregate.isPartial { parts.append(say("incomplete", "不齊", "不齐")) }
        case .noData: parts.append(count(aggregate))
        case .notPublished, .notRecorded, .notYet, .leftOut: break
        }
        return label + say(": ", "：", "：") + parts.joined(separator: subject.words.list) + subject.words.stop
    }

    /// Several buckets of which there is nothing to tell but that.
    func line(from first: String, to last: String, _ state: BucketState, _ aggregates: [Aggregate]) -> String {
        var whole = Aggregate()
        for aggregate in aggregates {
            whole.expected += aggregate.expected
            whole.covered += aggregate.covered
        }
        return line(first == last ? first : first + say(" to ", " 至 ", " 至 ") + last, state, whole)
    }

    private func figures(_ state: BucketState) -> String {
        let words = subject.words
        switch state {
        case .noData: return words.noData
        case .notPublished: return words.notPublished
        case .notRecorded: return words.notRecorded
        case .notYet: return words.notYet
        case .leftOut: return words.leftOut
        case .figures(let figures):
            let middle = subject.figure(figures.middle)
            guard detail != .figure, let half = figures.half, let most = figures.most else { return middle }
            let told =
                [
                    say("median ", "中位數 ", "中位数 ") + middle,
                    say("middle half ", "中間五成 ", "中间五成 ") + subject.span(half),
                ] + (detail == .most ? [say("90% of readings ", "中間九成 ", "中间九成 ") + subject.span(most)] : [])
            return told.joined(separator: words.list)
        }
    }

    private func count(_ aggregate: Aggregate) -> String {
        let text = subject.text
        guard aggregate.expected > 0 else {
            let count = text.number(aggregate.count)
            return say(
                aggregate.count == 1 ? "1 reading, none due" : "\(count) readings, none due", "\(count) 個數字",
                "\(count) 个数字")
        }
        let (covered, expected) = (text.number(aggregate.covered), text.number(aggregate.expected))
        return say(
            "\(covered) of \(expected) quarter hours", "\(expected) 個 15 分鐘時段中有 \(covered) 個",
            "\(expected) 个 15 分钟时段中有 \(covered) 个")
    }
}
