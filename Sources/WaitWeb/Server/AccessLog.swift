import Logging

/// One line a request, at the level `info`; nil logger: none.
struct AccessLog: Sendable {
    let logger: Logger?

    /// - Parameters:
    ///   - target: as in the request line; nil where there was no readable one.
    ///   - bytes: of the body, as they go over the wire; of an export that was cut off, those that were sent.
    ///   - seconds: to the answer; of an export to its end.
    func write(method: String?, target: String?, status: Int, bytes: Int, seconds: Double) {
        guard let logger else { return }
        logger.info(
            "request",
            metadata: [
                "method": "\(method.map(Self.shown) ?? "-")", "path": "\(target.map(Self.shown) ?? "-")",
                "status": "\(status)", "bytes": "\(bytes)",
                "milliseconds": "\((seconds * 10_000).rounded() / 10)",
            ])
    }

    /// What a client sent, short enough for a line, with what would not print percent-encoded.
    private static func shown(_ text: String) -> String {
        var shown = ""
        for byte in text.utf8.prefix(500) {
            if (0x21...0x7E).contains(byte) {
                shown.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                shown += (byte < 16 ? "%0" : "%") + String(byte, radix: 16, uppercase: true)
            }
        }
        return text.utf8.count > 500 ? shown + "…" : shown
    }
}
