import ArgumentParser
import Foundation
import WaitCore
import WaitStore

struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "One reading with its phrases, captures and bytes.",
        discussion: """
            TIME is Hong Kong time where it has no offset; it is the feed's own update time.

            EXAMPLES:
              waitkeeper show QMH 2026-01-20T04:30
              waitkeeper show "Queen Mary" 2026-01-20T04:30:00+08:00 --format json
              waitkeeper show QMH 2026-01-20T04:30 --raw > document.json
            """)

    @Argument(help: "A hospital, by code or by name in any language.")
    var hospital: String

    @Argument(help: "The reading's own time.")
    var time: String

    @Flag(help: "Print the exact bytes of the document instead.")
    var raw = false

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: FormatOptions

    func run() async throws {
        guard let minute = HongKongMinute(text: time) else {
            throw ValidationError("\"\(time)\" is not a time; write 2026-01-20T04:30.")
        }
        let database = try Composition.reading(try common.settings())
        let code = try HospitalArgument.code(of: hospital, in: database)
        let evidence = try database.evidence(hospital: code, at: minute)
        guard let first = evidence.first else {
            throw CommandError("The record has no reading of \(code) at \(minute.rfc3339).")
        }
        guard !raw else { return try printBytes(of: first, database) }
        let isSimulated = try database.isSimulated()
        for item in evidence {
            Console.print(EvidenceReport.text(item, isSimulated: isSimulated, output.format), terminator: "")
        }
    }

    private func printBytes(of evidence: Evidence, _ database: WaitDatabase) throws {
        guard let sha256 = evidence.captures.first?.sha256, let bytes = try database.payload(sha256: sha256) else {
            throw CommandError("The document's bytes are not in the record.")
        }
        Console.write(bytes)
    }
}

/// A command that cannot do what it was asked; one sentence.
struct CommandError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}

/// Finds the one hospital that an argument names.
enum HospitalArgument {
    /// Each once, in the order given; one argument may name several with commas between, as in the API.
    static func codes(of texts: [String], in database: WaitDatabase) throws -> [String] {
        let names = texts.flatMap { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
        return try names.reduce(into: []) { codes, text in
            let code = try code(of: text, in: database)
            if !codes.contains(code) { codes.append(code) }
        }
    }

    static func code(of text: String, in database: WaitDatabase) throws -> String {
        let codes = try database.hospitals(named: text, byAddress: true)
        switch codes.count {
        case 1: return codes[0]
        case 0:
            let near = try database.hospital(nearTo: text)
            let advice = near.map { "did you mean \($0.code), \($0.name)?" } ?? "\"waitkeeper latest\" lists them all."
            throw ValidationError("\"\(text)\" is not a hospital; \(advice)")
        default: throw ValidationError("\"\(text)\" may be \(codes.joined(separator: ", ")); name one of them.")
        }
    }
}
