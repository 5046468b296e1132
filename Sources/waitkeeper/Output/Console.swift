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

    /// A reader that went away (`| head`) is no failure of ours.
    private static func write(_ bytes: Data, to handle: FileHandle) {
        // Nothing is left to tell when standard output itself is gone.
        try? handle.write(contentsOf: bytes)
    }
}
