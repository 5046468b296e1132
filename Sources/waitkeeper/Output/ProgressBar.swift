import Foundation

/// Progress of long work: a bar with count, rate and time left on a terminal, a line every tenth elsewhere.
struct ProgressBar {
    private let label: String
    private let startedAt = ContinuousClock.now
    private var lastPercent = -1

    init(_ label: String) {
        self.label = label
    }

    mutating func update(_ done: Int, of total: Int) {
        guard total > 0 else { return }
        // A damaged file may hold more than it counts.
        let percent = min(max(done, 0), total) * 100 / total
        let step = Console.isErrorTerminal ? 1 : 10
        guard percent / step != lastPercent / step || done == total, percent != lastPercent else { return }
        lastPercent = percent
        Console.isErrorTerminal ? draw(done, of: total, percent) : Console.note("\(label): \(done) of \(total)")
    }

    private func draw(_ done: Int, of total: Int, _ percent: Int) {
        let seconds = max((ContinuousClock.now - startedAt) / .seconds(1), 0.001)
        let rate = Double(done) / seconds
        let left = Int(Double(total - done) / max(rate, 0.001))
        let filled = String(repeating: "█", count: percent * 24 / 100)
        let bar = filled + String(repeating: "░", count: 24 - filled.count)
        let line = "\r\(label) \(bar) \(done)/\(total) \(Int(rate))/s \(left) s left "
        FileHandle.standardError.write(Data((line + (done == total ? "\n" : "")).utf8))
    }
}
