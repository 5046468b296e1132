import ArgumentParser
import Foundation

/// Cuts the power under the product's commands, or fails their calls, and checks that they keep their promises.
@main
struct Power: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "waitkeeper-power",
        abstract: "Cuts the power under waitkeeper, fails its calls, and damages its records.",
        subcommands: [Cuts.self, Calls.self, Damage.self, Child.self])
}

/// What every harness is told.
struct HarnessOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The path to try, several times if wanted; by default each of them.", valueName: "path"))
    var path: [Path] = []

    @Option(help: ArgumentHelp("The folder with the records of old schemas.", valueName: "folder"))
    var records = "Fixtures/records"
}

struct Failure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}

struct Cuts: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Cuts the power at a moment that the seed chooses, once a seed and path.")

    @Argument(help: "How many cuts of each path.")
    var seeds: UInt64 = 100

    @Option(help: "The first seed.")
    var first: UInt64 = 1

    @Option(help: "Takes a safeguard out, and stops at the first cut that shows it; exits with 1 where none does.")
    var without: Safeguard?

    @OptionGroup var options: HarnessOptions

    func run() async throws {
        let standIn = try StandInArchive()
        defer { standIn.end() }
        let archive = standIn.url
        var isWell = true
        for path in options.path.isEmpty ? Path.cut : options.path {
            let tally = try inParallel(stopsAtFirst: without != nil) { folder in
                let trial = try Trial(path, folder, archive: archive, records: options.records)
                return { number in
                    let seed = first + number
                    guard number < seeds else { return nil }
                    return Tally.Trial(faults: try trial.cut(seed, without: without).map { "SEED=\(seed): \($0)" })
                }
            }
            for fault in tally.faults.prefix(20) { print("  \(path.rawValue) \(fault)") }
            print("\(path.rawValue): \(tally.tried) power cuts, \(tally.faulty) with a fault")
            isWell = isWell && (tally.faulty > 0) == (without != nil)
        }
        guard isWell else { throw ExitCode.failure }
    }
}

struct Calls: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Fails the first call of a kind, then the second, until none is left; alone, and with all after it.")

    @Option(help: "At most so many calls of a kind, evenly spread; 0: all of them, and 500 allocations.")
    var most = 0

    @Option(help: "Chooses which of them.")
    var first: UInt64 = 0

    @OptionGroup var options: HarnessOptions

    func run() async throws {
        let standIn = try StandInArchive()
        defer { standIn.end() }
        let archive = standIn.url
        var faulty = 0
        for path in options.path.isEmpty ? Path.allCases : options.path {
            let tally = try inParallel { folder in
                let trial = try Trial(path, folder, archive: archive, records: options.records)
                let calls = trial.starts.flatMap { start in
                    FaultyDisk.Kind.allCases.flatMap {
                        failures(of: $0, count: trial.calls($0, from: start), from: start)
                    }
                }
                return { number in
                    guard number < UInt64(calls.count) else { return nil }
                    let (start, kind, call, goesOn) = calls[Int(number)]
                    let (faults, isTried) = try trial.fail(kind, call: call, goesOn: goesOn, from: start)
                    let words = "\(kind.rawValue) \(call)\(goesOn ? " and on" : "") from start \(start)"
                    return Tally.Trial(isTried: isTried, faults: faults.map { "\(words): \($0)" })
                }
            }
            for fault in tally.faults.prefix(20) { print("  \(path.rawValue) \(fault)") }
            print("\(path.rawValue): \(tally.tried) calls failed, \(tally.faulty) with a fault")
            faulty += tally.faulty
        }
        if faulty > 0 { throw ExitCode.failure }
    }

    /// The calls of a kind that are failed, of so many: alone, and with all after them.
    private func failures(
        of kind: FaultyDisk.Kind, count: Int, from start: Int
    ) -> [(start: Int, FaultyDisk.Kind, call: Int, goesOn: Bool)] {
        let tries = min(most > 0 ? most : kind == .allocate ? 500 : count, count)
        let offset = tries > 0 ? Int(first % UInt64(max(count / tries, 1))) : 0
        return (0..<tries).map { $0 * count / tries + offset + 1 }
            .flatMap { [(start, kind, $0, false), (start, kind, $0, true)] }
    }
}
