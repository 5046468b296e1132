import WaitCore

/// A day of waits as a line in a table's cell: a step a quarter hour, broken where nothing was published.
struct Sparkline: Sendable {
    let minutes: [Int?]
    let scaleMinutes: Int
    /// What it shows, for those who do not see it.
    let label: String

    private static let (width, height) = (96, 26)

    var drawing: Markup {
        """
        <svg class="spark" viewBox="0 -2 \(Self.width) \(Self.height + 4)" role="img" aria-label="\(label)">\
        <path d="\(line)"/></svg>
        """
    }

    /// Steps; equal neighbours are one stroke.
    private var line: String {
        var path = ""
        var last: Int?
        for (slot, value) in minutes.enumerated() {
            let height = value.map { Self.height - $0 * Self.height / max(1, scaleMinutes) }
            switch (last, height) {
            case (_, nil): break
            case (nil, let height?): path += "M\(slot) \(height)H\(slot + 1)"
            case (let before?, let height?):
                if before == height, let end = path.lastIndex(of: "H") {
                    path.replaceSubrange(end..., with: "H\(slot + 1)")
                } else {
                    path += "V\(height)H\(slot + 1)"
                }
            }
            last = height
        }
        return path
    }
}

/// Where a figure stands among the year before: a thin line from p05 to p95, a thick one over the middle half, a mark for now.
struct UsualBand: Sendable {
    let figures: Aggregate.Figures
    let minutes: Int
    let scaleMinutes: Int

    private static let width = 96

    /// Decorative: the verdict stands beside it as a word, the numbers in the row's title.
    var drawing: Markup {
        let marks = [figures.p05, figures.p25, figures.p75, figures.p95, minutes].map {
            2 + $0 * (Self.width - 4) / max(1, scaleMinutes)
        }
        return """
            <svg class="band" viewBox="0 0 \(Self.width) 14" aria-hidden="true">\
            <path class="whole" d="M\(marks[0]) 7H\(marks[3])"/><path class="middle" d="M\(marks[1]) 7H\(max(marks[2], marks[1] + 1))"/>\
            <path class="now" d="M\(marks[4]) 1V13"/></svg>
            """
    }
}
