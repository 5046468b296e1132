import Foundation
import Rainbow

#if canImport(Glibc)
    import Glibc
#endif

/// Data goes to standard output, words about it to standard error.
enum Console {
    static func print(_ text: String, terminator: String = "\n") {
        write(text + terminator, to: FileHandle.standardOutput)
    }

    static func note(_ text: String) {
        write(text + "\n", to: FileHandle.standardError)
    }

    /// Whether standard error is a terminal: progress is drawn there.
    static var isErrorTerminal: Bool { isatty(STDERR_FILENO) == 1 }

    static var isOutputTerminal: Bool { isatty(STDOUT_FILENO) == 1 }

    /// Bold on a terminal, plain elsewhere and where `NO_COLOR` is set.
    static func heading(_ text: String) -> String {
        isColoured ? text.bold : text
    }

    private static var isColoured: Bool {
        isOutputTerminal && (ProcessInfo.processInfo.environment["NO_COLOR"] ?? "").isEmpty
    }

    static func write(_ bytes: Data) {
        write(bytes, to: FileHandle.standardOutput)
    }

    private static func write(_ text: String, to handle: FileHandle) {
        write(Data(text.utf8), to: handle)
    }

    /// Writes all of it, or ends the command: a cut answer must not look whole.
    ///
    /// A reader that went away (`| head`) has what it wanted: that ends it quietly. A full disk ends it with 1.
    private static func write(_ bytes: Data, to handle: FileHandle) {
        do {
            try handle.write(contentsOf: bytes)
        } catch {
            let isReaderGone = errno == EPIPE
            guard !isReaderGone else { exit(0) }
            let words = "Error: the output could not be written (\(String(cString: strerror(errno)))).\n"
            // Where standard error is gone too, the exit code has to do.
            try? FileHandle.standardError.write(contentsOf: Data(words.utf8))
            exit(1)
        }
    }

    /// Lets the log tell Hong Kong's time, as everything else does, whatever zone the machine is in and whether or not it has a
    /// database of zones. Before the first thread starts.
    static func useHongKongTime() {
        setenv("TZ", "HKT-8", 1)
        tzset()
    }

    /// Lets a reader that went away be an error of writing, instead of the process's sudden end.
    static func ignoreBrokenPipes() {
        signal(SIGPIPE, SIG_IGN)
    }
}
