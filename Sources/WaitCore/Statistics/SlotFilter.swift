/// Which quarter hours of the week count (contract: `--weekdays`, `--hours`); all where nothing is said.
package struct SlotFilter: Sendable, Hashable {
    /// 1 = Monday … 7 = Sunday.
    package var weekdays: Set<Int>
    /// From this hour of the day up to, and without, that one; over midnight where the first is the later.
    package var hours: Hours?

    package struct Hours: Sendable, Hashable {
        /// 0 to 23.
        package let from: Int
        /// 1 to 24.
        package let to: Int
    }

    package static let everything = SlotFilter(weekdays: Set(1...7), hours: nil)

    package init(weekdays: Set<Int>, hours: Hours?) {
        (self.weekdays, self.hours) = (weekdays, hours)
    }

    /// Weekdays as people write them: `1-5`, `6,7`, `mon-fri`, `saturday, sunday`.
    package static func weekdays(_ text: String) -> Set<Int>? {
        var days: Set<Int> = []
        for part in text.filter({ $0 != " " }).lowercased().split(separator: ",", omittingEmptySubsequences: false) {
            let ends = part.split(separator: "-", omittingEmptySubsequences: false).map(weekday)
            switch (ends.first ?? nil, ends.last ?? nil, ends.count) {
            case (let day?, _, 1): days.insert(day)
            case (let first?, let last?, 2):
                var day = first
                days.insert(day)
                while day != last {
                    day = day % 7 + 1
                    days.insert(day)
                }
            default: return nil
            }
        }
        return days
    }

    private static func weekday(_ text: Substring) -> Int? {
        let names = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
        if text.utf8.count >= 3, let index = names.firstIndex(where: { $0.hasPrefix(text) }) { return index + 1 }
        guard text.utf8.count == 1, let day = Int(text), (1...7).contains(day) else { return nil }
        return day
    }

    /// Hours as people write them: `09-17` is from 09:00 up to 17:00, `22-06` goes over midnight.
    package static func hours(_ text: String) -> Hours? {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        if parts.count == 1, text.utf8.count <= 2, text.utf8.allSatisfy(isDigit), let hour = Int(text), hour < 24 {
            return Hours(from: hour, to: hour + 1)
        }
        guard parts.count == 2, parts.allSatisfy({ (1...2).contains($0.utf8.count) && $0.utf8.allSatisfy(isDigit) }),
            let from = Int(parts[0]), let to = Int(parts[1]), (0...23).contains(from), (1...24).contains(to), from != to
        else { return nil }
        return Hours(from: from, to: to)
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    /// For each of the day's 96 slots whether it counts.
    package var slots: [Bool] {
        (0..<96).map { slot in
            guard let hours else { return true }
            let hour = slot / 4
            return hours.from < hours.to
                ? (hours.from..<hours.to).contains(hour) : hour >= hours.from || hour < hours.to
        }
    }

    /// The filter in words for an answer; nil where everything counts.
    package var words: String? {
        var parts: [String] = []
        if weekdays != Set(1...7) {
            let names = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
            parts.append(weekdays.sorted().map { names[$0 - 1] }.joined(separator: ", "))
        }
        if let hours { parts.append("\(hours.from.padded(2)):00 to \(hours.to.padded(2)):00") }
        return parts.isEmpty ? nil : parts.joined(separator: "; ")
    }
}
