import ArgumentParser

/// The command: every subcommand is one file in `Commands`.
struct Waitkeeper: AsyncParsableCommand {
    static let version = "0.1.0"

    static let configuration = CommandConfiguration(
        commandName: "waitkeeper",
        abstract: "Keeps the record of how long people wait in Hong Kong's public emergency departments.",
        discussion: """
            Every 15 minutes it fetches what the Hospital Authority publishes, every day the clinics' quotas and the \
            directories, and stores them as time series in one SQLite file.

            Settings come from options, then WAITKEEPER_… in the environment, then --config, else ./config/waitkeeper.json, \
            else /etc/waitkeeper.json, then built-in defaults.

            EXAMPLES:
              waitkeeper demo                          the pipeline, offline, simulated
              waitkeeper run                           collect for ever, serve the pages
              waitkeeper serve                         the pages and the API alone
              waitkeeper latest                        every hospital's newest reading
              waitkeeper trend QMH --in 2026-01        aggregates over time
              waitkeeper quotas --district "Sha Tin"   what its clinics offer
              waitkeeper rows discharge                discharges and deaths by hospital
              waitkeeper show QMH 2026-01-20T04:30     one reading and its proof

            Source of the data: Hospital Authority, via DATA.GOV.HK. In an emergency call 999.
            """,
        version: version,
        subcommands: [
            Run.self, Poll.self, Serve.self, Demo.self, Status.self, Latest.self, Trend.self, Profile.self,
            Compare.self,
            Quotas.self, Datasets.self, Rows.self, Changes.self, Show.self, Explain.self, CoverageCommand.self,
            ExportCommand.self, BackfillCommand.self,
            Heal.self, Import.self, Verify.self, Reparse.self, Backup.self, Replay.self,
        ])
}
