import ArgumentParser
import Foundation
import WaitCore
import WaitStore

struct Quotas: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "The clinics' consultation quotas: places offered, not attendance.",
        discussion: """
            A quota is the average number of places that a clinic offered on one day of the week over four weeks. Without options \
            it shows the newest four weeks by district, with --district the clinics there, with --clinic that clinic over time.

            ± is the change to the latest four weeks that do not overlap (they end at least 28 days earlier), over the clinics and \
            days that have a session in both. A dash is no session, or nothing to compare with: never 0. A range takes \
            the periods that end in it. JSON and CSV have one row per day of the week.

            EXAMPLES:
              waitkeeper quotas
              waitkeeper quotas --district "Sha Tin"
              waitkeeper quotas --district 沙田區 --weekday sat,sun --to 2025-12-31
              waitkeeper quotas --clinic "Lek Yuen" --in 2026 --format csv
            """)

    @Option(help: "A clinic, by id or by name in any language: its quotas over time.")
    var clinic: String?

    @Option(help: "A district, by name in any language: its clinics in the newest four weeks.")
    var district: String?

    @Option(
        name: [.long, .customLong("weekdays")],
        help: ArgumentHelp("Only these days of the week: 1-5, sat,sun.", valueName: "days"))
    var weekday: String?

    @OptionGroup var range: RangeOptions
    @OptionGroup var common: CommonOptions
    @OptionGroup var output: FormatOptions

    func run() async throws {
        guard clinic == nil || district == nil else { throw ValidationError("Name --clinic or --district, not both.") }
        let weekdays = try self.weekdays()
        let range = try self.range.range(whole: Self.everything)
        let database = try Composition.reading(try common.settings())
        if let clinic {
            let id = try ClinicArgument.id(of: clinic, in: database)
            let answer = try database.quotas(ofClinics: [id], in: range)
            print(
                answer, QuotaReport.table(answer, overTime: true, weekdays: weekdays),
                QuotaReport.rows(answer, weekdays: weekdays)
            ) { json in for clinic in answer.series { clinic.write(of: answer, weekdays: weekdays, to: &json) } }
        } else if let district {
            let name = try DistrictArgument.name(of: district, in: database)
            let answer = try database.newestQuotas(in: name, range: range)
            print(
                answer, QuotaReport.table(answer, overTime: false, weekdays: weekdays),
                QuotaReport.rows(answer, weekdays: weekdays)
            ) { answer.write(weekdays: weekdays, to: &$0) }
        } else {
            let answer = try database.quotasByDistrict(in: range)
            print(
                answer, QuotaReport.table(answer, weekdays: weekdays), QuotaReport.rows(answer, weekdays: weekdays)
            ) { answer.write(weekdays: weekdays, to: &$0) }
        }
    }

    /// - Parameters:
    ///   - table: for people.
    ///   - rows: for programs, a row a day of the week.
    private func print<Series>(
        _ answer: QuotaAnswer<Series>, _ table: Report, _ rows: Report, json write: (inout JSONWriter) -> Void
    ) {
        switch output.format {
        case .table: Console.print(table.table(), terminator: "")
        case .csv: Console.print(rows.csv(isSimulated: answer.isSimulated), terminator: "")
        case .json:
            var json = JSONWriter()
            write(&json)
            Console.write(Data(json.bytes + [UInt8(ascii: "\n")]))
        }
        Console.note(QuotaReport.words(answer))
    }

    /// Past every year that can be written; the answer says which part of it the record has.
    private static let everything = TimeRange(
        from: HongKongMinute(sinceEpoch: 0), to: HongKongMinute(sinceEpoch: 4_300_000_000))

    private func weekdays() throws -> Set<Int> {
        guard let weekday else { return Set(1...7) }
        guard let days = SlotFilter.weekdays(weekday) else {
            throw ValidationError("\"\(weekday)\" does not name days of the week; write 1-5, 6,7, mon-fri or sat,sun.")
        }
        return days
    }
}

/// Finds the one clinic that an argument names.
enum ClinicArgument {
    static func id(of text: String, in database: WaitDatabase) throws -> String {
        let ids = try database.clinics(named: text, byAddress: true)
        switch ids.count {
        case 1: return ids[0]
        case 0:
            let near = try database.clinic(nearTo: text)
            let advice =
                near.map { "did you mean \($0.code), \($0.name)?" }
                ?? "\"waitkeeper quotas --district …\" lists those of a district."
            throw ValidationError("\"\(text)\" is not a clinic; \(advice)")
        default: throw ValidationError("\"\(text)\" may be \(ids.joined(separator: ", ")); name one of them.")
        }
    }
}

/// Finds the one district that an argument names.
enum DistrictArgument {
    static func name(of text: String, in database: WaitDatabase) throws -> Trilingual {
        let names = try database.districts(named: text)
        switch names.count {
        case 1: return names[0]
        case 0:
            let advice = Suggestion.advice(
                for: text, among: BundledPlaces.districts.flatMap { [$0.name.known] + $0.spellings },
                otherwise: "\"waitkeeper quotas\" lists them.")
            throw ValidationError("\"\(text)\" is not a district; \(advice)")
        default:
            throw ValidationError("\"\(text)\" may be \(names.map(\.known).joined(separator: ", ")); name one of them.")
        }
    }
}
