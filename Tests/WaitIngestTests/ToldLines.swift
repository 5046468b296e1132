import Logging
import Synchronization

/// A logger's lines with their levels, in order, for tests of what a person is told.
final class ToldLines: Sendable {
    struct Line: Hashable {
        let level: Logger.Level
        let message: String
        let metadata: [String: String]
    }

    private let kept = Mutex<[Line]>([])

    var logger: Logger {
        var logger = Logger(label: "tests") { _ in Handler(told: self) }
        logger.logLevel = .trace
        return logger
    }

    /// The messages of this level and above.
    func lines(from level: Logger.Level) -> [String] { entries(from: level).map(\.message) }

    func entries(from level: Logger.Level) -> [Line] { kept.withLock { $0.filter { $0.level >= level } } }

    private struct Handler: LogHandler {
        let told: ToldLines
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.trace

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            let line = Line(
                level: event.level, message: "\(event.message)",
                metadata: (event.metadata ?? [:]).mapValues { "\($0)" })
            told.kept.withLock { $0.append(line) }
        }
    }
}
