import ArgumentParser
import WaitCore

/// Options that every subcommand with a record takes.
struct CommonOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The settings file.", valueName: "file"))
    var config: String?

    @Option(help: ArgumentHelp("The record, an SQLite file.", valueName: "file"))
    var database: String?

    @Option(
        help: ArgumentHelp(
            "The least important level to log: trace, debug, info, notice, warning, error, critical.",
            valueName: "level"))
    var logLevel: String?

    /// The settings with these options on top.
    /// - Throws: `ValidationError` that names the bad value: wrong usage, exit 64.
    func settings(_ more: [String: String?] = [:]) throws -> Settings {
        let given = ["database": database, "log-level": logLevel].merging(more) { $1 }
        do {
            return try Settings(SettingValues(options: given.compactMapValues { $0 }, file: config))
        } catch {
            throw ValidationError(error.description)
        }
    }
}

/// Where documents are fetched from.
struct SourceOptions: ParsableArguments {
    @Option(
        name: .customLong(key),
        help: ArgumentHelp("Stands in for https://www.ha.org.hk: a mirror or a test.", valueName: "url"))
    var haURL: String?

    @Option(
        name: .customLong(standInKey),
        help: ArgumentHelp(
            "Stands in for every publisher: https://HOST/PATH is fetched from URL/HOST/PATH.", valueName: "url"))
    var standInURL: String?

    static let key = "ha-url"
    static let standInKey = "stand-in-url"

    var settings: [String: String?] { [Self.key: haURL, Self.standInKey: standInURL] }
}

/// Where the API listens.
struct ListenOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Where the API listens; port 0 picks a free port.", valueName: "host:port"))
    var listen: String?

    static let key = "listen"
}

/// How to print.
struct FormatOptions: ParsableArguments {
    @Option(help: ArgumentHelp("table, json or csv.", valueName: "format"))
    var format: OutputFormat = .table
}

extension OutputFormat: ExpressibleByArgument {}
