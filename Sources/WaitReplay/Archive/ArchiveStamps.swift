import Foundation
package import WaitCore

/// Why a file of the archive's stamps could not be read.
package enum ArchiveStampsError: Error, Equatable, CustomStringConvertible {
    case unreadable(path: String, reason: String)
    /// A text that is no `YYYYMMDD-HHMM` of the day it stands under.
    case notOfItsDay(stamp: String, day: String)

    package var description: String {
        switch self {
        case .unreadable(let path, let reason): "cannot read \(path): \(reason)"
        case .notOfItsDay(let stamp, let day): "\(stamp) is not a minute of \(day) written YYYYMMDD-HHMM"
        }
    }
}

/// The archive's capture times, `YYYYMMDD-HHMM` in Hong Kong time (docs/feeds.md, "The archive of past versions").
package enum ArchiveStamps {
    /// Every so many minutes in `[from, to)`, on the quarter hours unless told otherwise, oldest first.
    package static func regular(
        from: HongKongMinute, to: HongKongMinute, everyMinutes: Int = 15
    ) -> [HongKongMinute] {
        let first = -floorDivide(-from.sinceEpoch, by: everyMinutes) * everyMinutes
        return stride(from: first, to: to.sinceEpoch, by: everyMinutes).map { HongKongMinute(sinceEpoch: $0) }
    }

    /// Reads a file of the shape `{"2026-01-20": ["20260120-0430", …], …}`; oldest first.
    package static func read(path: String) throws(ArchiveStampsError) -> [HongKongMinute] {
        let days: [String: [String]]
        do {
            days = try JSONDecoder().decode([String: [String]].self, from: Data(contentsOf: URL(filePath: path)))
        } catch {
            throw .unreadable(path: path, reason: "\(error)")
        }
        var stamps: [HongKongMinute] = []
        for (day, texts) in days {
            for text in texts {
                guard let stamp = ArchiveStamp.minute(text), stamp.dayText == day else {
                    throw .notOfItsDay(stamp: text, day: day)
                }
                stamps.append(stamp)
            }
        }
        return stamps.sorted()
    }

    /// `20260120`.
    static func dayText(of minute: HongKongMinute) -> String {
        minute.dayNumber.padded(8)
    }

    /// Midnight of the day written `20260120`; nil for any other spelling and for a day that does not exist.
    static func day(of text: String) -> HongKongMinute? {
        guard text.utf8.count == 8, text.allSatisfy({ $0.isASCII && $0.isNumber }) else { return nil }
        return Int(text).flatMap { HongKongMinute(dayNumber: $0) }
    }
}
